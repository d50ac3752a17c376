"""Literals, read as the type of their field wants them, into one canonical text."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from iopeer_core.language.context import Context
from iopeer_core.language.elsewhere import meant
from iopeer_core.language.field_types import LONGEST_CHOICE, NUMBERS, TEXT_KINDS
from iopeer_core.language.lexer import unquoted
from iopeer_core.language.spoken import EXAMPLES, duration, instants_meant, values_meant
from iopeer_core.language.text import QUOTES, Text, fold
from iopeer_core.model.formats import FREE_TEXTS, canonical, digits_of, fits
from iopeer_core.model.spec import FieldType, LiteralKind, Scalar, ScalarType, Value

_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]{1,40}),([0-9]{1,40})")
_NOW = {Scalar.DATE: "today", Scalar.DATETIME: "now", Scalar.TIME: "now"}
_BARE = frozenset({*_NOW, Scalar.DURATION})
"""Types whose literals are written without quotes."""


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
        _misfit(text, type_, context, quotes)
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


def _misfit(text: Text, type_: ScalarType, context: Context, quotes: bool) -> None:
    """Report a literal that does not fit its type; with what it may mean, and never with another value."""
    bare = text.raw.strip("".join(QUOTES))
    instants = instants_meant(bare) if type_.scalar is Scalar.DATETIME else []
    if instants:
        context.problems.add("E119", text, " | ".join(instants), value=text.raw)
        return
    example = EXAMPLES[type_.scalar]
    context.problems.add(
        "E055",
        text,
        _hint(text, bare, type_, context, quotes),
        value=text.raw,
        type=describe(type_, context),
        example=_yes_or_no(context) if not example else example if quotes else example.strip('"'),
    )


def _hint(text: Text, bare: str, type_: ScalarType, context: Context, quotes: bool) -> str | None:
    """The literal that was nearly written; several with bars between them where it can be read in several ways."""
    scalar, words = type_.scalar, context.words
    said = words.exact(text.value, "literal") or words.exact(
        meant(text.value, words, context.language, "literal") or "", "literal"
    )
    if said and scalar is Scalar.BOOLEAN:
        return said.word.form(context.language) if said.word.name in {"yes", "no"} else None
    if said and scalar in _NOW:
        moving = said.word.name in {"now", "today"}
        return words.word("literal", _NOW[scalar]).form(context.language) if moving else None
    if scalar in NUMBERS or scalar in {Scalar.BOOLEAN, Scalar.JSON} or len(bare) > LONGEST_CHOICE or '"' in bare:
        return None
    options = [bare] if scalar in FREE_TEXTS and bare else values_meant(scalar, bare)
    mark = '"' if quotes and scalar not in _BARE else ""
    return " | ".join(f"{mark}{option}{mark}" for option in options) or None


def _yes_or_no(context: Context) -> str:
    return " | ".join(context.words.word("literal", name).form(context.language) for name in ("yes", "no"))


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


def _number(text: Text, type_: ScalarType, _context: Context, _quotes: bool) -> Value | None:
    value = number(text.value)
    if value is None or not fits(value, type_.scalar, *digits_of(type_.precision, type_.scale, type_.scalar)):
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
    value = canonical(type_.scalar, unquoted(text).value)
    return Value(kind=LiteralKind.DATE, value=value) if value else None


def _duration(text: Text, _type: ScalarType, _context: Context, _quotes: bool) -> Value | None:
    """As ISO writes it, or in words."""
    bare = unquoted(text).value
    value = canonical(Scalar.DURATION, bare) or duration(bare)
    return Value(kind=LiteralKind.TEXT, value=value) if value else None


def _formatted(text: Text, type_: ScalarType, _context: Context, quotes: bool) -> Value | None:
    """A text, of a checked form where its type has one: such a one cannot be mistaken without its quotes."""
    bare = unquoted(text) if quotes else text
    value = bare.raw.strip()
    if type_.scalar not in FREE_TEXTS:  # those have limits of their own, which a field may set otherwise
        is_said = not quotes or bare is not text or type_.scalar is not Scalar.JSON
        found = canonical(type_.scalar, value) if is_said else None
        return Value(kind=LiteralKind.TEXT, value=found) if found else None
    return Value(kind=LiteralKind.TEXT, value=value) if bare is not text or not quotes else None


_READERS: dict[Scalar, Callable[[Text, ScalarType, Context, bool], Value | None]] = {
    **dict.fromkeys(NUMBERS, _number),
    **dict.fromkeys(_NOW, _moment),
    Scalar.BOOLEAN: _boolean,
    Scalar.DURATION: _duration,
}
