"""Literals of a spec as pieces of Python and SQL."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from decimal import Decimal

from iopeer_core.model.spec import FieldType, LiteralKind, Scalar, ScalarType, Value

from iopeer_plugin_fastapi.view.naming import quoted, wrapped

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W|(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?)"
)
CALLED = {Scalar.DATETIME: "utcnow", Scalar.DATE: "today", Scalar.TIME: "now_time"}
"""The functions of backend/database.py that give the present moment, for `default now` and `default today`."""


def python(value: Value, kind: FieldType, choices: dict[str, str]) -> str:
    """A literal as a Python expression of the field's type; `now` and `today` are the function's name.

    Args:
        value: the literal.
        kind: the type of the field that it is for.
        choices: of an enum, value → `TaskStatus.TODO`.
    """
    if value.kind is LiteralKind.CHOICE:
        return choices[value.value]
    scalar = kind.scalar if isinstance(kind, ScalarType) else Scalar.TEXT
    if value.kind in (LiteralKind.NOW, LiteralKind.TODAY):
        return CALLED[scalar]
    if value.kind is LiteralKind.BOOLEAN:
        return "True" if value.value == "yes" else "False"
    if value.kind is LiteralKind.NUMBER:
        return f'Decimal("{value.value}")' if scalar in (Scalar.DECIMAL, Scalar.MONEY) else value.value
    if value.kind is LiteralKind.DATE:
        return _moment(value.value, scalar)
    return _formatted(value.value, scalar)


def _moment(text: str, scalar: Scalar) -> str:
    if scalar is Scalar.DATETIME:
        when = datetime.fromisoformat(text)
        parts = [when.year, when.month, when.day, when.hour, when.minute, when.second, when.microsecond]
        shown = parts[: 7 if when.microsecond else 6 if when.second else 5]
        return f"datetime({', '.join(map(str, shown))}, tzinfo=UTC)"
    if scalar is Scalar.TIME:
        moment = time.fromisoformat(text)
        parts = [moment.hour, moment.minute, moment.second, moment.microsecond]
        return f"time({', '.join(map(str, parts[: 4 if moment.microsecond else 3 if moment.second else 2]))})"
    day = date.fromisoformat(text)
    return f"date({day.year}, {day.month}, {day.day})"


def _formatted(text: str, scalar: Scalar) -> str:
    if scalar is Scalar.UUID:
        return f"UUID({quoted(text)})"
    if scalar is Scalar.DURATION:
        found = _DURATION.fullmatch(text)
        parts = {name: part for name, part in found.groupdict().items() if part} if found else {}
        return f"timedelta({', '.join(f'{name}={Decimal(part):f}' for name, part in parts.items())})"
    if scalar is Scalar.JSON:
        return _json(json.loads(text))
    return wrapped(text)


def _json(value: object) -> str:
    """JSON as Python: the same, but for true, false and null."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(str(key))}: {_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return quoted(value) if isinstance(value, str) else repr(value)


def sql(value: Value, kind: FieldType) -> str:
    """A literal in the text of a CHECK, the same for PostgreSQL and SQLite.

    A datetime is written without an offset, as SQLite keeps it; PostgreSQL's connections are set to UTC.
    """
    if value.kind is LiteralKind.NUMBER:
        return value.value
    if value.kind is LiteralKind.BOOLEAN:
        return "true" if value.value == "yes" else "false"
    text = value.value
    if value.kind is LiteralKind.DATE and isinstance(kind, ScalarType) and kind.scalar is not Scalar.DATE:
        form = time if kind.scalar is Scalar.TIME else datetime
        moment = form.fromisoformat(text).replace(tzinfo=None)
        text = moment.isoformat(timespec="microseconds").replace("T", " ")
    return "'" + text.replace("'", "''") + "'"
