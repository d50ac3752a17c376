"""Rows are found that keep all rules, whatever the rules compare; any two of them can be mixed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from iopeer_core.language.reader import read
from iopeer_core.model.examples import Examples
from iopeer_core.model.formats import FORMATS, ORDERED
from iopeer_core.model.keeping import literals_in, mixing, plain_row, tied, together, truth
from iopeer_core.model.spec import CheckRule, Entity
from iopeer_core.model.walk import fields_of

COMPARED = [scalar.value for scalar, row in FORMATS.items() if row.operators == ORDERED]


def entity(*lines: str, rules: tuple[str, ...]) -> Entity:
    text = "\n".join(f"- {line}" for line in lines)
    checks = "\n".join(f"- check: {rule}" for rule in rules)
    spec = read(f"# T\n\n## Entities\n\n### Thing\n\n{text}\n\n#### Rules\n\n{checks}\n")
    assert [problem.render() for problem in spec.errors] == []
    assert spec.spec is not None
    return spec.spec.entities[0]


def rows_of(thing: Entity) -> list[dict[str, object]]:
    rules = [rule.expr for rule in thing.rules if isinstance(rule, CheckRule)]
    names = {name for rule in rules for name in fields_of(rule)}
    choices = {item.name: getattr(item.type, "values", ()) for item in thing.fields}
    examples = {f.name: Examples(item=f, choices=choices[f.name]) for f in thing.fields if f.name in names}
    rows = together(thing, rules, examples)
    read_ = {text: value for rule in rules for text, value in literals_in(rule, thing).items()}
    known = plain_row(thing)
    assert all(truth(rule, {**known, **row}, read_) is not False for rule in rules for row in rows)
    assert all(mixing(rules, read_, known, one, other) for one, other in pairwise(rows))
    return rows


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "=", "!="])
@pytest.mark.parametrize("kind", COMPARED)
def test_two_fields_of_every_ordered_type_and_operator(kind: str, operator: str) -> None:
    thing = entity(f"one: {kind}, required", f"other: {kind}, required", rules=(f"one {operator} other",))
    assert rows_of(thing)


def test_rows_of_a_time_before_another_differ() -> None:
    thing = entity("opens: time, required", "closes: time, required", rules=("opens < closes",))
    assert len(rows_of(thing)) > 1


def test_an_optional_field_that_a_rule_needs_has_a_value() -> None:
    thing = entity(
        "kind: one of: flight | hotel, required", "from: text", rules=("kind = hotel or `from` is not empty",)
    )
    assert all(row["from"] for row in rows_of(thing))


def test_chains_of_narrow_numbers_are_found() -> None:
    names = ("a", "b", "c")
    thing = entity(*(f"{n}: integer, required, between 1 and 3" for n in names), rules=("a < b", "b < c"))
    assert [tuple(map(str, row.values())) for row in rows_of(thing)] == [("1", "2", "3")]


def test_what_nothing_keeps_is_not_found() -> None:
    thing = entity("a: integer, required, max 3", rules=("a > 3",))
    assert rows_of(thing) == []


def test_fields_are_tied_by_way_of_others() -> None:
    thing = entity("a: integer", "b: integer", "c: integer", "d: integer", rules=("a < b", "b < c", "d > 0"))
    rules = [rule.expr for rule in thing.rules if isinstance(rule, CheckRule)]
    assert tied(rules, "a") == {"a", "b", "c"}
    assert tied(rules, "d") == {"d"}
