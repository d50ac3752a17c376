"""What plugins add to a backend is held to the backend's own rules, in every generation: its types, its style."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import Project, of_kind

SPEC = Path(__file__).parent / "specs" / "todo.md"
TYPED = '"""Something."""\n\n\ndef double(number: int) -> int:\n    """Double a number."""\n    return number * 2\n'
UNTYPED = TYPED.replace("number * 2", "str(number)")
SLOPPY = TYPED.replace('    """Double a number."""\n', "")
UNUSED = TYPED.replace("\n\n\ndef", "\n\nimport os\n\n\ndef")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "failing", "told"),
    [
        (TYPED, "", ""),
        (UNTYPED, "backend types", "return-value"),
        (SLOPPY, "backend style", "D103"),
        (UNUSED, "", ""),  # it is mended
    ],
    ids=["right", "types", "style", "unused"],
)
def test_a_plugins_module(install: Callable[[str], Path], tmp_path: Path, text: str, failing: str, told: str) -> None:
    project = Project(folder=tmp_path, sites=(install("trial"),))
    shutil.copy(SPEC, tmp_path / "spec.md")
    trial = {"component": "backend", "files": {"backend/utils/extra.py": text}, "skip": {"tests": "not asked here"}}
    project.enable("fastapi", "trial", trial=trial)
    done = project.generate("--json")
    failed = {event["check"] for event in of_kind(done, "check.finished") if event["outcome"] == "failed"}
    if failing:
        assert done.returncode == 1
        assert failing in failed
        assert told in done.stdout
        assert not (tmp_path / "generated").exists()
    else:
        assert done.returncode == 0, done.stdout
        assert "import os" not in (tmp_path / "generated" / "backend" / "utils" / "extra.py").read_text()
