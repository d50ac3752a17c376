"""Whether values that a spec itself gives, defaults and first rows, keep what its fields and rules say."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from iopeer_core.language.field_types import is_textual
from iopeer_core.model.formats import FORMATS, TEXT_LENGTH, seconds
from iopeer_core.model.spec import Compare, Empty, Entity, Expr, Field, FieldRef, FieldType, LiteralKind, OneOf, Scalar
from iopeer_core.model.walk import truth

MOVING = frozenset({LiteralKind.NOW, LiteralKind.TODAY, LiteralKind.ME})
"""Literals whose value is known only while the app runs."""
UNSAID = None
"""What is not known before the app runs; an empty value is an empty text."""
Known = Callable[[str], str | None]
"""From the identifier of a field to its canonical value."""


def order(type_: FieldType, text: str) -> tuple[Decimal, str]:
    """A key that orders the canonical values of one type."""
    if type_.kind == "scalar" and type_.scalar in {Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY}:
        return Decimal(text), ""
    if type_.kind == "scalar" and type_.scalar is Scalar.DURATION:
        return seconds(text), ""
    return Decimal(0), text.removesuffix("Z")  # of a datetime: then one with a fraction of a second comes later


def within(item: Field, text: str) -> bool:
    """Whether a canonical value keeps min, max and matches of its field."""
    if item.type.kind != "scalar":
        return True
    if is_textual(item.type):
        most = int(item.maximum.value) if item.maximum else FORMATS[item.type.scalar].longest
        least = int(item.minimum.value) if item.minimum else 0
        if len(text) < least or (most is not None and len(text) > most):
            return False
        return item.pattern is None or len(text) > TEXT_LENGTH or bool(re.search(item.pattern, text))
    value = order(item.type, text)
    low = item.minimum is None or item.minimum.kind in MOVING or order(item.type, item.minimum.value) <= value
    return low and (
        item.maximum is None or item.maximum.kind in MOVING or value <= order(item.type, item.maximum.value)
    )


def breaks(rule: Expr, entity: Entity, known: Known) -> bool:
    """Whether the values that are known break a rule, whatever the others are."""
    types = {item.name: item.type for item in entity.fields}

    def holds(condition: Compare | Empty | OneOf) -> bool | None:
        left = known(condition.left)
        if isinstance(condition, Empty):
            return None if left is UNSAID else (not left) is not condition.negated
        if not left or condition.left not in types:
            return None
        mine = order(types[condition.left], left)
        if isinstance(condition, OneOf):
            return mine in [order(types[condition.left], value.value) for value in condition.values]
        if isinstance(condition.right, FieldRef):
            right = known(condition.right.name)
        else:
            right = UNSAID if condition.right.kind in MOVING else condition.right.value
        return _compare(condition.op, mine, order(types[condition.left], right)) if right else None

    return truth(rule, holds) is False


def _compare(operator: str, a: tuple[Decimal, str], b: tuple[Decimal, str]) -> bool:
    return {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]
