"""Holds generated apps to what every one of them must do; many apps in one environment and one run of mypy.

An app is generated, then linted, typed, imported, migrated up and down with nothing left to do in between, and passes
the tests that were generated with it: on SQLite, and on PostgreSQL where a server is given.
"""

from __future__ import annotations

import os
import re
import subprocess
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from iopeer_core.environments.python import Environment
from iopeer_core.errors import IopeerError

from tests.apps.generate import environment_of, generate
from tests.apps.postgres import Server

RULES = "E,F,I,UP,B,SIM,N,D1"
WIDTH = "100"
PATIENCE = 900  # seconds for one program
JOBS = 2  # programs at once
MIGRATE = """
from alembic import command
from alembic.config import Config
import backend.main
config = Config("alembic.ini")
command.upgrade(config, "head")
command.check(config)
command.downgrade(config, "base")
"""


@dataclass(slots=True)
class App:
    """One app under test, and why it fails."""

    name: str
    folder: Path
    spec: str
    stage: str = ""  # the first that failed
    log: str = ""
    others: list[str] = field(default_factory=list)

    def fail(self, stage: str, log: str) -> None:
        """Note a failure; the first one counts."""
        if self.stage:
            self.others.append(stage)
        else:
            self.stage, self.log = stage, log


def judge(
    specs: Sequence[str],
    folder: Path,
    *,
    server: Server | None = None,
    only: str = "",
    cache: Path | None = None,
    once: bool = False,
) -> list[App]:
    """Generate apps and hold them to everything; what failed says so.

    Args:
        specs: the texts.
        folder: an empty one, which holds `app_N/` afterwards.
        server: a PostgreSQL server, on which the apps are migrated and tested too.
        only: the one stage to look at, as a failed app names it.
        cache: a folder that mypy keeps what it knows in, from one call to the next.
        once: of the apps' own tests that are alike, run one: what quick checks do.
    """
    apps = [App(f"app_{number}", folder / f"app_{number}", spec) for number, spec in enumerate(specs)]
    for app in apps:
        make(app)
    made = [app for app in apps if not app.stage]
    if not made:
        return apps
    environment = environment_of(made[0].folder)
    if only in {"", "lint", "format"}:
        lint(made, environment)
    if only in {"", "types"}:
        types(made, folder, environment, cache or folder / "known")
    if not only or only.startswith(("migrations", "tests")):
        with ThreadPoolExecutor(JOBS) as pool:
            for done in [pool.submit(run_app, app, environment, server, only, once=once) for app in made]:
                done.result()
    return apps


def make(app: App) -> None:
    """Read, plan, render, write."""
    path = app.folder.with_suffix(".md")
    path.write_text(app.spec, encoding="utf-8")
    try:
        generate(path, app.folder)
    except IopeerError as error:
        app.fail("generate", f"{type(error).__name__}: {error}\n{_read_problems(app.spec)}")
    except Exception:  # noqa: BLE001 - a traceback of any kind is the finding
        app.fail("generate", traceback.format_exc())


def _read_problems(text: str) -> str:
    from iopeer_core.language.reader import read

    return "\n".join(problem.render() for problem in read(text).errors)


def lint(apps: Sequence[App], environment: Environment) -> None:
    """Ruff over each: the rules, and the format."""
    for app in apps:
        check = (
            "ruff",
            "check",
            "--extend-select",
            RULES,
            "--ignore",
            "N818",
            "--line-length",
            WIDTH,
            "--no-cache",
            ".",
        )
        for command in (check, ("ruff", "format", "--check", "--no-cache", ".")):
            run(app, command[1] if command[1] == "format" else "lint", command, environment)


def types(apps: Sequence[App], folder: Path, environment: Environment, cache: Path) -> None:
    """`mypy --strict` over all at once: in copies whose packages have names of their own."""
    whole = folder / "typed"
    for app in apps:
        _renamed(app, whole / app.name)
    config = whole / "mypy.ini"
    config.write_text("[mypy]\nstrict = True\nplugins = pydantic.mypy\n", encoding="utf-8")
    mypy = (environment.bin / "mypy", "--config-file", config, "--cache-dir", cache, "--no-error-summary")
    done = _run([*mypy, *(app.name for app in apps)], whole, {})
    told: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        told.setdefault(line.split("/")[0], []).append(line)
    for app in apps:
        if app.name in told:
            app.fail("types", "\n".join(told.pop(app.name)))
    if told or (done.returncode not in {0, 1}):
        apps[0].fail("types", done.stdout + done.stderr)


def _renamed(app: App, target: Path) -> None:
    """A copy of an app's packages whose imports begin with the app's name."""
    for source in sorted(app.folder.rglob("*.py")):
        text = source.read_text(encoding="utf-8")
        text = re.sub(r"^(\s*(?:from|import) )(backend|tests)\b", rf"\1{app.name}.\2", text, flags=re.MULTILINE)
        path = target / source.relative_to(app.folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (target / "__init__.py").touch()


def run_app(app: App, environment: Environment, server: Server | None, only: str = "", *, once: bool = False) -> None:
    """Import, migrate and test one app."""
    some = ("--once",) if once else ()
    urls = {"sqlite": f"sqlite:///{app.folder}/app.db"}
    if server:
        urls["postgresql"] = server.database(app.name)
    for name, url in urls.items():
        tests = {"TEST_DATABASE_URL": url} if name == "postgresql" else {}
        if only in {"", f"migrations on {name}"}:
            run(app, f"migrations on {name}", ("python", "-W", "error", "-c", MIGRATE), environment, DATABASE_URL=url)
        if only in {"", f"tests on {name}"}:
            run(app, f"tests on {name}", ("pytest", "-q", "-x", *some, "tests"), environment, **tests)


def run(app: App, stage: str, command: Sequence[str], environment: Environment, **variables: str) -> None:
    """Run a program of the environment in an app's folder."""
    done = _run([environment.bin / command[0], *command[1:]], app.folder, variables)
    if done.returncode:
        app.fail(stage, (done.stdout + done.stderr)[-8000:])


def _run(command: Sequence[str | Path], folder: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env={**known, **variables},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, f"longer than {PATIENCE} s", "")
