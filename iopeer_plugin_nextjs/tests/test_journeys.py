"""What the end-to-end tests are told of an app: who may do what, and rows that the API takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from iopeer_plugin_nextjs.view.journeys import Journeys

from .test_view import planned

HERE = Path(__file__).parent
NATURAL = HERE.parents[1].glob("tests/specs/natural/[0-9]*.md")
SPECS = sorted([*(HERE / "specs").glob("*.md"), *HERE.parents[1].glob("examples/*/spec.md"), *NATURAL])
SHOP = """# Shop

## Roles

- owner: does all
- clerk: sells
- guest: looks

## Entities

### User

- email: email, required, unique

#### Permissions

- owner: read

### Shelf

- code: text, required, unique, matches /^[A-Z]{2}$/
- opens: date, required
- closes: date, required
- price: integer, required, min 5
- limit: integer, required, max 9

#### Rules

- check: closes > opens
- check: price < limit

#### Permissions

- owner: all

### Crate

- shelf: belongs to Shelf, required

#### Permissions

- clerk: all

### Note

- text: text, required
- by: belongs to User, required, default me

#### Permissions

- guest: create own, read own
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    spec = tmp_path_factory.mktemp("shop") / "spec.md"
    spec.write_text(SHOP, encoding="utf-8")
    facts = json.loads(Journeys(planned(spec)).facts)
    return {**facts, "entities": {entity["name"]: entity for entity in facts["entities"]}}


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_facts_are_told_of_any_spec(spec: Path) -> None:
    journeys = Journeys(planned(spec))
    facts = json.loads(journeys.facts)
    assert len(facts["entities"]) == len(journeys.blueprint.spec.entities)
    for entity in facts["entities"]:
        for field in entity["fields"]:
            needs = field["required"] and not field["default"] and field["writable"]
            assert field["values"] or field["targets"] or not needs, (entity["name"], field["name"])


def test_roles_that_nobody_can_give_are_left_out(shop: dict[str, Any]) -> None:
    assert [role["name"] for role in shop["roles"]] == ["owner", "guest"]


def test_rows_are_made_by_who_may_make_and_see_them(shop: dict[str, Any]) -> None:
    keepers = {name: entity["keeper"] for name, entity in shop["entities"].items()}
    assert keepers == {"user": None, "shelf": "owner", "crate": None, "note": "guest"}
    assert shop["entities"]["note"]["may"] == ["read", "create"]


def test_values_keep_the_rules_between_fields(shop: dict[str, Any]) -> None:
    values = {field["name"]: field["values"] for field in shop["entities"]["shelf"]["fields"]}
    assert max(values["opens"]) < min(values["closes"])  # any two can be mixed
    assert 5 <= max(values["price"]) < min(values["limit"]) <= 9
    assert all(len(code) == 2 and code.isupper() for code in values["code"])


def test_rows_that_differ_by_a_day_have_many_days(tmp_path: Path) -> None:
    spec = tmp_path / "spec.md"
    fields = "- day: date, required\n- begins: time, required\n- ends: time, required\n"
    rules = "#### Rules\n\n- unique: day + begins\n- check: begins < ends\n"
    spec.write_text(f"# Choir\n\n## Entities\n\n### Rehearsal\n\n{fields}\n{rules}")
    facts = json.loads(Journeys(planned(spec)).facts)
    (entity,) = (one for one in facts["entities"] if one["name"] == "rehearsal")
    day, begins, _ = entity["fields"]
    assert (day["apart"], begins["apart"]) == (True, False)
    assert len(set(day["values"])) > 500


def test_days_that_a_rule_ties_are_not_told_apart(tmp_path: Path) -> None:
    """Few of them are known, and a body without one is refused."""
    spec = tmp_path / "spec.md"
    fields = "- room: text, required\n- from: datetime, required\n- until: datetime, required\n- who: belongs to User\n"
    rules = "#### Rules\n\n- unique: who + from\n- check: from < until\n"
    spec.write_text(f"# Visits\n\n## Entities\n\n### User\n\n- email: email\n\n### Visit\n\n{fields}\n{rules}")
    facts = json.loads(Journeys(planned(spec)).facts)
    (entity,) = (one for one in facts["entities"] if one["name"] == "visit")
    assert {field["name"]: field["apart"] for field in entity["fields"]}["from"] is False


def test_values_beside_a_limit_that_moves_fit_whenever_the_tests_run(tmp_path: Path) -> None:
    spec = tmp_path / "spec.md"
    fields = "- born: date, required, max today\n- due: date, required, min today\n- met: datetime, required\n"
    rule = "#### Rules\n\n- check: met < now\n"
    spec.write_text(f"# Lives\n\n## Entities\n\n### Life\n\n{fields}\n{rule}")
    facts = json.loads(Journeys(planned(spec)).facts)
    (entity,) = (one for one in facts["entities"] if one["name"] == "life")
    values = {field["name"]: field["values"] for field in entity["fields"]}
    assert max(values["born"]) < "2000"
    assert min(values["due"]) > "2400"
    assert max(values["met"]) < "2026"
