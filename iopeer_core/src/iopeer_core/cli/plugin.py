"""`iopeer plugin new`, `dev`, `check` and `publish`: for who writes one."""

from __future__ import annotations

import json as json_
import subprocess
import sys
import tempfile
from pathlib import Path

import typer

from iopeer_core.errors import UserError


def new(name: str, *, kind: str) -> None:
    """Begin a plugin in the current folder."""
    from iopeer_core.market.begin import begin

    folder = begin(name, kind, Path())
    sys.stdout.write(f"{folder}\nNext: iopeer plugin check {folder}, and in a project: iopeer plugin dev {folder}\n")


def dev(package: Path, spec: Path, *, once: bool) -> None:
    """Install a plugin's folder, enable it in the project here, and generate the app again after each change."""
    from iopeer_core.market.develop import install_here, watch

    names = install_here(package, Path())
    sys.stdout.write(f"Enabled here: {', '.join(names)}, from {package}\n")
    if once or not spec.is_file():
        return
    _again(spec)
    sys.stdout.write(f"Watching {package}; Ctrl-C ends it. `iopeer up` in another terminal shows the app.\n")
    sys.stdout.flush()
    watch(package, lambda: _again(spec))


def check(package: Path, *, app: bool, json: bool) -> None:
    """Examine a plugin as a listing asks for it; exit 1 when something is wrong."""
    from iopeer_core.market.examine import Step, examine

    def tell(step: Step) -> None:
        if not json:
            sys.stdout.write(f"{'ok' if step.ok else 'WRONG':5}  {step.name}{f': {step.what}' if step.what else ''}\n")
            sys.stdout.flush()

    verdict = examine(package, app=app, tell=tell)
    if json:
        sys.stdout.write(json_.dumps(verdict.document(), ensure_ascii=False, indent=2) + "\n")
    if not verdict.ok:
        raise typer.Exit(1)


def publish(package: Path, *, dry_run: bool) -> None:
    """Write a plugin's entry of the index into `registry/` here.

    Raises:
        UserError: without `--dry-run`: nothing is uploaded from here.
    """
    from iopeer_core.market.publish import build, entry
    from iopeer_core.market.registry import write_entry

    if not dry_run:
        how = "push a tag: its workflow publish.yml uploads it; `--dry-run` writes the index's entry"
        raise UserError("plugins are published by their repository, not from here", how=how)
    with tempfile.TemporaryDirectory() as folder:
        release = entry(build(package, Path(folder)))
    sys.stdout.write(f"{write_entry(Path(), release)}\n")


def _again(spec: Path) -> None:
    """Generate in a process of its own: what was imported of the plugin is as it was."""
    command = "from iopeer_core.cli import main; main()"
    subprocess.run([sys.executable, "-c", command, "generate", str(spec), "--check", "none"], check=False)
