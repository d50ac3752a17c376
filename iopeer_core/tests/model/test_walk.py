"""Walks over expressions: which fields they name, and whether they hold where something is null."""

from __future__ import annotations

import pytest
from iopeer_core.model.spec import And, Compare, Empty, Expr, FieldRef, LiteralKind, Not, OneOf, Or, Value
from iopeer_core.model.walk import fields_of, literals_of, truth

YES, NO, OPEN = (Empty(left=name, negated=False) for name in ("yes", "no", "open"))
FOUND = {"yes": True, "no": False, "open": None}


def holds(condition: Compare | Empty | OneOf) -> bool | None:
    return FOUND[condition.left]


@pytest.mark.parametrize(
    ("expr", "found"),
    [
        (And(terms=(YES, YES)), True),
        (And(terms=(YES, OPEN)), None),
        (And(terms=(OPEN, NO)), False),
        (Or(terms=(NO, NO)), False),
        (Or(terms=(NO, OPEN)), None),
        (Or(terms=(OPEN, YES)), True),
        (Not(term=NO), True),
        (Not(term=OPEN), None),
        (Not(term=And(terms=(OPEN, NO))), True),
    ],
)
def test_what_is_unknown_decides_nothing(expr: Expr, found: bool | None) -> None:
    assert truth(expr, holds) is found


def test_fields_are_named_in_their_order_each_once() -> None:
    both = Compare(left="due", op=">", right=FieldRef(name="start"))
    assert fields_of(Not(term=Or(terms=(both, OPEN, both)))) == ["due", "start", "open"]


def test_literals_that_a_field_is_compared_with() -> None:
    one, two, other = (Value(kind=LiteralKind.TEXT, value=text) for text in ("one", "two", "other"))
    beside = Compare(left="a", op="=", right=FieldRef(name="b"))
    among = Not(term=OneOf(left="a", values=(one, two)))
    elsewhere = Or(terms=(Compare(left="b", op="=", right=other), Empty(left="a", negated=True)))
    whole = And(terms=(Compare(left="a", op="!=", right=other), beside, among, elsewhere))
    assert list(literals_of(whole, "a")) == ["other", "one", "two"]
