"""`iopeer add plugin`, `iopeer remove plugin` and `iopeer sync`: what they did, in words. No plugin is imported."""

from __future__ import annotations

import sys
from pathlib import Path

from iopeer_core.market import flows
from iopeer_core.market.pins import FILE
from iopeer_core.market.release import Release


def add(name: str, *, version: str) -> None:
    """Add a plugin to the project in the current folder."""
    _say(f"Looking for {name} …")
    done = flows.add(Path(), name, version=version)
    release = done.release
    if not done.installed and not done.enabled:
        _say(f"{_named(release)} is installed and enabled already.")
        return
    _say(f"{'Installed' if done.installed else 'There already:'} {_named(release)}: {release.summary}")
    for pin in release.dependencies if done.installed else ():
        _say(f"  with {pin.name} {pin.version}")
    if done.enabled:
        _say(f"Enabled it in the project's settings, and locked it in {FILE}.")
    if release.builds:
        _say(f"It builds {release.builds}.")
    if release.sections:
        _say(f"It reads in the spec: {', '.join(f'`## {section}`' for section in release.sections)}.")
    if release.homepage:
        _say(f"What to set: {release.homepage}")
    if done.note:
        _say(done.note)
    _say("Next: iopeer generate spec.md")


def remove(name: str, *, uninstall: bool) -> None:
    """Remove a plugin from the project in the current folder."""
    done = flows.remove(Path(), name, gone=uninstall)
    _say(f"{name} is disabled in this project." if done.disabled else f"{name} was not enabled in this project.")
    if done.packages:
        _say(f"Uninstalled: {', '.join(done.packages)}.")
    elif not uninstall:
        _say("It is still installed; with --uninstall its package goes too.")
    if done.disabled:
        _say("Its tables and your edits stay; the next `iopeer generate` says which files go.")


def sync() -> None:
    """Install what the project's lock names."""
    done = flows.sync(Path())
    for release in done:
        _say(f"Installed {_named(release)}")
    if not done:
        _say(f"All that {FILE} names is installed." if Path(FILE).is_file() else f"There is no {FILE} here.")


def _named(release: Release) -> str:
    return f"{release.name} {release.version} ({release.distribution})"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
