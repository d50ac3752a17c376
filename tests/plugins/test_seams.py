"""What a backend offers below its routes carries real plugins: a history of rows, row-level security, triggers.

Each brings tests of its own into the generated app, which speak to it by HTTP.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from iopeer_core.environments.python import Environment

from tests.apps.generate import environment_of
from tests.apps.harness import App, lint, run, run_app, types
from tests.apps.postgres import Server, postgres
from tests.projects import Project

SPEC = Path(__file__).parents[1] / "specs" / "seams.md"
PLUGINS = ("history", "revisions", "tenants")
BOUND_ROLE = """
import asyncio, sys, asyncpg
async def main():
    connection = await asyncpg.connect(sys.argv[1])
    await connection.execute("CREATE ROLE caller LOGIN NOSUPERUSER NOBYPASSRLS")
    name = await connection.fetchval("SELECT current_database()")
    await connection.execute(f'ALTER DATABASE "{name}" OWNER TO caller')
    await connection.execute("GRANT ALL ON SCHEMA public TO caller")
    await connection.close()
asyncio.run(main())
"""
"""Makes a role that owns a database, and that policies apply to all the same."""

Make = Callable[..., App]


@pytest.fixture(scope="module")
def make(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Generates the app with some of the plugins, untested."""

    def make(*plugins: str) -> App:
        folder = tmp_path_factory.mktemp("seams")
        shutil.copy(SPEC, folder / "spec.md")
        project = Project(folder=folder, sites=(install("seams"),))
        project.enable("fastapi", *plugins)
        done = project.generate("--check", "none")
        assert done.returncode == 0, done.stderr
        return App("notes", folder / "generated", SPEC.read_text(encoding="utf-8"))

    return make


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server."""
    with postgres() as server:
        yield server


def passes(app: App, environment: Environment, name: str, **variables: str) -> None:
    """Run one of the app's own test files, of which nothing may be left out."""
    command = ("pytest", "-q", "-x", "-W", "error", f"tests/{name}.py")
    run(app, "tests", command, environment, **variables)
    assert not app.stage, app.log


@pytest.mark.slow
@pytest.mark.parametrize("plugin", ["history", "revisions"])
def test_it_works_on_both_databases(plugin: str, make: Make, server: Server) -> None:
    app = make(plugin)
    environment = environment_of(app.folder)
    for variables in ({}, {"TEST_DATABASE_URL": server.database(plugin)}):
        passes(app, environment, f"test_{plugin}", **variables)


@pytest.mark.slow
def test_the_database_keeps_tenants_apart(make: Make, server: Server) -> None:
    app = make("tenants")
    environment = environment_of(app.folder)
    url = server.database("tenants")
    run(app, "role", ("python", "-c", BOUND_ROLE, url), environment)
    bound = url.replace("://postgres:@", "://caller:@")
    assert bound != url
    passes(app, environment, "test_tenants", TEST_DATABASE_URL=bound, PYTEST_ADDOPTS="-p no:cacheprovider -rs")
    without_policies(app)
    run(app, "tests", ("pytest", "-q", "tests/test_tenants.py"), environment, TEST_DATABASE_URL=bound)
    assert app.stage, "the policies are not what keeps the rows apart"
    assert "7 failed" in app.log


def without_policies(app: App) -> None:
    """Take the policies out of the migration, as a check that the tests above can fail."""
    path = app.folder / "backend" / "migrations" / "versions" / "0001_initial.py"
    text = path.read_text(encoding="utf-8")
    assert "ROW LEVEL SECURITY" in text
    path.write_text(text.replace('dialect.name == "postgresql"', 'dialect.name == "none"'), encoding="utf-8")


@pytest.mark.slow
def test_all_of_them_at_once_leave_an_app_that_holds(make: Make, server: Server, tmp_path: Path) -> None:
    app = make(*PLUGINS)
    environment = environment_of(app.folder)
    lint([app], environment)
    types([app], tmp_path, environment, tmp_path / "known")
    run_app(app, environment, server)
    assert not app.stage, f"{app.stage}: {app.log}"


def test_an_app_without_them_knows_nothing_of_steps(make: Make) -> None:
    app = make()
    own = [path for path in sorted((app.folder / "backend").rglob("*.py")) if path.parent.name not in {"engine", "own"}]
    text = "".join(path.read_text(encoding="utf-8") for path in own)
    assert [word for word in ("Event", "op.execute", "before=", "after=", "set_config") if word in text] == []


@pytest.mark.slow
def test_other_ways_in_and_other_answers(make: Make, tmp_path: Path) -> None:
    app = make("doors")
    environment = environment_of(app.folder)
    lint([app], environment)
    types([app], tmp_path, environment, tmp_path / "known")
    passes(app, environment, "test_doors")
