"""`iopeer doctor`: whether this machine and the project in the current folder are in order."""

from __future__ import annotations

import json as json_
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import typer

from iopeer_core.cli.tables import show
from iopeer_core.errors import UserError
from iopeer_core.plugins.overview import Finding, examine


def run(*, json: bool, commands: list[str]) -> None:
    """Print what was found; exit 2 when something is wrong.

    Args:
        json: print it as JSON.
        commands: the names of our own commands.
    """
    findings = [*_machine(), *examine(Path(), own=commands)]
    if json:
        document = {"findings": [asdict(finding) for finding in findings]}
        sys.stdout.write(json_.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        show(("", "subject", "finding"), [(f.level, f.subject, _words(f)) for f in findings])
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(2)


def _words(finding: Finding) -> str:
    return f"{finding.what} ({finding.how})" if finding.how else finding.what


def _machine() -> Iterator[Finding]:
    """IOPEER itself, Python, uv and the cache."""
    yield Finding(level="ok", subject="iopeer", what=version("iopeer-core"))
    yield Finding(level="ok", subject="python", what=f"{platform.python_version()} at {sys.executable}")
    yield _uv()
    yield _cache()


def _uv() -> Finding:
    from iopeer_core.environments.uv import uv

    try:
        return Finding(level="ok", subject="uv", what=uv("--version").strip())
    except UserError as error:
        return Finding(level="error", subject="uv", what=error.what, how=error.how)


def _cache() -> Finding:
    from iopeer_core.environments.cache import cache_root

    try:
        return Finding(level="ok", subject="cache", what=str(cache_root()))
    except UserError as error:
        return Finding(level="error", subject="cache", what=error.what, how=error.how)
