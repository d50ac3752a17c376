"""What is installed, what is enabled, and how it is: the data of `iopeer plugins` and the plugins' part of `doctor`.

No plugin is imported here: the doctor has each loaded in a process of its own, so that one which ends its process, or
crashes it, is reported like any other.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from iopeer_core.errors import PluginError, UserError
from iopeer_core.model.account import IOPEER
from iopeer_core.plugins.capabilities import resolve
from iopeer_core.plugins.commands import commands
from iopeer_core.plugins.config import ProjectConfig, read_config
from iopeer_core.plugins.discovery import Installed, default_plugins, discover
from iopeer_core.plugins.manifest import FILE, Manifest

PATIENCE = 60
"""Seconds that a plugin may take to be loaded before the doctor gives up on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One plugin in `iopeer plugins`."""

    name: str
    enabled: bool
    version: str = ""
    kind: str = ""
    summary: str = ""
    provides: tuple[str, ...] = ()
    consumes: tuple[str, ...] = ()
    problem: str = ""  # why it cannot be used


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the doctor says."""

    level: Literal["ok", "warning", "error"]
    subject: str  # "plugin audit", "settings"
    what: str
    how: str = ""


def overview(folder: Path) -> tuple[tuple[Row, ...], list[Finding]]:
    """The installed plugins, and those that the project in `folder` enables; never raises for a broken one.

    Returns:
        The plugins; and what is wrong with the settings, in which case the defaults are those enabled.
    """
    installed = discover()
    config, findings = _settings(folder, installed)
    rows = [_row(item, config) for item in installed.values()]
    missing = [name for name in config.plugins if name not in installed]
    rows += [Row(name=name, enabled=True, problem="it is enabled, but not installed") for name in missing]
    return tuple(sorted(rows, key=lambda row: row.name)), findings


def examine(folder: Path, own: Collection[str] = ()) -> tuple[Finding, ...]:
    """What is wrong with the plugins and the settings of the project in `folder`, and what is well.

    Args:
        folder: the project's.
        own: the names of the command line's own commands, which hide those of plugins.
    """
    installed = discover()
    config, findings = _settings(folder, installed)
    manifests: dict[str, Manifest] = {}
    for name in config.plugins:
        if name not in installed:
            findings.append(_finding(name, "error", "it is enabled, but not installed", "install it"))
    for name, item in installed.items():
        enabled = name in config.plugins
        if item.manifest is None:
            level: Literal["error", "warning"] = "error" if enabled else "warning"
            problem = item.problem or PluginError("it has no manifest")
            findings.append(_finding(name, level, problem.what, problem.how, problem.where))
            continue
        findings += _of_manifest(item, item.manifest)
        if enabled:
            manifests[name] = item.manifest
    findings += _together(manifests, installed)
    findings += _commands(installed, own)
    findings += _overrides(folder / ".iopeer", manifests)
    for name in manifests:
        findings += _load_aside(folder, name)
    return tuple(findings)


def _settings(folder: Path, installed: Mapping[str, Installed]) -> tuple[ProjectConfig, list[Finding]]:
    """The project's settings; the defaults, with the finding, where they are broken."""
    try:
        return read_config(folder, installed), []
    except UserError as error:
        where = f"{error.where}: " if error.where else ""
        finding = Finding(level="error", subject="settings", what=where + error.what, how=error.how)
        return ProjectConfig(plugins=default_plugins()), [finding]


def _row(item: Installed, config: ProjectConfig) -> Row:
    enabled = item.name in config.plugins
    if item.manifest is None:
        problem = item.problem.what if item.problem else "it has no manifest"
        return Row(name=item.name, enabled=enabled, version=item.version, problem=problem)
    return Row(
        name=item.name,
        enabled=enabled,
        version=item.version,
        kind=item.manifest.kind,
        summary=item.manifest.summary,
        provides=tuple(provided.name for provided in item.manifest.provides),
        consumes=item.manifest.consumes,
    )


def _finding(name: str, level: Literal["ok", "warning", "error"], what: str, how: str = "", where: str = "") -> Finding:
    return Finding(level=level, subject=f"plugin {name}", what=f"{where}: {what}" if where else what, how=how)


def _of_manifest(item: Installed, manifest: Manifest) -> Iterator[Finding]:
    """What a readable manifest says that cannot be meant."""
    from iopeer_core.language.features import PRODUCTIONS, slug

    where = str(manifest.folder / FILE)
    dist = item.entry_point.dist
    if dist and slug(str(dist.name)) != slug(manifest.distribution):
        what = f"distribution is {manifest.distribution!r}, it was installed by {dist.name!r}"
        yield _finding(item.name, "warning", what, f'write distribution = "{dist.name}"', where)
    for pattern in manifest.consumes:
        own = pattern.partition(".")[0] in {"section", "block", "type", "modifier", "option", "app"}
        if not own and not any(fnmatchcase(name, pattern) for name in PRODUCTIONS):
            yield _finding(
                item.name, "warning", f"consumes names {pattern!r}, which the grammar does not have", "", where
            )


def _together(manifests: Mapping[str, Manifest], installed: Mapping[str, Installed]) -> Iterator[Finding]:
    """What keeps the enabled plugins from going together."""
    from iopeer_core.plugins.vocabulary import grammar
    from iopeer_core.runs.run import Run

    _, clashes = resolve(manifests, installed)
    for clash in clashes:
        yield _finding(clash.plugin, "error", clash.what, clash.how)
    try:
        grammar((manifest for _, manifest in sorted(manifests.items())), Run(id="doctor"))
    except PluginError as error:
        yield Finding(level="error", subject="plugins", what=error.what, how=error.how)


def _commands(installed: Mapping[str, Installed], own: Collection[str]) -> Iterator[Finding]:
    """Commands that nobody can call: another plugin has one of that name, or the command line itself."""
    owners = {name: command.plugin for name, command in commands(installed).items()} | dict.fromkeys(own, IOPEER)
    for name, item in installed.items():
        for command in item.manifest.commands if item.manifest else ():
            if owners[command.name] != name:
                what = f"its command {command.name!r} is hidden by that of {owners[command.name]!r}"
                yield _finding(name, "warning", what)


def _overrides(state: Path, manifests: Mapping[str, Manifest]) -> Iterator[Finding]:
    """Templates of the project's own that replace none of the enabled plugins', or one that has changed."""
    if not (state / "templates").is_dir():
        return
    from iopeer_core.render.overrides import Overrides
    from iopeer_core.render.renderer import TEMPLATES

    folders = [TEMPLATES, *(manifest.templates for _, manifest in sorted(manifests.items()) if manifest.templates)]
    for what in Overrides(state, folders).warnings():
        yield Finding(level="warning", subject="templates", what=what)


def _load_aside(folder: Path, name: str) -> Iterator[Finding]:
    """Load an enabled plugin in a process of its own."""
    command = [sys.executable, "-m", "iopeer_core.plugins.probe", str(folder), name]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield _finding(name, "error", f"it took more than {PATIENCE} seconds to load")
        return
    try:
        failures = json.loads(done.stdout.rpartition("\0")[2])
    except ValueError:
        yield _finding(name, "error", f"loading it ended the process (exit code {done.returncode})")
        return
    for failure in failures:
        yield _finding(name, "error", failure["what"], failure["how"])
    if not failures:
        yield _finding(name, "ok", "it loads, and its hooks are right")
