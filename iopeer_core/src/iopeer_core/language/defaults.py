"""Defaults that could never be stored: what a field or a rule refuses is no default."""

from __future__ import annotations

from decimal import Decimal

from iopeer_core.language.field_types import is_textual
from iopeer_core.language.problems import Problems
from iopeer_core.model.spec import CheckRule, Compare, Empty, Entity, FieldRef, LiteralKind, OneOf, Value
from iopeer_core.model.walk import fields_of, truth

_MOVING = frozenset({LiteralKind.NOW, LiteralKind.TODAY, LiteralKind.ME})


def check_defaults(entity: Entity, problems: Problems) -> None:
    """Report a required text whose default is empty, and a rule that the defaults of its fields break."""
    for item in entity.fields:
        if item.required and item.default and is_textual(item.type) and not item.default.value.strip():
            problems.add("E108", item.span, name=item.names.label)
    defaults = {item.name: item.default for item in entity.fields if item.default}
    for rule in entity.rules:
        if isinstance(rule, CheckRule):
            _check_rule(rule, defaults, entity, problems)


def _check_rule(rule: CheckRule, defaults: dict[str, Value], entity: Entity, problems: Problems) -> None:
    """A rule of which every field has a default, and which these do not keep."""
    names = fields_of(rule.expr)
    if not all(name in defaults and defaults[name].kind not in _MOVING for name in names):
        return

    def holds(condition: Compare | Empty | OneOf) -> bool | None:
        left = defaults[condition.left]
        if isinstance(condition, Empty):
            return (not left.value) is not condition.negated
        if isinstance(condition, OneOf):
            return left.value in {value.value for value in condition.values}
        right = defaults[condition.right.name] if isinstance(condition.right, FieldRef) else condition.right
        return None if right.kind in _MOVING else _compare(condition.op, left, right)

    if truth(rule.expr, holds) is False:
        labels = [item.names.label for item in entity.fields if item.name in names]
        problems.add("E109", rule.span, names=", ".join(labels))


def _compare(operator: str, left: Value, right: Value) -> bool:
    numbers = left.kind is right.kind is LiteralKind.NUMBER
    a, b = (Decimal(left.value), Decimal(right.value)) if numbers else (left.value, right.value)
    order = (a > b) - (a < b)  # type: ignore[operator] # of one type, as the reader has seen to
    return {"=": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[
        operator
    ]
