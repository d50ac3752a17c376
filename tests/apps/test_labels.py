"""What rows are called: by a name of their own, or like the one row that each links to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.generate import environment_of, generate
from tests.apps.postgres import Server, postgres
from tests.apps.running import PASSWORD, Running, running

SPEC = Path(__file__).parents[1] / "specs" / "faults" / "named-after-a-person.md"
API = "/api/v1"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as started:
        yield started


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_profile_is_called_like_its_person_to_those_who_may_know_that(
    database: str, tmp_path: Path, server: Server
) -> None:
    generate(SPEC, tmp_path / "app")
    url = f"sqlite:///{tmp_path}/app.db" if database == "sqlite" else server.database("labels")
    with running(tmp_path / "app", environment_of(tmp_path / "app"), url) as served:
        manager = served.first_token()
        visits = [visit(served, name, manager) for name in ("Zoe", "Ana")]
        assert [each["profile"]["label"] for each in visits] == ["Zoe", "Ana"]  # as the writing is answered
        assert labels(served, "?sort=profile", manager) == ["Ana", "Zoe"]
        assert labels(served, "?q=zo", manager) == ["Zoe"]
        assistant = second_token(served)
        assert labels(served, "?sort=id", assistant) == [None, None]
        assert labels(served, "?q=zo", assistant) == []


def visit(served: Running, name: str, token: str) -> dict[str, dict[str, str]]:
    """A visit to a new person; as it is answered."""
    person = served.call(f"{API}/people", {"name": name}, token=token)
    profile = served.call(f"{API}/profiles", {"person_id": person["id"], "specialty": "dentist"}, token=token)
    made: dict[str, dict[str, str]] = served.call(
        f"{API}/visits", {"profile_id": profile["id"], "remark": "None"}, token=token
    )
    return made


def labels(served: Running, query: str, token: str) -> list[str | None]:
    """What the profiles of visits are called, in the order of a list."""
    return [row["profile"]["label"] for row in served.call(f"{API}/visits{query}", token=token)["items"]]


def second_token(served: Running) -> str:
    """Register an account, which gets the last role, and sign in."""
    served.call(f"{API}/auth/register", {"email": "bob@example.org", "name": "Bob", "password": PASSWORD})
    form = {"username": "bob@example.org", "password": PASSWORD}
    return str(served.call(f"{API}/auth/login", form, form=True)["access_token"])
