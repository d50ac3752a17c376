"""The type of a field: the first segment after its label."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from iopeer_core.language.context import Context
from iopeer_core.language.elsewhere import type_meant
from iopeer_core.language.lexer import label_and_rest, split, unclosed, unquoted, unticked
from iopeer_core.language.suggest import keyword
from iopeer_core.language.text import Text, fold
from iopeer_core.language.vocabulary import Word
from iopeer_core.model.formats import Kind, of_kind
from iopeer_core.model.names import identifier
from iopeer_core.model.spec import (
    BelongsTo,
    ChoiceType,
    EnumType,
    FieldType,
    HasMany,
    HasOne,
    ListType,
    ManyToMany,
    Scalar,
    ScalarType,
)

TEXT_KINDS = of_kind(Kind.TEXTUAL)
NUMBERS = of_kind(Kind.EXACT)
MOMENTS = of_kind(Kind.MOMENT)
UNKNOWN = ScalarType(scalar=Scalar.JSON, plugin_type="?")
"""The type of a field whose type was a problem: what else is said of it is read, and not judged."""
MOST_DIGITS = 38
"""Digits of a decimal that every database holds exactly."""
LONGEST_CHOICE = 100

_CHOICES = re.compile(
    r"(enum\w*|select|choices?|dropdown|options|radio|opciones|elección|selección)\s*:\s*", re.IGNORECASE
)
_PRECISION = re.compile(r"\(\s*([0-9]{1,4})\s*(?:,\s*([0-9]{1,4})\s*)?\)")


def scalar_of(type_: FieldType) -> Scalar | None:
    """The scalar of a scalar type, none for all others."""
    return type_.scalar if type_.kind == "scalar" else None


def is_textual(type_: FieldType) -> bool:
    """Whether the type is a text whose length and pattern can be limited."""
    return scalar_of(type_) in TEXT_KINDS


def read_type(parts: Sequence[Text], context: Context) -> tuple[FieldType | None, int]:
    """The type in the first of `parts`, and how many parts it took. None has been reported."""
    text = parts[0]
    found = context.words.match(text.value, "type", "relation")
    enum = context.enums.find(text.value)
    if enum and not (found and found.end == len(text.value)):
        return EnumType(enum=enum.name), 1
    if found is None:
        head = _CHOICES.match(text.value)
        if head:
            return _choices(parts, text.cut(head.end()), context)
        _unknown(text, context)
        return None, 1
    rest = text.cut(found.end)
    name = found.word.name
    if found.word.kind == "type":
        return _scalar(text, rest, found.word, context), 1
    if name == "one of":
        return _choices(parts, rest, context)
    if name == "list of":
        return _list(parts, rest, context)
    if not rest:
        context.problems.add("E047", text, text=text.raw)
        return None, 1
    return _RELATIONS[name](rest, context), 1


def _unknown(text: Text, context: Context) -> None:
    """Report a type that is none; an entity's name is half of `belongs to`."""
    entity = context.entities.find(text.value)
    if entity and not set(text.value) & set("[]<>()"):
        belongs = context.words.word("relation", "belongs to").form(context.language)
        context.problems.add("E042", text, f"{belongs} {entity.names.label}", entity=text.raw)
        return

    def suggestion() -> str | None:
        return (
            type_meant(text, context)
            or keyword(text.value, context.words, "type", "relation")
            or context.enums.like(text.value)
        )

    context.problems.add("E040", text, suggestion, type=text.raw)


def _scalar(text: Text, rest: Text, word: Word, context: Context) -> ScalarType | None:
    """A scalar, with its digits where it is a decimal."""
    scalar = word.scalar or Scalar(word.name)
    plugin_type = word.name if word.plugin else None
    if scalar is Scalar.MONEY and not rest:
        return ScalarType(scalar=scalar, precision=14, scale=2, plugin_type=plugin_type)
    if scalar is not Scalar.DECIMAL or word.plugin:
        if rest:
            _unknown(text, context)
            return None
        return ScalarType(scalar=scalar, precision=word.precision, scale=word.scale, plugin_type=plugin_type)
    if not rest:
        return ScalarType(scalar=scalar, precision=12, scale=2)
    digits = _PRECISION.fullmatch(rest.value)
    precision, scale = (int(digits[1]), int(digits[2] or 0)) if digits else (0, 0)
    if not 1 <= precision <= MOST_DIGITS or scale > precision:
        context.problems.add("E045", text, "decimal(12,2)", most=MOST_DIGITS)
        return None
    return ScalarType(scalar=scalar, precision=precision, scale=scale)


def _list(parts: Sequence[Text], rest: Text, context: Context) -> tuple[FieldType | None, int]:
    """`list of T`, T a scalar, an enum or choices."""
    if not rest:
        context.problems.add("E047", parts[0], text=parts[0].raw)
        return None, 1
    item, taken = read_type([rest, *parts[1:]], context)
    if item is None:
        return None, taken
    if item.kind not in {"scalar", "enum", "choice"}:
        context.problems.add("E048", rest, type=rest.raw)
        return None, taken
    return ListType(item=item), taken


def _choices(parts: Sequence[Text], rest: Text, context: Context) -> tuple[FieldType | None, int]:
    """`one of: a | b`; with fewer than two it takes in the segments that follow and are no modifiers."""
    if rest.value.startswith(":"):
        rest = rest.cut(1)
    choices = split(rest, "|", context.words) if rest else []
    if len(choices) >= 2:
        return _choice_type(choices, context), 1
    taken = 1
    while taken < len(parts) and not context.words.match(parts[taken].value, "modifier"):
        taken += 1
    wanted = [*choices, *parts[1:taken]]
    form = context.words.word("relation", "one of").form(context.language)
    suggestion = f"{form}: " + " | ".join(choice.raw for choice in wanted) if len(wanted) > 1 else None
    last = parts[taken - 1]
    place = parts[0].origin.span(parts[0].start, last.start + len(last.value))
    context.problems.add("E043", place, suggestion, name=label_and_rest(Text.whole(parts[0].origin))[0].raw)
    return None, taken


def _choice_type(choices: Sequence[Text], context: Context) -> ChoiceType | None:
    values = read_choices(choices, context)
    return ChoiceType(values=values) if values else None


def read_choices(choices: Sequence[Text], context: Context) -> tuple[str, ...] | None:
    """The values between bars, each once, as written but for quotes around them."""
    values: dict[str, str] = {}
    for choice in choices:
        value = unquoted(choice).raw.strip()
        stray = unclosed(choice.value, context.words)
        if not value or stray:
            context.problems.add("E044", choice, text=choice.raw)
        elif len(value) > LONGEST_CHOICE:
            context.problems.add("E049", choice, most=LONGEST_CHOICE)
        elif fold(value) in values:
            context.problems.add("E039", choice, value=value)
        values.setdefault(fold(value), " ".join(value.split()))
    return tuple(value for value in values.values() if value)


def read_entity(text: Text, context: Context) -> str | None:
    """The identifier of the entity that `text` names; an unknown one is a problem."""
    text = unticked(text)
    entity = context.entities.find(text.value)
    if entity:
        return entity.name
    if context.account and identifier(text.value) == context.account:
        return context.account
    context.problems.add("E041", text, lambda: context.entities.like(text.value), entity=text.raw)
    return None


def _belongs_to(rest: Text, context: Context) -> BelongsTo | None:
    found = [read_entity(part, context) for part in split(rest, "|", context.words)]
    targets = tuple(dict.fromkeys(target for target in found if target))
    if len(targets) < len(found):
        if all(found):
            context.problems.add("E038", rest, text=rest.raw)
        return None
    return BelongsTo(targets=targets)


def _has_many(rest: Text, context: Context) -> HasMany | None:
    target = read_entity(rest, context)
    return HasMany(target=target) if target else None


def _has_one(rest: Text, context: Context) -> HasOne | None:
    target = read_entity(rest, context)
    return HasOne(target=target) if target else None


def _many_to_many(rest: Text, context: Context) -> ManyToMany | None:
    """`many to many Name [through Name]`."""
    through: str | None = None
    place = re.search(r"\s\S", rest.value)
    while place:
        after = context.words.match(rest.value[place.end() - 1 :], "word")
        if after and after.word.name == "through":
            through = read_entity(rest.cut(place.end() - 1 + after.end), context)
            rest = rest.cut(0, place.start())
            if through is None:
                return None
            break
        place = re.compile(r"\s\S").search(rest.value, place.end() - 1)
    target = read_entity(rest, context)
    return ManyToMany(target=target, through=through) if target else None


_RELATIONS: dict[str, Callable[[Text, Context], FieldType | None]] = {
    "belongs to": _belongs_to,
    "has many": _has_many,
    "has one": _has_one,
    "many to many": _many_to_many,
}
