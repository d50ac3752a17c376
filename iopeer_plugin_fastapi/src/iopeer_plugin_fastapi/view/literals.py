"""Literals of a spec as pieces of Python and SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from iopeer_core.language.limits import MOVING, within
from iopeer_core.model.formats import FORMATS, FORMED_TEXTS
from iopeer_core.model.spec import Field, FieldType, LiteralKind, Scalar, ScalarType, Value

from iopeer_plugin_fastapi.view.naming import quoted, wrapped

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W|(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?)"
)
CALLED = {Scalar.DATETIME: "utcnow", Scalar.DATE: "today", Scalar.TIME: "now_time"}
"""The functions of backend/database.py that give the present moment, for `default now` and `default today`."""


FILLED = {"utcnow": "datetime.now(UTC)", "today": "datetime.now(UTC).date()", "now_time": "datetime.now(UTC).time()"}
"""The same in a migration, which imports nothing that may change."""
BACKFILL = "backfill"
"""The modifier that says what rows get that were there before a field."""


def fill(item: Field, choices: Sequence[str]) -> str:
    """Python of what rows get that were there before a field, or that have none: its `backfill`, else its default.

    Args:
        item: the field.
        choices: its values, where it has choices.

    Returns:
        An expression without names of the app; "" where nobody said, or what was said is none of its type.
    """
    said = next((extra.value for extra in item.extras if extra.name == BACKFILL), None)
    value = item.default if said is None else stated(said, item.type)
    if value is None or value.kind is LiteralKind.ME or (value.kind is LiteralKind.CHOICE and not choices):
        return ""
    if value.kind is LiteralKind.CHOICE and value.value not in choices:
        return ""
    try:
        written = python(value, item.type, {choice: quoted(choice) for choice in choices})
    except (ValueError, KeyError):
        return ""
    return FILLED.get(written, written)


def fits(item: Field, said: str, choices: Sequence[str]) -> bool:
    """Whether a field takes what its `backfill` says: its type, its choices, its least and most, its pattern.

    Args:
        item: the field.
        said: as it is written.
        choices: its values, where it has choices.
    """
    value = stated(said, item.type)
    if value is None or not fill(item, choices):
        return False
    scalar = item.type.scalar if isinstance(item.type, ScalarType) else None
    formed = scalar not in FORMED_TEXTS or bool(re.search(FORMATS[scalar].pattern, value.value))
    return value.kind in MOVING or (formed and within(item, value.value))


def stated(text: str, kind: FieldType) -> Value | None:
    """What a `backfill` says, as a literal of the field's type; None where it is none."""
    bare = text.strip()
    unquoted_ = bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in '"`' else bare
    if kind.kind in {"choice", "enum"}:
        return Value(kind=LiteralKind.CHOICE, value=unquoted_)
    scalar = kind.scalar if isinstance(kind, ScalarType) else Scalar.INTEGER
    if scalar is Scalar.BOOLEAN:
        said = {"yes": "yes", "sí": "yes", "si": "yes", "true": "yes", "no": "no", "false": "no"}.get(bare.lower())
        return Value(kind=LiteralKind.BOOLEAN, value=said) if said else None
    if scalar in (Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY):
        whole = r"-?\d+" if scalar is Scalar.INTEGER else r"-?\d+(\.\d+)?"
        return Value(kind=LiteralKind.NUMBER, value=bare) if re.fullmatch(whole, bare) else None
    if scalar in (Scalar.DATE, Scalar.TIME, Scalar.DATETIME):
        if bare.lower() in {"now", "today", "ahora", "hoy"}:
            return Value(kind=LiteralKind.NOW if scalar is not Scalar.DATE else LiteralKind.TODAY, value="")
        return Value(kind=LiteralKind.DATE, value=bare)
    return Value(kind=LiteralKind.TEXT, value=unquoted_)


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
