"""Every value of the table of formats is read, or refused, as its row says: what passes `check`, the app takes."""

from __future__ import annotations

import json
import re

import pytest
from iopeer_core.language.reader import read
from iopeer_core.model.formats import FORMATS, Json, Kind, canonical
from iopeer_core.model.spec import LiteralKind, Scalar

LITERAL = {Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY, Scalar.BOOLEAN, Scalar.DATE, Scalar.TIME, Scalar.DATETIME}


def written(scalar: Scalar, value: Json) -> str | None:
    """A value as a default in a spec; None where a spec cannot say it."""
    if scalar is Scalar.BOOLEAN:
        return {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else f'"{value}"'
    text = json.dumps(value) if scalar is Scalar.JSON else str(value)
    sayable = text and text == text.strip() and not re.search(r'["\n\x00]', text) and text.isprintable()
    if not sayable or (scalar is not Scalar.JSON and not isinstance(value, str | int)):
        return None
    return text if scalar in LITERAL else f'"{text}"'


def default_of(scalar: Scalar, value: Json) -> bool | None:
    """Whether a spec may have a value as a default."""
    text = written(scalar, value)
    if text is None or isinstance(value, bool) != (scalar is Scalar.BOOLEAN):
        return None
    done = read(f"# T\n\n## Entities\n\n### Thing\n\n- name: text\n- it: {scalar.value}, default {text}\n")
    return not done.errors


CASES = [
    pytest.param(scalar, value, expected, id=f"{scalar.value}-{str(value)[:30]}-{expected}")
    for scalar, row in FORMATS.items()
    for values, expected in ((row.valid, True), (row.invalid, False))
    for value in values
]


@pytest.mark.parametrize(("scalar", "value", "expected"), CASES)
def test_a_default_is_what_the_app_takes(scalar: Scalar, value: Json, expected: bool) -> None:
    numeric = scalar in {Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN} and not isinstance(value, str)
    spelled = scalar in {Scalar.DATE, Scalar.TIME, Scalar.DATETIME} and value in ("now", "today")
    if not (numeric or spelled):  # a quoted number is a text, and a spec says `now`
        assert default_of(scalar, value) in (expected, None)


@pytest.mark.parametrize("line", [
    'phone, default "+34 600 (1)"',
    'email, default "a..b@c.de"',
    r'url, default "https://a\b"',
    f'text, default "{"x" * 256}"',
    f'slug, default "{"x" * 256}"',
    f'email, default "{"x" * 65}@example.com"',
])  # fmt: skip
def test_what_an_app_would_refuse_is_no_default(line: str) -> None:
    assert read(f"# T\n\n## Entities\n\n### Thing\n\n- name: text\n- it: {line}\n").errors


def test_a_default_is_kept_as_the_app_keeps_it() -> None:
    spec = read('# T\n\n## Entities\n\n### Thing\n\n- name: text\n- it: email, default "Ada@Example.com"\n').spec
    assert spec is not None
    item = spec.entities[0].field("it")
    assert item is not None
    assert item.default is not None
    assert (item.default.kind, item.default.value) == (LiteralKind.TEXT, "ada@example.com")


@pytest.mark.parametrize("scalar", list(Scalar))
def test_every_scalar_has_a_row(scalar: Scalar) -> None:
    row = FORMATS[scalar]
    assert row.valid
    assert row.invalid
    re.compile(row.pattern)
    assert row.pattern == "" or (row.pattern.startswith("^") and row.pattern.endswith("$"))
    assert (row.operators == ()) is (row.kind is Kind.DATA)


def test_a_canonical_value_stays() -> None:
    for scalar, row in FORMATS.items():
        for value in (each for each in row.valid if isinstance(each, str) and row.pattern):
            found = canonical(scalar, value)
            assert found is not None
            assert canonical(scalar, found) == found
