"""Random fields that hold values: types with the modifiers that fit them, defaults within limits, and sample values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.apps.words import PATTERNS, SAMPLES, VALUES, spelled

Draw = Callable[[st.SearchStrategy[Any]], Any]
TEXTS = ("text", "long text", "markdown", "email", "url", "phone", "slug")
NUMBERS = ("integer", "decimal", "money")
ORDERED = (*NUMBERS, "date", "time", "datetime", "duration")
OTHERS = ("boolean", "duration", "color", "country", "uuid", "json")
MOVING = {"date": "today", "datetime": "now", "time": "now"}
KEYS = ("text", "uuid", "slug", "integer", "color", "country", "email", "phone")


@dataclass(slots=True)
class Column:
    """A field with a value of its own, as the rest of a spec refers to it."""

    name: str
    type: str  # a scalar, "choice", "enum", "list", "belongs to"
    samples: tuple[str, ...] = ()  # literals that keep its limits
    target: str = ""  # of a link: the label of an entity
    required: bool = False
    unique: bool = False
    hidden: bool = False
    defaulted: bool = False
    fixed: bool = False  # whether its default is the first sample, at any time
    limited: bool = False
    key: bool = False
    facts: list[str] = field(default_factory=list)

    @property
    def comparable(self) -> bool:
        """Whether an index can hold it."""
        return self.type not in {"list", "json", "subject", "many"}

    @property
    def free(self) -> bool:
        """Whether a rule may be put on it, since nothing else limits it."""
        return not (self.defaulted or self.limited or self.unique or self.hidden or self.key)

    @property
    def kept(self) -> bool:
        """Whether a rule that its default keeps may be put on it: nothing but the default says what it is."""
        return self.defaulted and self.fixed and not (self.limited or self.unique or self.hidden or self.key)


def literal(column: Column, value: str) -> str:
    """A value as modifiers and expressions write it."""
    bare = column.type in {*NUMBERS, "boolean", "date", "time", "datetime"}
    return value if bare else f'"{value}"'


@dataclass(slots=True)
class Fields:
    """Draws columns in one language.

    Args:
        draw: hypothesis's.
        language: en or es.
        enums: the shared enums' labels and values.
    """

    draw: Draw
    language: str
    enums: dict[str, tuple[str, ...]]

    def chance(self, percent: int) -> bool:
        """True so often."""
        return bool(self.draw(st.integers(0, 99)) >= 100 - percent)

    def one(self, options: Any) -> Any:
        """One of them."""
        return self.draw(st.sampled_from(options))

    def say(self, kind: str, name: str) -> str:
        """A word of the format, now and then in the other language."""
        other = {"en": "es", "es": "en"}[self.language]
        return spelled(kind, name, other if self.chance(8) else self.language)

    def choices(self) -> tuple[str, ...]:
        """The values of an enum."""
        picked = self.draw(st.lists(st.sampled_from(VALUES), min_size=2, max_size=5, unique=True))
        return tuple(picked)

    def column(self, name: str) -> tuple[Column, str]:
        """A field: what it is, and its line."""
        group = self.one(("text", "text", "number", "moment", "other", "choice", "list"))
        column, type_ = self._typed(name, group)
        if column.type not in {"list", "json"} and column.samples:
            self._modifiers(column)
        elif self.chance(30):
            column.required = True
            column.facts.append(self.say("modifier", "required"))
        column.facts += self.stored(name)
        facts = self.draw(st.permutations(column.facts))
        return column, ", ".join([type_, *facts])

    def stored(self, name: str) -> list[str]:
        """Now and then the name of a column in the database: a word of SQL, or one of 63 bytes."""
        if not self.chance(12):
            return []
        first = name[0].lower() if name[0].isascii() and name[0].isalnum() else "z"
        longest = "a_column_of_an_old_database_whose_names_are_as_long_as_they_be"
        begin = self.one(("order", "col_", "Select", "x1", longest))
        return [f'{self.say("modifier", "column")} "{begin}{first}"']

    def _typed(self, name: str, group: str) -> tuple[Column, str]:
        if group == "choice":
            return self._choice(name)
        if group == "list":
            return self._list(name)
        if group == "number":
            return self._number(name)
        pools = {"text": (*TEXTS, "text", "text"), "moment": tuple(MOVING), "other": OTHERS}
        type_ = self.one(pools[group])
        column = Column(name, type_, SAMPLES[type_])
        if type_ in TEXTS:
            self._text_limits(column)
        elif type_ in MOVING:
            self._moment_limits(column)
        return column, self.say("type", type_)

    def _choice(self, name: str) -> tuple[Column, str]:
        if self.enums and self.chance(40):
            label = self.one(sorted(self.enums))
            return Column(name, "enum", self.enums[label]), label
        values = self.choices()
        return Column(name, "choice", values), f"{self.say('relation', 'one of')}: {' | '.join(values)}"

    def _list(self, name: str) -> tuple[Column, str]:
        type_ = self.one((*TEXTS, *MOVING, *OTHERS, *NUMBERS))
        item = self.say("type", type_)
        if type_ == "decimal" and self.chance(60):
            item += self.one(("(6,1)", "(9,0)", "(12,4)"))
        if self.enums and self.chance(15):
            item = self.one(sorted(self.enums))
        elif self.chance(20):
            item = f"{self.say('relation', 'one of')}: {' | '.join(self.choices())}"
        return Column(name, "list"), f"{self.say('relation', 'list of')} {item}"

    def _number(self, name: str) -> tuple[Column, str]:
        type_ = self.one(NUMBERS)
        scale = {"integer": 0, "money": 2}.get(type_, self.one((0, 1, 2, 4)))
        least = self.one((0, -100, 1))
        step = Decimal(1).scaleb(-scale)
        samples = tuple(str(least + n + (step if scale else 0)) for n in range(1, 5))
        column = Column(name, type_, samples)
        self._range(column, str(least), str(least + self.one((10, 1000))))
        digits = scale + self.one((5, 8, 12))
        plain = type_ != "decimal" or (scale == 2 and self.chance(40))
        return column, self.say("type", type_) + ("" if plain else f"({digits},{scale})")

    def _range(self, column: Column, least: str, most: str) -> None:
        """`min`, `max`, both, `between`, or nothing."""
        form = self.one(("", "", "min", "max", "both", "between"))
        column.limited = bool(form)
        low = f"{self.say('modifier', 'min')} {least}"
        high = f"{self.say('modifier', 'max')} {most}"
        and_ = spelled("word", "and", self.language)
        between = f"{self.say('modifier', 'between')} {least} {and_} {most}"
        column.facts += {"": [], "min": [low], "max": [high], "both": [low, high], "between": [between]}[form]

    def _text_limits(self, column: Column) -> None:
        """Lengths that the samples have; for `text` perhaps a pattern."""
        if column.type == "text" and self.chance(25):
            pattern, column.samples = self.one(PATTERNS)
            column.limited = True
            column.facts.append(f"{self.say('modifier', 'matches')} /{pattern}/")
        else:
            self._range(column, "1", self.one(("40", "120", "254", "600")))
            if column.limited and column.type not in {"text", "long text", "markdown"}:
                column.samples = tuple(value for value in column.samples if len(value) <= 40)
        if self.chance(25):
            column.facts.append(self.say("modifier", "searchable"))

    def _moment_limits(self, column: Column) -> None:
        ends = {"date": ("1990-01-01", "2100-12-31"), "time": ("00:00", "23:59:59")}
        low, high = ends.get(column.type, ("1990-01-01T00:00:00Z", "2100-12-31T23:59:59Z"))
        if column.type != "time" and self.chance(15):
            column.limited, column.samples = True, ()
            end = self.one(("min", "max"))
            column.facts.append(f"{self.say('modifier', end)} {self.say('literal', MOVING[column.type])}")
        else:
            self._range(column, low, high)

    def _modifiers(self, column: Column) -> None:
        """What a column may be beside its limits; nothing that makes a row impossible."""
        plural = column.type not in {"boolean", "choice", "enum"}
        if plural and self.chance(12):
            column.unique = True
            column.facts.append(self.say("modifier", "unique"))
        if self.chance(10):
            column.facts.append(self.say("modifier", "indexed"))
        if not column.unique and self.chance(25):
            self._default(column)
        if self.chance(40):
            column.required = True
            column.facts.append(self.say("modifier", "required"))
        elif self.chance(10):
            column.facts.append(self.say("modifier", "optional"))
        searchable = any(fact in column.facts for fact in ("searchable", "buscable"))
        if not searchable and self.chance(6):
            column.hidden = True
            column.facts.append(self.say("modifier", "hidden"))
        if (column.defaulted or not column.required) and self.chance(8):
            column.facts.append(self.say("modifier", "read only"))

    def _default(self, column: Column) -> None:
        column.defaulted = column.fixed = True
        value = literal(column, column.samples[0])
        if column.type in {"choice", "enum"} and column.samples[0].isalpha() and self.chance(50):
            value = column.samples[0]
        if column.type == "boolean":
            value = self.say("literal", column.samples[0])
        elif column.type in MOVING and self.chance(40) and not (column.limited and column.type == "time"):
            value, column.fixed = self.say("literal", MOVING[column.type]), False
        column.facts.append(f"{self.say('modifier', 'default')} {value}")
