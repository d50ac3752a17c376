"""Random valid specs become apps that nobody can fault: always the same three; `make fuzz N=100` makes others."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from iopeer_core.language.reader import read

from tests.apps.generate import environment_of, generate
from tests.apps.harness import judge
from tests.apps.specs import drawn

SEED = 3
MANY = 40
FIRST_ROWS = Path(__file__).parents[1] / "specs" / "first_rows.md"
"""Rows that link to each other in circles, by labels of all types, or that are known by JSON alone."""


def test_random_specs_are_read_without_problems() -> None:
    for text in drawn(MANY, SEED):
        assert [problem.render() for problem in read(text).errors] == []


@pytest.mark.slow
def test_random_apps_hold(tmp_path: Path) -> None:
    apps = judge([*drawn(3, SEED), FIRST_ROWS.read_text(encoding="utf-8")], tmp_path, once=True)
    assert [f"{app.spec}\n{app.stage}: {app.log}" for app in apps if app.stage] == []


def test_first_rows_link_to_each_other(tmp_path: Path) -> None:
    app, database = tmp_path / "app", tmp_path / "app.db"
    app.mkdir()
    generate(FIRST_ROWS, app)
    environment, url = environment_of(app), f"sqlite:///{database}"
    told: list[str] = []
    for command in (
        ("alembic", "upgrade", "head"),
        ("python", "-m", "backend.seeds"),
        ("python", "-m", "backend.seeds"),
    ):
        done = subprocess.run(
            [environment.bin / command[0], *command[1:]],
            cwd=app,
            env={"PATH": os.environ["PATH"], "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told.append(done.stdout)
    assert told[-1].startswith("0 rows added")
    with closing(sqlite3.connect(database)) as rows:
        parents = rows.execute(
            "select c.name, p.name from categories c left join categories p on p.id = c.parent_id order by c.id"
        )
        assert parents.fetchall() == [("Alpha", "Zeta"), ("Mid", "Alpha"), ("Zeta", None)]
        assert rows.execute("select count(*) from category_kin").fetchone() == (3,)
        assert rows.execute("select main_task_id is not null from projects").fetchone() == (1,)
        about = rows.execute("select body, task_id is null, project_id is null from notes order by id")
        assert about.fetchall() == [("x", 1, 0), ("y", 0, 1), ("y", 0, 1)]
