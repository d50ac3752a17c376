"""The modifiers of a field: what follows its type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from iopeer_core.language.context import Context
from iopeer_core.language.elsewhere import meant, modifier_meant
from iopeer_core.language.field_types import MOMENTS, NUMBERS, UNKNOWN, is_textual, scalar_of
from iopeer_core.language.lexer import label_and_rest, shade, unquoted, unticked
from iopeer_core.language.literals import canonical_number, describe, number, read_value
from iopeer_core.language.suggest import phrase
from iopeer_core.language.text import Text
from iopeer_core.language.vocabulary import Word
from iopeer_core.model.names import Names, identifier
from iopeer_core.model.patterns import fault
from iopeer_core.model.spec import Extra, FieldType, LiteralKind, OnDelete, Scalar, Value

LONGEST_TEXT = 10_485_760
"""Characters that a `max` may ask for: the limit of VARCHAR in PostgreSQL."""
DATABASE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_$]{0,62}")

_DASH_OF_RANGE = re.compile("(?<=[0-9A-Za-z])[‐‑‒–—−](?=[0-9A-Za-z][^\\[]*\\])")
_FLAGS = {
    "required": "required",
    "unique": "unique",
    "indexed": "indexed",
    "primary key": "primary_key",
    "read only": "read_only",
    "hidden": "hidden",
    "searchable": "searchable",
}


@dataclass(slots=True)
class Modifiers:
    """The facts of a field's modifiers, by the names they have in `Field`, and the text each came from."""

    type: FieldType
    context: Context
    facts: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Text] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)

    def read(self, text: Text) -> None:
        """Read one segment."""
        found = self.context.words.match(text.value, "modifier")
        if found is None:
            self._unknown(text)
            return
        name, rest = found.word.name, text.cut(found.end)
        longer = rest and name in _VALUED and meant(text.value.replace(":", " "), self.context.words, "en", "modifier")
        if not found.word.plugin and (rest.value[:1] in {":", "=", "("} or longer):
            self._unknown(text)
            return
        if found.word.plugin:
            self.extras.append(Extra(name=name, value=rest.raw, span=text.span))
        elif name in _FLAGS or name == "optional":
            if rest:
                self._unknown(text)
            elif self._first(name, text):
                self._flag(name, text)
        elif self._fits(found.word, text) and self._first(name, text):
            if not rest:
                self.context.problems.add("E053", text, modifier=text.raw)
            else:
                _VALUED[name](self, rest)

    def _unknown(self, text: Text) -> None:
        words = self.context.words
        language = self.context.language

        def suggestion() -> str | None:
            return modifier_meant(text.raw, words, language) or phrase(text.value, words, "modifier")

        self.context.problems.add("E050", text, suggestion, modifier=text.raw)

    def _first(self, name: str, text: Text) -> bool:
        """Whether nothing before said the same or the contrary."""
        for other in (name, *_RIVALS.get(name, ())):
            if other in self.places:
                code = "E051" if other == name else "E061"
                self.context.problems.add(code, text, modifier=text.raw, other=self.places[other].raw)
                return False
        self.places[name] = text
        return True

    def _fits(self, word: Word, text: Text) -> bool:
        """Whether the type can have the modifier."""
        if self.type is UNKNOWN or _suits(word.name, self.type):
            return True
        self._misfit(text, self._rule(word.name, text) if scalar_of(self.type) is Scalar.DURATION else None)
        return False

    def _misfit(self, text: Text, suggestion: str | None = None) -> None:
        self.context.problems.add("E052", text, suggestion, what=text.raw, type=describe(self.type, self.context))

    def _rule(self, limit: str, text: Text) -> str | None:
        """The rule that says of a duration what a limit says of numbers."""
        words, language = self.context.words, self.context.language
        found = words.match(text.value, "modifier")
        operator = {"min": ">=", "max": "<=", "between": words.word("modifier", "between").form(language)}.get(limit)
        if operator is None or found is None:
            return None
        label = label_and_rest(Text.whole(text.origin))[0].raw
        name = label if re.fullmatch(r"\w+", label) else f"`{label}`"
        rules, check = words.word("block", "Rules").form(language), words.word("rule", "check").form(language)
        in_ = words.word("word", "in").form(language)
        return f"{in_} {rules}: - {check}: {name} {operator} {text.cut(found.end).raw}"

    def _flag(self, name: str, text: Text) -> None:
        if self.type is not UNKNOWN and not _suits(name, self.type):
            self._misfit(text, self._no_key() if name == "primary key" else None)
        elif name != "optional":
            self.facts[_FLAGS[name]] = True

    def _no_key(self) -> str | None:
        """What to say of values that are no key of a table, and of which each is there once."""
        words, language = self.context.words, self.context.language
        once = (words.word("modifier", name).form(language) for name in ("unique", "required"))
        return ", ".join(once) if _is_comparable(self.type) else None

    def default(self, rest: Text) -> None:
        """`default literal`; `me` on a link to the account alone."""
        if self.type is UNKNOWN:
            return
        literal = self.context.words.exact(rest.value, "literal")
        if self.type.kind == "belongs to":
            if literal and literal.word.name == "me" and self.type.targets == (self.context.account,):
                self.facts["default"] = Value(kind=LiteralKind.ME, value="me")
            else:
                self.context.problems.add("E063", rest, value=rest.raw, account=self.context.account)
            return
        value = read_value(rest, self.type, self.context)
        if value:
            self.facts["default"] = value

    def minimum(self, rest: Text) -> None:
        """`min N`."""
        self._limit("minimum", rest)

    def maximum(self, rest: Text) -> None:
        """`max N`."""
        self._limit("maximum", rest)

    def between(self, rest: Text) -> None:
        """`between N and N`."""
        for place in re.finditer(r"\s(?=\S)", shade(rest.value, self.context.words)):
            after = self.context.words.match(rest.value[place.end() :], "word")
            if after and after.word.name == "and":
                self._limit("minimum", rest.cut(0, place.start()))
                self._limit("maximum", rest.cut(place.end() + after.end))
                return
        word = self.context.words.word("modifier", "between").form(self.context.language)
        and_ = self.context.words.word("word", "and").form(self.context.language)
        self.context.problems.add("E053", rest, f"{word} 1 {and_} 10", modifier=word)

    def _limit(self, name: str, text: Text) -> None:
        """A limit: a number, a moment, or a text's length."""
        if self.type is UNKNOWN:
            return
        if not is_textual(self.type):
            value = read_value(text, self.type, self.context) if text else None
            if value:
                self.facts[name] = value
            return
        length = number(text.value)
        if length is None or length != length.to_integral_value() or not 0 <= length <= LONGEST_TEXT:
            comma = re.fullmatch(r"([0-9]+),([0-9]+)", text.value)
            if comma:
                self.context.problems.add("E054", text, f"{comma[1]}.{comma[2]}", value=text.raw)
            else:
                self.context.problems.add("E062", text, value=text.raw, most=LONGEST_TEXT)
            return
        self.facts[name] = Value(kind=LiteralKind.NUMBER, value=canonical_number(length))

    def matches(self, rest: Text) -> None:
        """`matches /re/`, in the subset that Python, JavaScript and PostgreSQL share."""
        value = rest.raw
        if len(value) < 3 or value[0] != "/" or value[-1] != "/":
            self.context.problems.add("E057", rest, f"/{value.strip('/')}/", value=value)
            return
        plain = _DASH_OF_RANGE.sub("-", value)
        if plain != value:
            self.context.problems.add("E069", rest, plain, pattern=value)
            return
        pattern = value[1:-1].replace(r"\/", "/")
        wrong = fault(pattern)
        if wrong:
            self.context.problems.add(wrong.code, rest, pattern=value, part=wrong.part)
        else:
            self.facts["pattern"] = pattern

    def on_delete(self, rest: Text) -> None:
        """`on delete cascade | set null | restrict`."""
        words = self.context.words
        found = words.exact(rest.value, "word")
        if found and found.word.name in set(OnDelete):
            self.facts["on_delete"] = OnDelete(found.word.name)
            return
        choices = [words.word("word", name).form(self.context.language) for name in OnDelete]
        self.context.problems.add("E064", rest, " | ".join(choices), value=rest.raw)

    def inverse(self, rest: Text) -> None:
        """`inverse name`."""
        names = self._name(rest)
        if names:
            self.facts["inverse"] = names

    def was(self, rest: Text) -> None:
        """`was old name`."""
        name = self._name(rest)
        if name:
            self.facts["was"] = name.singular

    def _name(self, text: Text) -> Names | None:
        """A name; without backticks it holds no modifier after its first word: a comma may be missing before that."""
        bare = unticked(text)
        starts = [place.end() for place in re.finditer(r"\s(?=\S)", bare.value)] if bare is text else []
        if any(self.context.words.match(bare.value[start:], "modifier") for start in starts):
            self.context.problems.add("E089", text, name=text.raw)
            return None
        return self.context.name(bare)

    def column(self, rest: Text) -> None:
        """`column "db_name"`."""
        name = read_database_name(rest, self.context)
        if name:
            self.facts["column"] = name


def read_database_name(text: Text, context: Context) -> str | None:
    """A name as the database spells it."""
    name = unquoted(text).raw
    if DATABASE_NAME.fullmatch(name):
        return name
    context.problems.add("E065", text, f'"{identifier(name)}"' if identifier(name) else None, name=text.raw)
    return None


_Reader = Callable[[Modifiers, Text], None]
_VALUED: dict[str, _Reader] = {
    "default": Modifiers.default,
    "min": Modifiers.minimum,
    "max": Modifiers.maximum,
    "between": Modifiers.between,
    "matches": Modifiers.matches,
    "on delete": Modifiers.on_delete,
    "inverse": Modifiers.inverse,
    "was": Modifiers.was,
    "column": Modifiers.column,
}
_RIVALS = {
    "required": ("optional",),
    "optional": ("required", "primary key"),
    "primary key": ("optional",),
    "min": ("between",),
    "max": ("between",),
    "between": ("min", "max"),
}
_INVERSES = frozenset({"has many", "has one"})
_LONG = {Scalar.LONG_TEXT, Scalar.MARKDOWN, Scalar.URL}
_NO_KEYS = NUMBERS | MOMENTS | _LONG | {Scalar.JSON, Scalar.BOOLEAN, Scalar.DURATION}
_KEYS = frozenset(Scalar) - _NO_KEYS | {Scalar.INTEGER}
"""What stands in an address and is written in one way alone: short texts, UUIDs and whole numbers."""


def _limited(type_: FieldType) -> bool:
    return is_textual(type_) or scalar_of(type_) in NUMBERS | MOMENTS


def _is_column(type_: FieldType) -> bool:
    return type_.kind not in _INVERSES and type_.kind != "many to many"


def _is_comparable(type_: FieldType) -> bool:
    """Whether equal values can be told by an index."""
    return type_.kind in {"enum", "choice"} or (type_.kind == "scalar" and type_.scalar is not Scalar.JSON)


def _suits(name: str, type_: FieldType) -> bool:
    """Whether a modifier fits a type."""
    return name not in _FITS or _FITS[name](type_)


_FITS: dict[str, Callable[[FieldType], bool]] = {
    "required": lambda type_: type_.kind not in _INVERSES,
    "optional": lambda type_: type_.kind not in _INVERSES,
    "read only": lambda type_: type_.kind not in _INVERSES,
    "unique": lambda type_: _is_comparable(type_) or (type_.kind == "belongs to" and len(type_.targets) == 1),
    "indexed": lambda type_: _is_comparable(type_) or type_.kind == "belongs to",
    "primary key": lambda type_: scalar_of(type_) in _KEYS,
    "searchable": is_textual,
    "matches": is_textual,
    "min": _limited,
    "max": _limited,
    "between": _limited,
    "default": lambda type_: type_.kind in {"scalar", "enum", "choice", "belongs to"},
    "on delete": lambda type_: type_.kind == "belongs to",
    "inverse": lambda type_: type_.kind in {"belongs to", "many to many"},
    "column": lambda type_: _is_column(type_) and (type_.kind != "belongs to" or len(type_.targets) == 1),
    "was": lambda type_: type_.kind not in _INVERSES,
}
