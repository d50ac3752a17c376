"""Values of fields that are like real ones, for every test, picture and demonstration (rows: see `keeping.py`).

Nothing here is random: the same spec has the same examples. Values are Python objects that compare (`Decimal`, `date`,
`time`, `timedelta`, texts; a boolean is "yes" or "no", a moment is told by its day); `wire` makes JSON of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from iopeer_core.model.formats import FREE_TEXTS, Json, Kind, digits_of, of_kind
from iopeer_core.model.keys import is_addressable, stands_in_paths
from iopeer_core.model.patterns import examples
from iopeer_core.model.spec import Field, Scalar, ScalarType

NOW = date(2500, 1, 1)
"""Stands for the day of the test run: what is checked against it is long before or long after."""
PAST = (date(2024, 1, 1), date(2024, 6, 1), date(2025, 2, 3), date(2025, 9, 30))
COMING = (date(3000, 1, 1), date(3000, 6, 1), date(3001, 2, 3), date(3001, 9, 30))
CLOCK = (time(0, 1), time(7, 30), time(9, 30), time(13, 15), time(17, 45), time(23, 58))
SPANS = (timedelta(minutes=1), timedelta(hours=1), timedelta(hours=3), timedelta(days=2), timedelta(days=300))
"""In whole minutes, which every form takes."""
COUNTRIES = ("ES", "FR", "DE", "IT", "PT", "MX", "AR", "JP")
YES_OR_NO = ("yes", "no")
DATED = frozenset({Scalar.DATE, Scalar.DATETIME})
NUMBERS = of_kind(Kind.EXACT)
SHORT = 24
"""Characters of a name that a text begins with."""
SPREAD = 50
"""How far the numbers go of which nothing else is known."""
SPARE = 5
"""How many times more texts are looked at than are wanted, where some do not suit."""
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W|(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?)"
)


@dataclass(frozen=True, kw_only=True)
class Examples:
    """The examples of one field.

    Args:
        item: the field; no link.
        choices: its choices, where it has any.
    """

    item: Field
    choices: tuple[str, ...] = ()

    @property
    def scalar(self) -> Scalar | None:
        """Its scalar; None for choices and lists."""
        return self.item.type.scalar if isinstance(self.item.type, ScalarType) else None

    @property
    def is_given(self) -> bool:
        """Whether no row is without it."""
        return self.item.required or self.item.primary_key

    @property
    def digits(self) -> tuple[int, int]:
        """All digits of a number, and those after the point."""
        kind = self.item.type
        if not isinstance(kind, ScalarType) or kind.scalar not in NUMBERS - {Scalar.INTEGER}:
            return 0, 0
        return digits_of(kind.precision, kind.scale, kind.scalar)

    def limits(self) -> tuple[Decimal, Decimal]:
        """The least and the most that a number may be."""
        least = Decimal(self.item.minimum.value) if self.item.minimum else None
        most = Decimal(self.item.maximum.value) if self.item.maximum else None
        precision, places = self.digits
        top = Decimal(10**6) if self.scalar is Scalar.INTEGER else (Decimal(10) ** precision - 1).scaleb(-places)
        if least is None:
            least = Decimal(0) if most is None or most >= 0 else most - SPREAD
        return least, most if most is not None else max(top, least)

    def read(self, text: str) -> object:
        """A literal of the spec as something that compares."""
        scalar = self.scalar
        if scalar in of_kind(Kind.MOMENT) and text in {"now", "today"}:
            return NOW
        if scalar in DATED:
            return date.fromisoformat(text[:10])
        if scalar is Scalar.TIME:
            return time.fromisoformat(text)
        if scalar in NUMBERS:
            return Decimal(text)
        if scalar is Scalar.DURATION:
            found = _DURATION.fullmatch(text)
            parts = {name: float(part) for name, part in (found.groupdict() if found else {}).items() if part}
            return timedelta(**parts)
        return text

    def heard(self, value: Json) -> object:
        """What the API takes as something that compares."""
        if isinstance(value, bool):
            return YES_OR_NO[0] if value else YES_OR_NO[1]
        return self.read(str(value))

    def candidates(self, literals: Sequence[str] = ()) -> list[object]:
        """Values that the field takes and that tell rules apart: ordered ones, and those around literals; null last.

        Args:
            literals: what rules compare the field with.
        """
        found = list(dict.fromkeys(self._values([self.read(text) for text in literals])))
        return found if self.is_given else [*found, None]

    def _values(self, known: list[object]) -> Iterator[object]:
        scalar = self.scalar
        if self.choices:
            yield from self.choices
        elif scalar is Scalar.BOOLEAN:
            yield from YES_OR_NO
        elif scalar in DATED:
            shifts = (1, -1) if scalar is Scalar.DATETIME else (0, 1, -1)  # a moment is told from its day
            days = [day for day in known if isinstance(day, date) and day != NOW]
            around = (day + timedelta(days=shift) for day in days for shift in shifts)
            yield from filter(self._within, (PAST[0], PAST[1], COMING[0], COMING[1], *around, *PAST, *COMING))
        elif scalar in NUMBERS:
            least, most = self.limits()
            numbers = [value for value in known if isinstance(value, Decimal)]
            wanted = [*(n + shift for n in numbers for shift in (0, 1, -1)), least, least + 1, most]
            wanted += [least + 2, least + 5, least + 10]
            yield from (number for number in wanted if least <= number <= most)
        elif scalar is Scalar.TIME:
            times = [value for value in known if isinstance(value, time)]
            yield from filter(self._within, (CLOCK[0], *times, CLOCK[-1], *CLOCK))
        elif scalar is Scalar.DURATION:
            yield from (SPANS[0], *known, SPANS[-1], *SPANS)
        elif scalar is Scalar.COUNTRY:
            yield from (*known, *COUNTRIES[:2])
        elif scalar in of_kind(Kind.TEXTUAL) | {Scalar.COLOR} and not self.item.pattern:
            yield from (text for text in (f"{self.item.name[:SHORT]} 1",) if self._is_free(text))
            yield from (text for text in known if text != "" or not self.is_given)

    def _is_free(self, text: str) -> bool:
        """Whether a text of no form fits."""
        least, most = self.item.minimum, self.item.maximum
        fits = (not least or int(least.value) <= len(text)) and (not most or len(text) <= int(most.value))
        return self.scalar in FREE_TEXTS and fits

    def _within(self, value: object) -> bool:
        """Whether a day or a time is within the limits of the field."""
        least, most = (self.read(limit.value) if limit else None for limit in (self.item.minimum, self.item.maximum))
        if isinstance(value, date):
            return not (isinstance(least, date) and value < least) and not (isinstance(most, date) and value > most)
        if isinstance(value, time):
            return not (isinstance(least, time) and value < least) and not (isinstance(most, time) and value > most)
        return True

    def wire(self, value: object) -> Json:
        """A comparable value as the API takes it."""
        if self.scalar is Scalar.BOOLEAN and value is not None:
            return value == "yes"
        if isinstance(value, date):
            return f"{value.isoformat()}T00:00:00Z" if self.scalar is Scalar.DATETIME else value.isoformat()
        if isinstance(value, timedelta):
            return _lasting(value)
        if isinstance(value, Decimal):
            return int(value) if self.scalar is Scalar.INTEGER else f"{value:.{self.digits[1]}f}"
        return None if value is None else str(value)


def _lasting(value: timedelta) -> str:
    counts = (value.seconds // 3600, value.seconds // 60 % 60, value.seconds % 60)
    clock = "".join(f"{count}{unit}" for count, unit in zip(counts, "HMS", strict=True) if count)
    days = f"{value.days}D" if value.days else ""
    return f"P{days}" + (f"T{clock}" if clock else "" if days else "T0S")


def matching(item: Field, count: int, *, longest: int) -> tuple[str, ...]:
    """Texts that the pattern of a field finds; those of a key may stand in an address.

    Args:
        item: a text with a pattern, of an entity that is `keyed`.
        count: at most so many.
        longest: letters of each; never fewer than the field's least.

    Returns:
        Fewer where the pattern has fewer; none where it has none of such a length.
    """
    shortest = max(int(item.minimum.value) if item.minimum else 0, 1)
    wanted = count * SPARE if stands_in_paths(item) else count
    found = examples(item.pattern or "", wanted, shortest=shortest, longest=max(longest, shortest))
    return tuple(text for text in found if is_addressable(item, text))[:count]
