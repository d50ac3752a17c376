"""A project's own templates, beside those that they replace."""

from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.render.overrides import Overrides


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    folder = tmp_path / "plugin"
    folder.mkdir()
    (folder / "main.py.j2").write_text("first")
    return folder


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / ".iopeer"
    (folder / "templates").mkdir(parents=True)
    (folder / "templates" / "main.py.j2").write_text("mine")
    return folder


def test_an_original_that_has_changed_is_told_until_ours_is_saved_anew(plugin: Path, state: Path) -> None:
    found = Overrides(state, [plugin])
    found.remember()
    assert list(found.warnings()) == []
    (plugin / "main.py.j2").write_text("second")
    found.remember()
    (told,) = found.warnings()
    assert told.startswith(f"{state}/templates/main.py.j2 replaces a template that has changed since")
    (state / "templates" / "main.py.j2").write_text("mine, with what is new")
    found.remember()
    assert list(found.warnings()) == []


def test_what_cannot_be_remembered_is_as_if_there_were_nothing(plugin: Path, state: Path) -> None:
    for text in ("[", "[]", '{"main.py.j2": 3}'):
        (state / "templates.json").write_text(text)
        assert list(Overrides(state, [plugin]).warnings()) == []


def test_no_templates_leave_nothing(tmp_path: Path) -> None:
    found = Overrides(tmp_path / ".iopeer", [tmp_path / "nowhere"])
    found.remember()
    assert list(found.warnings()) == []
    assert not (tmp_path / ".iopeer").exists()
