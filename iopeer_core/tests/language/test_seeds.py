"""`## Seeds`: the first rows, their problems, and that they keep what all rows keep."""

from __future__ import annotations

import pytest
from iopeer_core.language.reader import read
from iopeer_core.model.spec import (
    SeedTable,
)

SEEDS = "# Shop\n\n## Entities\n\n### Label\n\n- name: text, required, unique\n- color: color\n\n### Thing\n\n- title: text\n- kind: one of: a | b\n- label: belongs to Label\n- labels: many to many Label, inverse tagged\n- on: boolean, default no\n\n## Seeds\n\n"  # noqa: E501 - one spec
LABELS = "### Label\n\n| name | color |\n|---|---|\n| bug | #ff0000 |\n| a\\|b | |\n\n"


def seeds(text: str) -> tuple[SeedTable, ...]:
    result = read(SEEDS + text)
    assert [problem.render() for problem in result.errors] == []
    assert result.spec
    return result.spec.seeds


def test_seeds_are_canonical() -> None:
    rows = "### thing\n\n| on | KIND | title | label | labels |\n|-|-|-|-|-|\n"
    rows += "| sí | A | z | bug | bug , a\\|b |\n| | | a | | |\n"
    labels, things = seeds(LABELS + rows)
    assert labels.rows == (("a|b", None), ("bug", "#ff0000"))
    assert things.columns == ("title", "kind", "label", "labels", "on")
    assert things.rows == (("a", None, None, None, None), ("z", "a", "bug", "bug, a|b", "yes"))


def test_links_of_seeds_name_what_the_option_display_shows() -> None:
    text = SEEDS.replace("- color: color\n", "- color: color\n\n#### Options\n\n- display: color\n")
    result = read(text + LABELS + "### Thing\n\n| title | label |\n|-|-|\n| a | #ff0000 |\n")
    assert [problem.render() for problem in result.errors] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("### Labl\n\n| name |\n|---|\n| a |\n", "E041"),
        ("### Label\n\n- name: a\n", "E015"),
        ("### Label\n", "E120"),
        ("### Label\n\n| nam |\n|---|\n| a |\n", "E080"),
        ("### Label\n\n| name |\n|---|\n| a | b |\n", "E121"),
        ("### Label\n\n| color |\n|---|\n| #ff0000 |\n", "E123"),
        ("### Label\n\n| name | color |\n|---|---|\n| | #ff0000 |\n", "E124"),
        ("### Label\n\n| name |\n|---|\n| a |\n| a |\n", "E125"),
        ("### Label\n\n| name | color |\n|---|---|\n| a | red |\n", "E055"),
        ("### Thing\n\n| title | kind |\n|---|---|\n| a | c |\n", "E056"),
        (LABELS + "### Thing\n\n| title | label |\n|---|---|\n| a | bgu |\n", "E126"),
        (LABELS + "### Thing\n\n| title | labels |\n|---|---|\n| a | bug, x |\n", "E126"),
    ],
)
def test_problems_of_seeds(text: str, code: str) -> None:
    assert code in [problem.code for problem in read(SEEDS + text).errors]


RULED = """# T

## Entities

### A

- name: text, max 5, matches /^[a-z]*$/
- code: text, primary key
- n: integer, max 10, default 4
- m: integer
- took: duration
- at: datetime
- day: date, max today
- kind: one of: x | y

#### Rules

- check: n < m or kind = y — "More"
- check: took != 1h or at > 2026-01-01 10:00Z
- check: not (kind = y and name is empty)
- check: day >= today
- unique: n + kind

## Seeds

### A

| code | name | n | m | took | at | day | kind |
|---|---|---|---|---|---|---|---|
| c0 | ok | | 5 | 1h | 2026-01-01 10:00:00.5Z | today | x |
"""


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("c | abcdef | 1 | 2 | | | | ", ("E128", "abcdef")),
        ("c | a1 | 1 | 2 | | | | ", ("E128", "a1")),
        ("c | a | 11 | 12 | | | | ", ("E128", "11")),
        ("c | a | 5 | 5 | | | | x", ("E129", "5")),
        ("c | a | | 5 | | | | x", ("E129", "x")),  # the default counts
        ("c | a | 4 | 4 | | | | ", None),  # the other half of the rule is open
        ("c | a | 1 | 2 | 60 min | 2026-01-01 10:00Z | | ", ("E129", "60 min")),
        ("c | | 1 | 2 | | | | y", ("E129", "y")),
        (" | a | 1 | 2 | | | | ", ("E124", "")),
        ("c0 | a | 1 | 2 | | | | ", ("E125", "c0")),
        ("c/1 | a | 1 | 2 | | | | ", ("E137", "c/1")),  # no page could be reached under it
        (".. | a | 1 | 2 | | | | ", ("E137", "..")),
        ("c | abcde | 10 | 11 | 2h | 2026-01-01 10:00Z | | x", None),
        ("c | a | 1 | | | | | ", None),  # what is empty breaks no comparison
        ("c | a | | 5 | | | | ", None),  # nor a rule that it is alone
        ("c | a | 1 | 2 | 1h | now | 2999-01-01 | x", None),  # what moves is not known
    ],
)
def test_first_rows_keep_what_all_rows_keep(row: str, told: tuple[str, str] | None) -> None:
    text = f"{RULED}| {row} |\n"
    problems = read(text).errors
    lines = text.splitlines()
    assert [(p.code, lines[p.line - 1][p.column - 1 : p.end_column - 1].strip()) for p in problems] == (
        [told] if told else []
    )
