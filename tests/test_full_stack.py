"""The whole stack as users have it: every check, in a real browser. What `iopeer up` runs is in test_readme.py."""

from __future__ import annotations

import shutil
from pathlib import Path

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


def _told(output: str) -> str:
    """The end of what was printed."""
    return output[-6000:]
