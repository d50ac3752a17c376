"""Apps of many entities start, migrate up and down on both databases, and try what is alike once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from iopeer_core.language.reader import read

from tests.apps.generate import environment_of, generate
from tests.apps.harness import MIGRATE, App, run
from tests.apps.many import many
from tests.apps.postgres import Server, postgres

LARGE = Path(__file__).parents[1] / "specs" / "large"
MADE = 300
SMALLEST = "saas-8"
"""The one that `make test` tries; the others take minutes."""
SPECS = {
    **{path.stem: path.read_text(encoding="utf-8") for path in sorted(LARGE.glob("*-*.md"))},
    f"made-{MADE}": many(MADE),
}
NAMES = [name if name == SMALLEST else pytest.param(name, marks=pytest.mark.long) for name in SPECS]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as started:
        yield started


def test_the_made_spec_has_no_problems() -> None:
    done = read(many(MADE))
    assert [problem.render() for problem in done.errors] == []
    assert done.spec is not None
    assert len(done.spec.entities) == MADE + 1


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", NAMES)
def test_it_migrates_and_passes_quick_tests(name: str, tmp_path: Path, server: Server) -> None:
    spec = tmp_path / "spec.md"
    spec.write_text(SPECS[name], encoding="utf-8")
    app = App(name, tmp_path / "app", SPECS[name])
    generate(spec, app.folder)
    environment = environment_of(app.folder)
    for url in (f"sqlite:///{tmp_path}/app.db", server.database(name.replace("-", "_"))):
        run(app, f"migrations on {url[:8]}", ("python", "-W", "error", "-c", MIGRATE), environment, DATABASE_URL=url)
    run(app, "tests", ("pytest", "-q", "-x", "--once", "tests"), environment)
    assert (app.stage, app.log) == ("", "")
