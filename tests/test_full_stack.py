"""The whole stack as users have it: every check, in a real browser. What `iopeer up` runs is in test_readme.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from iopeer_core.language.reader import read

from tests.projects import Project, of_kind

EXAMPLES = Path(__file__).parent.parent / "examples"
SPECS = Path(__file__).parent / "specs"
OTHERS = [
    SPECS / "practice.md",
    *sorted((SPECS / "faults").glob("*.md")),
    *sorted((SPECS / "natural").glob("[0-9]*.md")),
]
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
    return project_of(EXAMPLES / "todo" / "spec.md", tmp_path / "todo")


def project_of(spec: Path, folder: Path) -> Project:
    """A project whose app has a backend and a frontend."""
    folder.mkdir()
    shutil.copy(spec, folder / "spec.md")
    project = Project(folder=folder)
    project.enable(*STACK)
    return project


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_check_passes_in_a_real_browser(todo: Project) -> None:
    passes(todo)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("spec", OTHERS, ids=lambda spec: spec.stem)
def test_specs_that_others_wrote_pass_every_check(spec: Path, tmp_path: Path) -> None:
    """A practice, what real schemas showed, and twenty trades: written by people who knew the documentation alone."""
    passes(project_of(spec, tmp_path / "app"))


@pytest.mark.parametrize("spec", OTHERS, ids=lambda spec: spec.stem)
def test_specs_that_others_wrote_have_no_problems(spec: Path) -> None:
    assert [problem.render() for problem in read(spec.read_text(encoding="utf-8")).errors] == []


def passes(project: Project) -> None:
    """Generate an app with every check: each is there, and passes."""
    done = project.generate("--check", "full", "--json")
    outcomes = {event["check"]: event["outcome"] for event in of_kind(done, "check.finished")}
    assert done.returncode == 0, _told(done.stdout)
    assert outcomes.keys() >= CHECKS
    assert set(outcomes.values()) == {"passed"}, _told(done.stdout)


def _told(output: str) -> str:
    """The end of what was printed."""
    return output[-6000:]
