"""Literals, read as the type of their field wants them, into one canonical text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

from iopeer_core.language.context import Context
from iopeer_core.language.elsewhere import meant
from iopeer_core.language.field_types import LONGEST_CHOICE, NUMBERS, TEXT_KINDS
from iopeer_core.language.lexer import unquoted
from iopeer_core.language.text import QUOTES, Text, fold
from iopeer_core.model.spec import FieldType, LiteralKind, Scalar, ScalarType, Value

LARGEST_INTEGER = 2**53 - 1
"""The largest integer that JavaScript holds exactly (contract.md, Types)."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]{1,40}),([0-9]{1,40})")
_NOW = {Scalar.DATE: "today", Scalar.DATETIME: "now", Scalar.TIME: "now"}


def read_value(text: Text, type_: FieldType, context: Context, *, quotes: bool = True) -> Value | None:
    """The literal `text` for a field of `type_`; a problem and none where it does not fit.

    Args:
        text: the literal as written.
        type_: a scalar, enum or choice type (others hold no literals).
        context: the reading.
        quotes: whether a text must be in quotes, as everywhere but in the cells of seeds.
    """
    comma = _DECIMAL_COMMA.fullmatch(text.value)
    if comma and not (not quotes and type_.kind == "scalar" and type_.scalar in TEXT_KINDS):
        context.problems.add("E054", text, f"{comma[1]}.{comma[2]}", value=text.raw)
        return None
    values = choices_of(type_, context)
    if values is not None:
        return _choice(text, values, context)
    if type_.kind != "scalar":
        context.problems.add("E052", text, what=text.raw, type=describe(type_, context))
        return None
    value = _READERS.get(type_.scalar, _formatted)(text, type_, context, quotes)
    if value is None:
        context.problems.add("E055", text, _hint(text, type_, context), value=text.raw, type=describe(type_, context))
    return value


def choices_of(type_: FieldType, context: Context) -> tuple[str, ...] | None:
    """The values of an enum or choice type, none for others."""
    if type_.kind == "choice":
        return type_.values
    if type_.kind == "enum":
        enum = context.enums.find(type_.enum)
        return enum.values if enum else ()
    return None


def describe(type_: FieldType, context: Context) -> str:
    """The type as a message names it, in the spec's language."""
    if type_.kind == "enum":
        enum = context.enums.find(type_.enum)
        return enum.names.label if enum else type_.enum
    if type_.kind == "scalar":
        return type_.plugin_type or context.words.word("type", type_.scalar.value).form(context.language)
    name = {"choice": "one of", "list": "list of"}.get(type_.kind, type_.kind)
    return context.words.word("relation", name).form(context.language)


def _hint(text: Text, type_: ScalarType, context: Context) -> str | None:
    """The literal that was nearly written."""
    if type_.scalar is Scalar.BOOLEAN:
        return meant(text.value, context.words, context.language, "literal")
    if type_.scalar in _NOW:
        return context.words.word("literal", _NOW[type_.scalar]).form(context.language)
    bare = text.raw.strip("".join(QUOTES))
    if type_.scalar in _READERS or len(text.value) > LONGEST_CHOICE or '"' in bare:
        return None
    form = _FORMS.get(type_.scalar)
    for value in (bare, bare.upper(), bare.lower()):
        try:
            if type_.scalar is not Scalar.JSON and value and (form is None or form(value)):
                return f'"{value}"'
        except ValueError:
            continue
    return None


def _choice(text: Text, values: tuple[str, ...], context: Context) -> Value | None:
    wanted = fold(unquoted(text).value)
    for value in values:
        if fold(value) == wanted:
            return Value(kind=LiteralKind.CHOICE, value=value)
    context.problems.add("E056", text, lambda: nearest_choice(text, values), value=text.raw, choices=" | ".join(values))
    return None


def nearest_choice(text: Text, values: tuple[str, ...]) -> str | None:
    """The choice most like `text`."""
    from iopeer_core.language.suggest import nearest

    return nearest(unquoted(text).value, values)


def number(text: str) -> Decimal | None:
    """A number in digits, with a point or without."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def canonical_number(value: Decimal) -> str:
    """`007.50` → `7.5`."""
    shown = format(value, "f")
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown in {"-0", ""} else shown


def fits(value: Decimal, type_: ScalarType) -> bool:
    """Whether a number can be stored in a column of the type."""
    whole, _, fraction = canonical_number(value).lstrip("-").partition(".")
    if type_.scalar is Scalar.INTEGER:
        return not fraction and int(whole) <= LARGEST_INTEGER
    scale, precision = type_.scale or 0, type_.precision or 0
    return len(fraction) <= scale and len(whole.lstrip("0")) <= precision - scale


def _number(text: Text, type_: ScalarType, _context: Context, _quotes: bool) -> Value | None:
    value = number(text.value)
    if value is None or not fits(value, type_):
        return None
    return Value(kind=LiteralKind.NUMBER, value=canonical_number(value))


def _boolean(text: Text, _type: ScalarType, context: Context, _quotes: bool) -> Value | None:
    found = context.words.exact(text.value, "literal")
    if found is None or found.word.name not in {"yes", "no"}:
        return None
    return Value(kind=LiteralKind.BOOLEAN, value=found.word.name)


def _moment(text: Text, type_: ScalarType, context: Context, _quotes: bool) -> Value | None:
    found = context.words.exact(text.value, "literal")
    if found:
        fitting = found.word.name == _NOW[type_.scalar]
        return Value(kind=LiteralKind(found.word.name), value=found.word.name) if fitting else None
    value = _iso(unquoted(text).value, type_.scalar)
    return Value(kind=LiteralKind.DATE, value=value) if value else None


def _iso(text: str, scalar: Scalar) -> str | None:
    """The canonical form of an ISO 8601 date, time, or datetime (in UTC)."""
    try:
        if scalar is Scalar.DATE:
            return date.fromisoformat(text).isoformat() if "-" in text else None
        if scalar is Scalar.TIME:
            moment = time.fromisoformat(text) if ":" in text else None
            return moment.isoformat() if moment and moment.tzinfo is None else None
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        utc = when.astimezone(UTC) if when.tzinfo else None
    except OverflowError:
        return None
    return utc.replace(tzinfo=None).isoformat() + "Z" if utc else None


def _formatted(text: Text, type_: ScalarType, _context: Context, quotes: bool) -> Value | None:
    """A text, of a checked form where its type has one."""
    bare = unquoted(text) if quotes else text
    if quotes and bare is text:
        return None
    value = bare.raw.strip()
    form = _FORMS.get(type_.scalar)
    if form is not None:
        try:
            value = form(value) or ""
        except (ValueError, RecursionError):
            return None
        if not value:
            return None
    return Value(kind=LiteralKind.TEXT, value=value)


def _pattern(pattern: str) -> Callable[[str], str | None]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: value if compiled.fullmatch(value) else None


def _json(value: str) -> str:
    return json.dumps(json.loads(value), ensure_ascii=False, sort_keys=True)


_READERS: dict[Scalar, Callable[[Text, ScalarType, Context, bool], Value | None]] = {
    **dict.fromkeys(NUMBERS, _number),
    **dict.fromkeys(_NOW, _moment),
    Scalar.BOOLEAN: _boolean,
}
_FORMS: dict[Scalar, Callable[[str], str | None]] = {
    Scalar.EMAIL: _pattern(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"),
    Scalar.URL: _pattern(r"https?://[^\s]+"),
    Scalar.SLUG: _pattern(r"[a-z0-9]+(-[a-z0-9]+)*"),
    Scalar.COLOR: _pattern(r"#[0-9A-Fa-f]{6}"),
    Scalar.COUNTRY: _pattern(r"[A-Z]{2}"),
    Scalar.PHONE: _pattern(r"\+?[0-9][0-9 ().-]{3,30}"),
    Scalar.DURATION: _pattern(
        r"P(?=[0-9T])([0-9]{1,6}W|([0-9]{1,6}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}S)?)?)"
    ),
    Scalar.UUID: lambda value: str(UUID(value)) if len(value) == 36 else None,
    Scalar.JSON: _json,
}
