"""Rows that belong to somebody through other rows, on both databases: the generated tests, and right values."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.generate import environment_of, generate
from tests.apps.harness import App, run, run_app
from tests.apps.postgres import Server, postgres

OWN = Path(__file__).parent / "own"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server."""
    with postgres() as started:
        yield started


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The app, with this folder's tests among its own."""
    folder = tmp_path_factory.mktemp("own")
    generate(OWN / "spec.md", folder)
    shutil.copytree(OWN / "templates", folder, dirs_exist_ok=True)
    return App("own", folder, "")


def test_every_way_has_its_attacks(app: App) -> None:
    cases = (app.folder / "tests/test_permissions.py").read_text("utf-8")
    for way in ("patient_id", "appointment_id", "previous_id", "note_id"):
        made = re.findall(rf'"{way}": Through\(.*?(ME|OTHER)\b', cases, re.DOTALL)
        assert set(made) == {"ME", "OTHER"}, way
    attacks = (app.folder / "tests/test_attacks.py").read_text("utf-8")
    adding = re.findall(r'\(Role\.(\w+), "(\w+)"\)', attacks)
    assert set(adding) == {
        ("DOCTOR", "appointments"),
        ("PATIENT", "appointments"),
        ("PATIENT", "notes"),
        ("PATIENT", "remarks"),
    }


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_is_own_through_others(database: str, app: App, server: Server) -> None:
    variables = {} if database == "sqlite" else {"TEST_DATABASE_URL": server.database("ways")}
    one = App("ways", app.folder, "")
    command = ("pytest", "-q", "-x", "-W", "error", "tests/test_ways.py")
    run(one, database, command, environment_of(app.folder), **variables)
    assert not one.stage, one.log


@pytest.mark.slow
def test_the_app_passes_its_own_tests(app: App, server: Server) -> None:
    run_app(app, environment_of(app.folder), server, once=True)
    assert (app.stage, app.log) == ("", "")
