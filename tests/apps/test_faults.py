"""Specs that once passed `check` and made apps that did not start, or that their own tests refused.

Each is small and natural, most are out of real products' schemas (tests/specs/faults); all hold on both databases.
"""

from __future__ import annotations

import json
import re
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.apps.generate import environment_of, generate
from tests.apps.harness import judge
from tests.apps.postgres import Server, postgres
from tests.apps.running import Running, running

SPECS = Path(__file__).parents[1] / "specs"
WIDTH = 100
REMARKS = ("# type: ignore", "# noqa")


def specs() -> list[Path]:
    """The specs that are judged: implicit columns, long names, random finds, what trades showed, and the folder's."""
    several = ("implicit_columns", "long_names", "natural_rules", "random_finds")
    return [*(SPECS / f"{name}.md" for name in several), *sorted((SPECS / "faults").glob("*.md"))]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as started:
        yield started


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_they_hold(tmp_path: Path, subtests: pytest.Subtests) -> None:
    """All at once, so that their types are looked at in one run; on PostgreSQL in `make test-long`."""
    hold(tmp_path, subtests)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_they_hold_on_postgresql(server: Server, tmp_path: Path, subtests: pytest.Subtests) -> None:
    hold(tmp_path, subtests, server)


def hold(folder: Path, subtests: pytest.Subtests, server: Server | None = None) -> None:
    apps = judge([path.read_text(encoding="utf-8") for path in specs()], folder, server=server, once=server is None)
    for path, app in zip(specs(), apps, strict=True):
        with subtests.test(path.stem):
            assert (app.stage, app.log) == ("", "")


def test_long_names_make_no_long_lines(tmp_path: Path) -> None:
    generate(SPECS / "long_names.md", tmp_path / "app")
    lines = [line for path in (tmp_path / "app").rglob("*.py") for line in path.read_text("utf-8").splitlines()]
    assert [line for line in lines if len(line) > WIDTH and not any(remark in line for remark in REMARKS)] == []


def test_no_name_is_longer_than_a_database_keeps(tmp_path: Path) -> None:
    generate(SPECS / "long_names.md", tmp_path / "app")
    (migration,) = (tmp_path / "app" / "backend" / "migrations" / "versions").glob("*.py")
    names = re.findall(r'op\.f\(\s*"(\w+)"', migration.read_text(encoding="utf-8"))
    assert len(names) == len(set(names))
    assert [name for name in names if len(name.encode()) > 63] == []
    assert any(len(name) == 60 for name in names)  # one that was shortened: 55 of its own, a bar and four


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_broken_rule_of_long_names_says_which_field(database: str, tmp_path: Path, server: Server) -> None:
    app = tmp_path / "app"
    generate(SPECS / "long_names.md", app)
    url = f"sqlite:///{tmp_path}/app.db" if database == "sqlite" else server.database("long")
    with running(app, environment_of(app), url) as served:
        token = served.first_token()
        person = served.call(
            "/api/v1/person-responsibles-for-the-purchases",
            {"code": "a", "full_name_as_written_in_the_passport": "Ada"},
            token=token,
        )
        order = {
            "requested_delivery_date_of_the_customer": "2027-01-01",
            "supplier_reference_as_printed_on_invoices": "R-1",
            "net_amount_in_the_currency_of_the_supplier": "1.0000",
            "responsible_purchasing_agent_of_the_company_id": person["id"],
            "person_responsible_for_the_purchases_id": person["id"],
        }
        path = "/api/v1/purchase-order-lines-of-a-framework-agreement"
        served.call(path, order, token=token)
        taken = refusal(served, path, order, token)
        assert [(each["field"], each["code"]) for each in taken] == [
            ("net_amount_in_the_currency_of_the_supplier", "unique")
        ]
        wrong = refusal(served, path, order | {"net_amount_in_the_currency_of_the_supplier": "0"}, token)
        assert [each["message"] for each in wrong] == ["Give a reason"]


def refusal(served: Running, path: str, body: dict[str, Any], token: str) -> list[dict[str, str]]:
    """The errors of an answer that refuses a new row."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        served.call(path, body, token=token)
    answer: dict[str, Any] = json.load(refused.value)
    assert answer["status"] == 409
    return list(answer["errors"])
