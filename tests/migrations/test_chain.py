"""A database with rows goes through twelve changes of its spec on both databases: nothing is lost, up or down."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from iopeer_core.environments.python import Environment
from iopeer_core.kit import generate

from tests.apps.generate import environment_of
from tests.apps.postgres import Server, postgres
from tests.migrations.changes import STEPS, Rows

SPEC = Path(__file__).parents[1] / "specs" / "tracker.md"
DATABASE = Path(__file__).with_name("templates") / "database.py"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """PostgreSQL."""
    with postgres() as made:
        yield made


class App:
    """An app that is generated again and again into one folder, with a database of each kind."""

    def __init__(self, folder: Path, urls: list[str]) -> None:
        self.folder, self.urls = folder, urls
        self.environment: Environment | None = None

    def generate(self, text: str, *, allow_drop: bool = False) -> None:
        """Merge what the spec says now into the folder."""
        generate(text, ["fastapi"], out=self.folder, allow_drop=allow_drop).store(self.folder)
        self.environment = self.environment or environment_of(self.folder)

    def run(self, url: str, *words: str) -> list[Rows]:
        """What `database.py` tells."""
        assert self.environment
        known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        known |= {"DATABASE_URL": url, "PYTHONPATH": str(self.folder), "SECRET_KEY": "x" * 32}
        done = subprocess.run(
            [self.environment.python, "-W", "ignore", DATABASE, *words],
            cwd=self.folder, env=known, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            pytest.fail(f"{url} {' '.join(words)}\n{done.stderr[-3000:]}", pytrace=False)
        lines = [line.removeprefix("ROWS ") for line in done.stdout.splitlines() if line.startswith("ROWS ")]
        return [json.loads(line) for line in lines]


def through(tmp_path: Path, server: Server, count: int) -> None:
    """Each change on both databases: up, nothing left to do, down, up again."""
    app = App(tmp_path / "app", [f"sqlite:///{tmp_path}/app.db", server.database("chain")])
    text = SPEC.read_text("utf-8")
    app.generate(text)
    rows = {url: app.run(url, "up", "check", "fill", str(count), "rows")[0] for url in app.urls}
    assert len(rows[app.urls[0]]["tasks"]) == count
    versions = app.folder / "backend" / "migrations" / "versions"
    for number, step in enumerate(STEPS, start=2):
        kept = {path.name: path.read_bytes() for path in versions.glob("*.py")}
        text = step.spec(text)
        app.generate(text, allow_drop=step.allow_drop)
        (new,) = {path.name for path in versions.glob("*.py")} - kept.keys()
        assert new.startswith(f"{number:04}_"), new
        assert {name: (versions / name).read_bytes() for name in kept} == kept
        for url in app.urls:
            up, down, again = app.run(url, "up", "check", "rows", "down", "rows", "up", "rows")
            where = f"{step.name}, on {url[:6]}"
            assert by_table(up) == by_table(step.after(rows[url])), f"up: {where}"
            assert by_table(down) == by_table(step.undone(rows[url])), f"down: {where}"
            assert by_table(again) == by_table(step.after(down)), f"up again: {where}"
            rows[url] = again


def by_table(rows: Rows) -> dict[str, list[str]]:
    """The rows of each table, sorted: comparing them tells which differ."""
    return {table: sorted(json.dumps(row, sort_keys=True) for row in found) for table, found in rows.items()}


@pytest.mark.long
def test_rows_survive_twelve_changes(tmp_path: Path, server: Server) -> None:
    through(tmp_path, server, 30)


@pytest.mark.long
def test_ten_thousand_rows_survive_twelve_changes(tmp_path: Path, server: Server) -> None:
    through(tmp_path, server, 1000)
