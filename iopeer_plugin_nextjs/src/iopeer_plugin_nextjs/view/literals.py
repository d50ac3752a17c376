"""Literals of a spec as pieces of TypeScript."""

from __future__ import annotations

import json

from iopeer_core.model.spec import FieldType, ListType, LiteralKind, Scalar, ScalarType, Value

from iopeer_plugin_nextjs.view.naming import text

_NOW = {Scalar.DATE: "today()", Scalar.TIME: "timeNow()"}


def scalar_of(kind: FieldType) -> Scalar | None:
    """The scalar of a scalar type, None for all others."""
    return kind.scalar if isinstance(kind, ScalarType) else None


def initial(value: Value, kind: FieldType) -> str:
    """A default as the value that a form starts with: what the wire carries, but JSON as text.

    Args:
        value: the default.
        kind: the type of the field.
    """
    scalar = scalar_of(kind)
    if value.kind is LiteralKind.ME:
        return "account?.id ?? null"
    if value.kind in (LiteralKind.NOW, LiteralKind.TODAY):
        return _NOW.get(scalar, "now()") if scalar else "now()"
    if value.kind is LiteralKind.BOOLEAN:
        return "true" if value.value == "yes" else "false"
    if value.kind is LiteralKind.NUMBER and scalar is Scalar.INTEGER:
        return value.value
    if scalar is Scalar.JSON:
        return text(json.dumps(json.loads(value.value), ensure_ascii=False, indent=2))
    if scalar is Scalar.DATETIME:
        return text(_utc(value.value))
    if isinstance(kind, ListType):
        return "[]"
    return text(value.value)


def _utc(moment: str) -> str:
    """A moment with its offset: one without is in UTC."""
    return moment if moment.endswith("Z") or "+" in moment else f"{moment}Z"
