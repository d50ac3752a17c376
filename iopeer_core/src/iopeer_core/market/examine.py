"""Examines a plugin as a listing asks for it: built, installed into an environment of its own, and used there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from iopeer_core.environments.uv import uv
from iopeer_core.errors import UserError
from iopeer_core.market.publish import build, entry
from iopeer_core.market.release import Release
from iopeer_core.plugins.discovery import default_plugins, discover
from iopeer_core.plugins.manifest import Required
from iopeer_core.surroundings import environment

PATIENCE = 1200
"""Seconds that one step may take."""
SPEC = """# Trial

## Roles

- admin
- member

## Entities

### Author

- name: text, required

### Book

- title: text, required
- pages: integer
- author: belongs to Author, required

#### Permissions

- admin: all
- member: read
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was looked at."""

    name: str
    ok: bool
    what: str = ""  # what is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a listing reads."""

    plugin: str
    version: str
    steps: tuple[Step, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return all(step.ok for step in self.steps)

    def document(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"plugin": self.plugin, "version": self.version, "ok": self.ok, "steps": [asdict(s) for s in self.steps]}


def examine(package: Path, *, app: bool, tell: Callable[[Step], None]) -> Verdict:
    """Examine a plugin; the environment that IOPEER runs in stays as it is.

    Args:
        package: the plugin's folder.
        app: run the checks of an app that is generated with it, too.
        tell: is called with each step when it ends.

    Raises:
        UserError: it cannot be built.
    """
    with tempfile.TemporaryDirectory(prefix="iopeer-examine-") as name:
        folder = Path(os.path.realpath(name))
        wheel = build(package, folder / "wheels")
        steps: list[Step] = []
        try:
            release = entry(wheel)
            python = _environment(folder / "environment", wheel, release)
        except UserError as error:
            steps.append(Step(name="package", ok=False, what=str(error)))
            tell(steps[0])
            return Verdict(plugin=package.name, version="", steps=tuple(steps))
        for step in _steps(python, release, package, folder, app=app):
            tell(step)
            steps.append(step)
    return Verdict(plugin=release.name, version=release.version, steps=tuple(steps))


def _environment(folder: Path, wheel: Path, release: Release) -> Path:
    """An environment that sees this one, with the plugin and what it brings."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, capture_output=True)
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "iopeer.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    python = folder / "bin" / "python"
    brought = [f"{pin.name}=={pin.version}" for pin in release.dependencies]
    uv("pip", "install", "--python", str(python), "--no-deps", "--no-config", str(wheel), *brought)
    return python


def _steps(python: Path, release: Release, package: Path, folder: Path, *, app: bool) -> Iterator[Step]:
    named = release.distribution.startswith(f"iopeer-{release.kind}-") and release.distribution.endswith(release.name)
    wanted = f"iopeer-{release.kind}-{release.name}"
    yield Step(name="package", ok=named, what="" if named else f"a listed plugin's distribution is called {wanted}")
    yield _hooks(python, release)
    yield from _trials(python, release)
    yield _own_tests(python, package)
    if app:
        yield _app(python, release, folder / "app")


def _hooks(python: Path, release: Release) -> Step:
    done = _run(python, "-m", "iopeer_core.plugins.probe", "/", release.name)
    found = _after_nul(done)
    if found is None:
        return Step(name="hooks", ok=False, what=f"loading it ended the process (exit code {done.returncode})")
    return Step(name="hooks", ok=not found, what="; ".join(failure["what"] for failure in found))


def _trials(python: Path, release: Release) -> Iterator[Step]:
    """Generated twice, in processes that hash differently and stand in other folders."""
    beside = _beside(release)
    found = []
    for seed, place in (("1", "/"), ("2", tempfile.gettempdir())):
        done = _run(
            python, "-m", "iopeer_core.market.trial", release.name, *beside,
            given=SPEC, cwd=place, variables={"PYTHONHASHSEED": seed},
        )  # fmt: skip
        ended = {"told": [f"it ended the process\n{done.stderr[-500:]}"], "digest": ""}
        found.append(_after_nul(done) or ended)
    told = found[0]["told"]
    yield Step(name="behaves", ok=not told, what="; ".join(told[:5]))
    same = bool(found[0]["digest"]) and found[0]["digest"] == found[1]["digest"]
    yield Step(name="the same twice", ok=same, what="" if same else "two runs of one spec differ, or made nothing")


def _own_tests(python: Path, package: Path) -> Step:
    if not (package / "tests").is_dir():
        return Step(name="own tests", ok=False, what="it has no tests")
    done = _run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", cwd=str(package))
    return Step(name="own tests", ok=done.returncode == 0, what="" if done.returncode == 0 else done.stdout[-1500:])


def _app(python: Path, release: Release, folder: Path) -> Step:
    """The quick checks of an app that is generated with it, written and taken back to what it is without it."""
    folder.mkdir()
    (folder / "spec.md").write_text(SPEC, encoding="utf-8")
    beside = _beside(release)
    without = _generate(python, folder, beside, "--check", "none")
    alone = _tree(folder / "generated")
    done = _generate(python, folder, [*beside, release.name])
    again = _generate(python, folder, beside, "--check", "none")
    if without.returncode or done.returncode:
        return Step(name="the app's checks", ok=False, what=(without.stderr + done.stderr)[-1500:])
    clean = again.returncode == 0 and _tree(folder / "generated") == alone
    return Step(name="the app's checks", ok=clean, what="" if clean else "disabled again, it leaves files behind")


def _beside(release: Release) -> list[str]:
    """The plugins of this installation's defaults that it is tried with: the backend, and what it needs."""
    wanted = {"backend", *(Required.parse(text).name for text in release.requires)}
    installed = discover()
    found = []
    for name in default_plugins():
        manifest = installed[name].manifest if name in installed else None
        if manifest and wanted & {name, *(offer.name for offer in manifest.provides)}:
            found.append(name)
    return found


def _generate(python: Path, folder: Path, plugins: list[str], *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "iopeer.json").write_text(json.dumps({"plugins": plugins}), encoding="utf-8")
    command = ("-c", "from iopeer_core.cli import main; main()", "generate", "spec.md", *options)
    return _run(python, *command, cwd=str(folder))


def _tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): path.read_bytes() for path in files if ".iopeer" not in path.parts}


def _run(
    python: Path, *arguments: str, given: str = "", cwd: str = "/", variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [str(python), *arguments],
            input=given,
            cwd=cwd,
            env={**environment(), **(variables or {})},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(arguments, 124, "", f"it took more than {PATIENCE} seconds")


def _after_nul(done: subprocess.CompletedProcess[str]) -> Any:
    try:
        return json.loads(done.stdout.rpartition("\0")[2])
    except ValueError:
        return None
