"""The variables that the processes of a product see: its settings, where others are, and secrets of its own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Component, EnvVar
from iopeer_core.surroundings import environment
from iopeer_core.tree.files import read_text, replace_file

PASSED_ON = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""What every command of a product sees of this machine's environment: nothing that changes what it does."""
FILE = ".env"


def base_variables(path: str, component: Component) -> dict[str, str]:
    """The variables of every command.

    Args:
        path: its PATH.
        component: where it runs.
    """
    outside = environment()
    variables = {name: outside[name] for name in (*PASSED_ON, *component.passed_on) if name in outside}
    return {**variables, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "NO_COLOR": "1"}


def addresses(blueprint: Blueprint, known: Mapping[str, str]) -> dict[str, str]:
    """Where the processes are, in variables: in the settings that ask for it, and as `NAME_URL`.

    Args:
        blueprint: the settings.
        known: the address of each process, by name.
    """
    wanted = {each.name: known[each.address_of] for each in blueprint.all(EnvVar) if each.address_of in known}
    return {f"{name.upper().replace('-', '_')}_URL": url for name, url in known.items()} | wanted


def settings(blueprint: Blueprint, folder: Path) -> dict[str, str]:
    """The product's settings where it runs for its user: of this environment, else of its `.env`.

    Secrets that are in neither are made, and written into `.env`: sessions outlive a restart.

    Args:
        blueprint: the settings.
        folder: the product's.

    Raises:
        UserError: the `.env` is not UTF-8, or cannot be written.
    """
    from dotenv import dotenv_values

    variables = blueprint.all(EnvVar)
    file = folder / FILE
    text = read_text(file) if file.exists() else ""
    mine = {name: value for name, value in dotenv_values(stream=StringIO(text)).items() if value}
    given = {**defaults(blueprint), **mine}
    outside = environment()
    given |= {each.name: outside[each.name] for each in variables if outside.get(each.name)}
    missing = {each.name: secrets.token_urlsafe(48) for each in variables if each.secret and each.name not in given}
    if missing:
        _append(file, text, missing)
    return given | missing


def defaults(blueprint: Blueprint) -> dict[str, str]:
    """What the settings are where nobody says otherwise."""
    return {each.name: each.value for each in blueprint.all(EnvVar) if each.value}


def fresh_settings(blueprint: Blueprint) -> dict[str, str]:
    """The settings of a run that nobody comes back to, with secrets of its own."""
    return defaults(blueprint) | {each.name: secrets.token_urlsafe(48) for each in blueprint.all(EnvVar) if each.secret}


def checked_settings(blueprint: Blueprint) -> dict[str, str]:
    """The settings of a run for checks, which do in seconds what people do in weeks."""
    return fresh_settings(blueprint) | {each.name: each.checks for each in blueprint.all(EnvVar) if each.checks}


def _append(file: Path, old: str, values: Mapping[str, str]) -> None:
    """Add lines to a file that its owner alone may read, and that holds a text already: all of them or none."""
    lines = "".join(f"{name}={value}\n" for name, value in values.items())
    text = f"{old}\n" if old and not old.endswith("\n") else old
    replace_file(file, (text + lines).encode(), mode=0o600)
