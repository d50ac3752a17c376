"""What the spec forbids and nobody enforces stops the run, or is said loudly."""

from __future__ import annotations

import json

import pytest

from tests.projects import Project, of_kind

SPEC = """# Notes

## Roles
- admin: all
- member: writes

## Entities

### Note
- text: text, required
- author: belongs to User

#### Permissions
- admin: all
- member: create, update own

### User
- email: email, required

#### Permissions
- admin: all
- member: read
"""


@pytest.fixture
def guarded(trial: Project) -> Project:
    (trial.folder / "spec.md").write_text(SPEC)
    return trial


def test_permissions_that_nobody_builds_stop_the_run(guarded: Project) -> None:
    done = guarded.generate("--check", "none", "--zip")
    assert done.returncode == 2
    assert "spec.md:14:" in done.stderr
    assert "allow_unbuilt_guards = true" in done.stderr
    assert not (guarded.folder / "generated").exists()
    assert not (guarded.folder / "dist").exists()


def test_where_they_are_allowed_the_run_and_the_readme_say_loudly_that_it_is_open(guarded: Project) -> None:
    guarded.enable("trial", allow_unbuilt_guards=True)
    done = guarded.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    assert "W241" in done.stderr
    assert "open" in done.stderr
    readme = (guarded.folder / "generated" / "README.md").read_text()
    warning = readme.index("## Warning: this product is open")
    assert warning == readme.index("\n## ") + 1, "it is the first section"
    assert "`#### Permissions`" in readme[warning:]
    told = [event["problem"]["code"] for event in of_kind(guarded.generate("--check", "none", "--json"), "problem")]
    assert "W241" in told


def test_strict_allows_no_open_product(guarded: Project) -> None:
    guarded.enable("trial", allow_unbuilt_guards=True)
    assert guarded.generate("--check", "none", "--strict").returncode == 2
    assert not (guarded.folder / "generated").exists()


def test_who_builds_them_says_nothing_of_it(guarded: Project) -> None:
    guarded.enable("fastapi")
    done = guarded.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "Warning" not in (guarded.folder / "generated" / "README.md").read_text()


def test_check_tells_what_nobody_builds(guarded: Project) -> None:
    done = guarded.iopeer("check", "spec.md", "--json")
    assert done.returncode == 2
    found = [problem for problem in json.loads(done.stdout)["problems"] if problem["code"] == "E140"]
    assert found
    assert "fastapi" in found[0]["suggestion"]
