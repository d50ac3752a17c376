"""Values for one field: in bodies, refused ones, the last that are taken; as Python code and as comparable values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cached_property

from iopeer_core.model.examples import (
    COMING,
    COUNTRIES,
    DATED,
    NUMBERS,
    PAST,
    SHORT,
    SPREAD,
    YES_OR_NO,
    Examples,
    matching,
)
from iopeer_core.model.formats import FREE_TEXTS, TEXT_LENGTH, Kind, of_kind
from iopeer_core.model.spec import ChoiceType, EnumType, Field, FieldType, ListType, LiteralKind, Scalar, ScalarType

from iopeer_plugin_fastapi.view.naming import quoted
from iopeer_plugin_fastapi.view.types import LONGEST_VARCHAR

START, FAR = PAST[0], COMING[0]
Bound = tuple[str, bool]
"""A limit that a rule sets, as text, and whether it may be reached."""
MATCHING = 40
"""How many texts are made for a pattern."""
MANY = 100_000
"""So many where they are unique."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The value of a field in bodies: an expression of `number`; what it needs of factories.py; texts for a pattern."""

    code: str
    helper: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Values(Examples):
    """Makes values for one field.

    Args:
        item: the field; no link.
        choices: its choices, where it has any.
        usual: the few that bodies hold, as comparable values; none where they are made of a number.
        later: its rank: of two dates, numbers or durations that a rule compares, the one with the higher rank is later.
        coming: whether a rule wants it after the present moment.
        least: the least that a rule wants of a number or a date.
        most: the most.
    """

    usual: tuple[object, ...] = ()
    later: int = 0
    coming: bool = False
    least: Bound | None = None
    most: Bound | None = None

    @property
    def single(self) -> bool:
        """Whether no two rows have the same."""
        return self.item.unique or self.item.primary_key

    @property
    def shortest(self) -> int:
        """The least characters of a text."""
        given = int(self.item.minimum.value) if self.item.minimum else 0
        return max(given, 1 if self.item.required else 0)

    @property
    def longest(self) -> int:
        """The most characters of a text."""
        if self.item.maximum:
            return int(self.item.maximum.value)
        return TEXT_LENGTH if self.scalar in {Scalar.TEXT, Scalar.SLUG} else LONGEST_VARCHAR

    @property
    def most_told(self) -> int | None:
        """The most characters of a text where there is a limit, of its own or of all short texts."""
        return self.longest if self.scalar is Scalar.TEXT or self.item.maximum else None

    @property
    def few(self) -> tuple[str, ...]:
        """All values that there are to choose from; none where there are many."""
        if self.scalar is Scalar.BOOLEAN:
            return YES_OR_NO
        return COUNTRIES if self.scalar is Scalar.COUNTRY and not self.single else self.choices

    @cached_property
    def sample(self) -> Sample:
        """The value of the field in bodies."""
        if self.usual and self.item.type.kind != "list" and self.usual != YES_OR_NO:
            return self._picked()
        return self._of(self.item.type)

    def _picked(self) -> Sample:
        """One of the usual values in turn."""
        codes = [self.code(value) for value in self.usual]
        if len(codes) == 1:
            return Sample(code=codes[0])
        if self.scalar in {Scalar.INTEGER, Scalar.BOOLEAN}:
            return Sample(code=f"[{', '.join(codes)}][number % {len(codes)}]")
        return Sample(code=f"pick(number, {', '.join(codes)})", helper="pick")

    def _of(self, kind: FieldType) -> Sample:
        if isinstance(kind, ListType):
            inner = Values(item=_bare(self.item, kind.item), choices=self.choices, usual=self.usual)._of(kind.item)
            return Sample(code=f"[{inner.code}]", helper=inner.helper, texts=inner.texts)
        if isinstance(kind, EnumType | ChoiceType):
            return Sample(code=f"pick(number, {', '.join(map(quoted, self.choices))})", helper="pick")
        if not isinstance(kind, ScalarType):
            raise TypeError(f"{self.item.name} is a link")
        name = self.item.name.replace("_", "-")
        match kind.scalar:
            case Scalar.INTEGER | Scalar.DECIMAL | Scalar.MONEY:
                return self._number()
            case Scalar.COUNTRY if self.single:
                return Sample(code="letters(number)", helper="letters")
            case Scalar.DATE:
                return Sample(code=f"{self._moment('day')}", helper="day")
            case Scalar.DATETIME:
                return Sample(code=f"{self._moment('moment')}", helper="moment")
            case Scalar.DURATION:
                days = f"{self.later}D" if self.later else ""
                return Sample(code=f'f"P{days}T{{number % 23 + 1}}H{{number % 59 + 1}}M"')
            case Scalar.TEXT | Scalar.LONG_TEXT | Scalar.MARKDOWN | Scalar.SLUG:
                return self._text(kind.scalar)
            case _:
                return Sample(code=_PLAIN[kind.scalar].replace("NAME", name), helper=_HELPERS.get(kind.scalar, ""))

    def _moment(self, function: str) -> str:
        least = self.item.minimum
        coming = self.coming or (least is not None and least.kind in {LiteralKind.NOW, LiteralKind.TODAY})
        first = FAR if coming else START
        if least is not None and least.kind is LiteralKind.DATE:
            first = max(first, date.fromisoformat(least.value[:10]) + timedelta(days=1))
        most = self.item.maximum
        if most is not None and most.kind in {LiteralKind.NOW, LiteralKind.TODAY}:
            first = START - timedelta(days=300 * (self.later + 1))
        if most is not None and most.kind is LiteralKind.DATE:
            limit = date.fromisoformat(most.value[:10]) - timedelta(days=300 * (self.later + 1) + 1)
            first = limit if limit < first else first
        if self.least:
            first = max(first, date.fromisoformat(self.least[0][:10]) + timedelta(days=1))
        if self.most:
            first = min(first, date.fromisoformat(self.most[0][:10]) - timedelta(days=300 * (self.later + 1) + 1))
        given = "" if first == START else f", {first!r}".replace("datetime.", "")
        return f"{function}(number, {self.later}{given})"

    def _number(self) -> Sample:
        least, most = self._bounds()
        steps = MANY if self.single else SPREAD
        if self.scalar is Scalar.INTEGER:
            return Sample(code=_counted(int(least), int(most), steps, self.later))
        places = self.digits[1]
        low, high = math.ceil(least), math.floor(most)
        if places == 0 or high - low < 2:
            step = Decimal(1).scaleb(-places)
            count = min(int((most - least) / step) + 1, steps)
            return Sample(code=f"amount(number % {count}, {quoted(str(least))}, {places})", helper="amount")
        fraction = "25"[:places].ljust(places, "0")
        low += low < 0  # what stands after the point takes a negative number further down
        return Sample(code=f'f"{{{_counted(low, high - 1, steps, self.later)}}}.{fraction}"')

    def _bounds(self) -> tuple[Decimal, Decimal]:
        """The limits, narrowed by what rules want."""
        least, most = self.limits()
        step = Decimal(1).scaleb(-self.digits[1])
        if self.least:
            low = Decimal(self.least[0]) + (0 if self.least[1] else step)
            least, most = max(least, low), max(most, low)
        if self.most:
            high = Decimal(self.most[0]) - (0 if self.most[1] else step)
            least = min(least, high) if self.item.minimum or self.least else min(least, high - SPREAD)
            most = min(most, high)
        return least, most

    def _text(self, scalar: Scalar) -> Sample:
        name = self.item.name.replace("_", "-" if scalar is Scalar.SLUG else " ")[:SHORT].strip("- ")
        if self.item.pattern:
            texts = matching(self.item, MATCHING, longest=min(self.longest, 60))
            return Sample(code="", helper="cycle", texts=texts)
        between = "-" if scalar is Scalar.SLUG else " "
        if len(name) + 7 <= self.longest and len(name) + 2 >= self.shortest:
            return Sample(code=f'f"{name}{between}{{number}}"')
        return Sample(code=f"fitted(number, {max(self.shortest, 1)}, {self.longest})", helper="fitted")

    # -- values that a field refuses, and the last that it takes

    def refused(self) -> Iterator[str]:
        """Values that are refused, as Python expressions."""
        if isinstance(self.item.type, ListType):
            yield quoted("no list")
            if isinstance(self.item.type.item, ScalarType) and self.item.type.item.scalar is Scalar.TEXT:
                yield '["x"] * 1001'
        elif isinstance(self.item.type, EnumType | ChoiceType):
            yield quoted("nothing of the kind")
        elif self.scalar in {Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN, Scalar.SLUG}:
            yield from self._refused_texts()
        elif self.scalar in NUMBERS:
            yield from self._refused_numbers()
        elif self.scalar:
            yield from _REFUSED.get(self.scalar, ())
            if self.item.required and self.scalar in of_kind(Kind.TEXTUAL) | {Scalar.COLOR}:
                yield '""'

    def _refused_texts(self) -> Iterator[str]:
        if self.scalar is Scalar.SLUG:
            yield quoted("No Slug")
        yield "5"
        yield r'"a\0b"'
        if self.most_told or self.scalar is Scalar.SLUG:
            counted = self.scalar in FREE_TEXTS and not self.item.pattern  # with the blanks around it
            yield f'" " + "x" * {self.longest}' if counted else f'"x" * {self.longest + 1}'
        if self.most_told and self.sample.texts:
            yield f'" " * {self.longest} + {quoted(self.sample.texts[0])}'
        if self.item.required:
            yield '""'
        if self.item.minimum and self.shortest > 1:
            yield f'"x" * {self.shortest - 1}'
        if self.item.pattern:
            yield from self._unmatched()

    def _unmatched(self) -> Iterator[str]:
        """Texts of a fitting length that the pattern does not find."""
        pattern = re.compile(self.item.pattern or "")
        for text in ("!", "§", "a b", "0", "x" * 9, " - ", "ABC-12"):
            size = min(max(self.shortest, len(text)), self.longest)
            fitted = (text * size)[:size]
            if fitted == fitted.strip() and fitted and not pattern.search(fitted):
                yield quoted(fitted)
                return

    def _refused_numbers(self) -> Iterator[str]:
        exact, places = self.scalar is not Scalar.INTEGER, self.digits[1]
        step = Decimal(1).scaleb(-places)
        yield "True"
        yield quoted("much")
        if exact:
            yield quoted("1e0")
        yield quoted(f"{step / 10:f}") if exact else "1.5"
        for limit, shift in ((self.item.minimum, -step), (self.item.maximum, step)):
            if limit is not None:
                value = f"{Decimal(limit.value) + shift:f}"
                yield quoted(value) if exact else value
        if not exact:
            yield from ("-(2**53)",) * (self.item.minimum is None) + ("2**53",) * (self.item.maximum is None)
        if exact and not self.item.maximum:
            yield quoted(f"{10 ** (self.digits[0] - places)}")

    def borderline(self) -> Iterator[str]:
        """The last values that are taken, as Python expressions; JSON gives them back alike."""
        if self.scalar in FREE_TEXTS and not self.item.pattern:
            if self.most_told:
                yield f'"x" * {self.longest}'
            if self.item.minimum and self.shortest > 1:
                yield f'"x" * {self.shortest}'
        if self.scalar in NUMBERS:
            exact, places = self.scalar is not Scalar.INTEGER, self.digits[1]
            for limit in (self.item.minimum, self.item.maximum):
                if limit is not None:
                    value = f"{Decimal(limit.value):.{places}f}"
                    yield quoted(value) if exact else value

    # -- values that can be compared

    @cached_property
    def _first(self) -> date:
        """The first of its dates."""
        return _called_date(self.sample.code) or START

    @property
    def varied(self) -> bool:
        """Whether the values of any three rows in a row differ."""
        turns = range(len(self.usual) or 1)
        return all(len({self.comparable(turn + number) for number in range(3)}) == 3 for turn in turns)

    @property
    def repeats(self) -> bool:
        """Whether two rows in a row may have the same value."""
        turns = range(len(self.usual) or 1)
        return any(self.comparable(number) == self.comparable(number + 1) for number in turns)

    def comparable(self, number: int) -> object:
        """The value of a body as something that compares."""
        if self.usual:
            return self.usual[number % len(self.usual)]
        scalar = self.scalar
        if scalar in DATED:
            return self._first + timedelta(days=number % 300 + self.later * 300)
        if scalar in NUMBERS:
            return _number_in(self.sample.code, number)
        if scalar is Scalar.TIME:
            return time(number % 24, number % 59)
        if scalar is Scalar.DURATION:
            return timedelta(days=self.later, hours=number % 23 + 1, minutes=number % 59 + 1)
        return f"{self.item.name[:SHORT]} {number}"

    def code(self, value: object) -> str:
        """A comparable value as it is sent, in Python."""
        sent = self.wire(value)
        return quoted(sent) if isinstance(sent, str) else repr(sent)


_PLAIN = {
    Scalar.BOOLEAN: "number % 2 == 0",
    Scalar.TIME: 'f"{number % 24:02d}:{number % 59:02d}:00"',
    Scalar.EMAIL: 'f"NAME{number}@example.com"',
    Scalar.URL: 'f"https://example.com/NAME/{number}"',
    Scalar.PHONE: 'f"+1555{number:07d}"',
    Scalar.COLOR: 'f"#{number % 4096:06x}"',
    Scalar.COUNTRY: f"pick(number, {', '.join(map(quoted, COUNTRIES))})",
    Scalar.UUID: "str(UUID(int=number))",
    Scalar.JSON: '{"number": number}',
}
_HELPERS = {Scalar.COUNTRY: "pick"}
_REFUSED: dict[Scalar, tuple[str, ...]] = {
    Scalar.BOOLEAN: (quoted("perhaps"), "1"),
    Scalar.DATE: (quoted("2024-02-30"), "0"),
    Scalar.DATETIME: (quoted("2024-05-01T10:00:00"), "0", quoted("0001-01-01T00:00:00+14:00")),
    Scalar.TIME: (quoted("25:00"), "0"),
    Scalar.DURATION: (quoted("an hour"), "60"),
    Scalar.EMAIL: (
        quoted("nobody"),
        quoted("a b@example.com"),
        '"x" * 65 + "@example.com"',
        '"x@" + "example." * 32 + "com"',
    ),
    Scalar.URL: (quoted("javascript:alert(1)"), '"https://example.com/" + "x" * 2029'),
    Scalar.PHONE: (quoted("call me"),),
    Scalar.COLOR: (quoted("red"), quoted("#12345")),
    Scalar.COUNTRY: (quoted("Nowhere"),),
    Scalar.UUID: (quoted("no uuid"), "5"),
    Scalar.JSON: (r'{"a\0b": 1}',),
}


def _bare(item: Field, kind: ScalarType | EnumType | ChoiceType) -> Field:
    """The field as if it held one item of its list, without limits."""
    return Field(names=item.names, type=kind)


def _counted(low: int, high: int, steps: int, later: int) -> str:
    """An expression of `number` within limits; fields that come later have larger values where there is room."""
    span = min(high - low + 1, steps)
    base = min(low + later * steps, high - span + 1)
    return f"{base} + number % {span}" if base else f"number % {span}"


def _called_date(code: str) -> date | None:
    """The date in `day(number, 1, date(3000, 1, 1))`."""
    inner = code.partition("date(")[2].rstrip(")")
    return date(*(int(part) for part in inner.split(","))) if inner else None


def _number_in(code: str, number: int) -> Decimal:
    """What `3 + number % 50`, `f"{number % 50}.25"` or `amount(number % 5, "1.0", 1)` comes to."""
    if code.startswith("amount("):
        count, low, places = code.removeprefix("amount(number % ").rstrip(")").split(", ")
        return Decimal(low.strip('"')) + (number % int(count)) * Decimal(1).scaleb(-int(places))
    fraction = "0"
    if code.startswith('f"{'):
        code, _, fraction = code.removeprefix('f"{').rstrip('"').partition("}.")
    base, _, span = code.rpartition("number % ")
    whole = int(base.rstrip("+ ") or 0) + number % int(span)
    return Decimal(f"{whole}.{fraction}")
