"""The example apps on both databases, and what judges from outside say of one that runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.generate import environment_of, generate
from tests.apps.harness import App, run_app
from tests.apps.postgres import Server, postgres
from tests.apps.running import running

EXAMPLES = Path(__file__).parent.parent / "examples"
SCHEMATHESIS = 3  # examples per operation; `make judge` takes 100


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with postgres() as started:
        yield started


def made(name: str, folder: Path) -> Path:
    """An example's app."""
    spec = folder / "spec.md"
    spec.write_bytes((EXAMPLES / name / "spec.md").read_bytes())
    generate(spec, folder / name)
    return folder / name


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tracker", "biblioteca", "todo"])
def test_it_migrates_and_passes_its_tests_on_both(name: str, tmp_path: Path, server: Server) -> None:
    app = App(name, made(name, tmp_path), "")
    run_app(app, environment_of(app.folder), server)
    assert (app.stage, app.log) == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tracker", "biblioteca", "todo"])
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_it_starts_and_serves_its_first_account(name: str, database: str, tmp_path: Path, server: Server) -> None:
    app = made(name, tmp_path)
    url = f"sqlite:///{tmp_path}/app.db" if database == "sqlite" else server.database(name)
    with running(app, environment_of(app), url) as served:
        token = served.first_token()
        assert served.call("/api/v1/auth/me", token=token)["id"] == 1
        paths = served.call("/openapi.json")["paths"]
        lists = [path for path, verbs in paths.items() if {"get", "post"} <= verbs.keys()]
        assert lists
        for path in lists:
            assert set(served.call(f"{path}?count=true", token=token)) == {"items", "total", "limit", "offset"}


@pytest.mark.slow
def test_judges_find_nothing(tmp_path: Path) -> None:
    tool = Path(__file__).parent.parent / "tools" / "judge.py"
    command = [
        sys.executable,
        str(tool),
        "--apps",
        "todo",
        "--databases",
        "sqlite",
        "--judges",
        "schemathesis",
        "bandit",
    ]
    done = subprocess.run(
        [*command, "--examples", str(SCHEMATHESIS)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
