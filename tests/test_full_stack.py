"""The whole stack as users have it: every check, in a real browser, and `iopeer up` from its start to Ctrl-C."""

from __future__ import annotations

import re
import shutil
import signal
import time
from pathlib import Path

import httpx
import psutil
import pytest

from tests.projects import Project, of_kind

EXAMPLES = Path(__file__).parent.parent / "examples"
STACK = ("fastapi", "nextjs")
CHECKS = {
    "end-to-end tests",
    "end-to-end types",
    "frontend build",
    "frontend lint",
    "frontend tests",
    "frontend types",
    "tests",
}
STARTED = re.compile(
    r"frontend: (?P<frontend>http://\S+)\n.*sign in as (?P<email>\S+) with the password (?P<password>\S+)", re.DOTALL
)
PATIENCE = 240
"""Seconds that a start may take, the first one with all packages to fetch."""


@pytest.fixture
def todo(tmp_path: Path) -> Project:
    """The smallest example, as an app with a backend and a frontend."""
    project = Project(folder=tmp_path / "todo")
    project.folder.mkdir()
    shutil.copy(EXAMPLES / "todo" / "spec.md", project.folder / "spec.md")
    project.enable(*STACK)
    return project


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_check_passes_in_a_real_browser(todo: Project) -> None:
    done = todo.generate("--check", "full", "--json")
    outcomes = {event["check"]: event["outcome"] for event in of_kind(done, "check.finished")}
    assert done.returncode == 0, _told(done.stdout)
    assert outcomes.keys() >= CHECKS
    assert set(outcomes.values()) == {"passed"}, _told(done.stdout)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_up_runs_the_product_until_it_is_interrupted(todo: Project) -> None:
    assert todo.generate("--check", "none").returncode == 0
    process = todo.start("up")
    try:
        told = _until_started(todo)
        with httpx.Client(base_url=told["frontend"], timeout=60, trust_env=False) as client:
            assert client.get("/health").status_code == 200
            form = {"username": told["email"], "password": told["password"]}
            signed_in = client.post("/api/v1/auth/login", data=form)
            assert signed_in.status_code == 200, signed_in.text
            token = signed_in.json()["access_token"]
            tasks = client.get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"})
            assert tasks.json()["items"] == []
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0, _output(todo)
    finally:
        process.kill()
        left = _left_in(todo.folder)
        for other in left:
            other.kill()
    assert left == []


def _until_started(project: Project) -> dict[str, str]:
    """What `iopeer up` says once it runs."""
    for _ in range(PATIENCE * 5):
        found = STARTED.search(_output(project))
        if found:
            return found.groupdict()
        time.sleep(0.2)
    raise AssertionError(_output(project))


def _output(project: Project) -> str:
    return (project.folder.parent / "output.txt").read_text("utf-8")


def _left_in(folder: Path) -> list[psutil.Process]:
    """The processes that work in a folder and do not end."""
    found: list[psutil.Process] = []
    for _ in range(100):
        processes = psutil.process_iter(["cwd"])
        found = [one for one in processes if str(one.info["cwd"] or "").startswith(str(folder))]
        if not found:
            break
        time.sleep(0.1)
    return found


def _told(output: str) -> str:
    """The end of what was printed."""
    return output[-6000:]
