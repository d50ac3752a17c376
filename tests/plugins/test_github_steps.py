"""Every `run:` step is run, as a machine of GitHub would run it: in its folder, with its variables, one after another.

Actions have stand-ins (the table in the README of the plugin): a copy of the product for the checkout, this machine's
programs for those that set programs up. PostgreSQL is a real server, started otherwise than there. Images are not
built: there is no Docker.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from iopeer_core.kit import Generated, generate
from ruamel.yaml import YAML

from tests.apps.postgres import Server, postgres
from tests.running import free_port

ROOT = Path(__file__).parents[2]
CI = ".github/workflows/ci.yml"
SERVED = "postgresql://ci:ci@127.0.0.1:5432/ci"
KEPT = ("HOME", "LANG", "PATH", "TMPDIR", "PLAYWRIGHT_CHROMIUM")
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
"""As GitHub runs a step."""


class Machine:
    """A machine of GitHub's for one job.

    Args:
        folder: the repository, checked out.
        temp: what `runner.temp` is.
        server: stands for the service that the machine would start.
    """

    def __init__(self, folder: Path, temp: Path, server: Server) -> None:
        temp.mkdir()
        self.folder, self.temp, self.server = folder, temp, server
        self.path, self.env = temp / "path", temp / "env"
        self.path.touch()
        self.env.touch()
        self.ports = {usual: str(free_port()) for usual in ("3000", "8000")}  # the machine is not ours alone
        self.groups: list[int] = []

    def run(self, job: dict[str, Any], workflow: dict[str, Any]) -> None:
        """Its steps; what was started in the background ends with them."""
        try:
            self._run(job, workflow)
        finally:
            for group in self.groups:
                with suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGKILL)

    def _run(self, job: dict[str, Any], workflow: dict[str, Any]) -> None:
        within = self.folder / workflow.get("defaults", {}).get("run", {}).get("working-directory", ".")
        for step in job["steps"]:
            if "run" not in step:
                self._stand_in(step)
                continue
            if step["name"].startswith("Start postgresql"):
                continue
            said = {**job.get("env", {}), **step.get("env", {})}
            log = self.temp / "log"
            with log.open("w") as output:
                command = (*SHELL, self._moved(step["run"]))
                started = subprocess.Popen(
                    command, cwd=within, env=self._variables(said), stdout=output, stderr=output, start_new_session=True
                )
                self.groups.append(started.pid)
                code = started.wait(1800)
            assert code == 0, f"{step['name']}\n{log.read_text('utf-8')[-6000:]}"

    def _moved(self, text: str) -> str:
        return re.sub(r"\b(3000|8000)\b", lambda found: self.ports[found[0]], text)

    def _variables(self, said: dict[str, str]) -> dict[str, str]:
        outside = {name: os.environ[name] for name in KEPT if name in os.environ}
        kept = dict(line.split("=", 1) for line in self.env.read_text("utf-8").splitlines())
        found = {**outside, "CI": "true", "GITHUB_PATH": str(self.path), "GITHUB_ENV": str(self.env), **kept, **said}
        programs = reversed(self.path.read_text("utf-8").splitlines())
        found["PATH"] = ":".join([*programs, str(Path(sys.executable).parent), found["PATH"]])
        temp, url = str(self.temp), self.server.database(self.temp.name.replace("-", "_"))
        return {
            name: self._moved(value).replace("${{ runner.temp }}", temp).replace(SERVED, url)
            for name, value in found.items()
        }

    def _stand_in(self, step: dict[str, Any]) -> None:
        if not step["uses"].startswith("actions/upload-artifact@"):
            return
        bills = sorted((self.folder / step["with"]["path"]).iterdir())
        assert [json.loads(bill.read_text("utf-8"))["bomFormat"] for bill in bills] == ["CycloneDX"] * len(bills)
        assert bills


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as started:
        yield started


def checked_out(made: Generated, folder: Path, within: str = "") -> dict[str, Any]:
    """Write the product into a repository; gives its workflow."""
    made.tree.write_to(folder / within)
    if within:
        shutil.move(folder / within / ".github", folder / ".github")
    found: dict[str, Any] = YAML(typ="safe").load((folder / CI).read_text("utf-8"))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("within", ["", pytest.param("shop", marks=pytest.mark.long)])
def test_the_backends_steps_run(within: str, server: Server, tmp_path: Path) -> None:
    made = generate(ROOT / "examples/todo/spec.md", ["fastapi", "github"], settings={"github": {"folder": within}})
    workflow = checked_out(made, tmp_path / "repository", within)
    job = "backend-postgresql" if within else "bills"
    Machine(tmp_path / "repository", tmp_path / job, server).run(workflow["jobs"][job], workflow)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("spec", ["examples/tracker/spec.md", "tests/specs/biblioteca.md"])
def test_every_step_runs(spec: str, server: Server, tmp_path: Path, subtests: pytest.Subtests) -> None:
    made = generate(ROOT / spec, ["fastapi", "nextjs", "docker", "github"])
    repository = tmp_path / "repository"
    workflow = checked_out(made, repository)
    for name, job in workflow["jobs"].items():
        if name == "images":
            continue
        with subtests.test(name):
            copy = tmp_path / f"of-{name}"
            shutil.copytree(repository, copy)
            Machine(copy, tmp_path / name, server).run(job, workflow)
