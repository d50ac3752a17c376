"""Values that a field accepts, as the wire carries them: what the end-to-end tests type in, and send.

`{n}` in a text stands for digits that no other row has; the tests fill them in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from iopeer_core.model.examples import matching
from iopeer_core.model.spec import (
    Field,
    ListType,
    LiteralKind,
    Scalar,
    ScalarType,
    Value,
)

Json = str | int | bool | list[object] | dict[str, object]
MARK = "{n}"
DIGITS = 7
"""How many digits the mark becomes."""
MATCHING = 40
"""How many texts are made for a pattern, and numbers for a field whose values are unique."""
LONGEST = 60
NOW = "2400-01-01"
"""Stands between the days that are surely past and those that are surely to come."""
PAST = "2000-01-01"
"""What is before is past, whenever the tests run."""
CODE = "AB"
"""What a code begins with."""
_CODE_LENGTH = 12
_CODES = frozenset(
    [
        "code",
        "codigo",
        "sku",
        "number",
        "numero",
        "ref",
        "reference",
        "referencia",
        "serial",
        "serie",
        "series",
        "iban",
        "plate",
        "matricula",
        "isbn",
        "ean",
        "key",
    ]
)
_NAMES = frozenset(["name", "nombre", "title", "titulo", "city", "ciudad", "color", "unit", "unidad"])
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_NEAR = ("2027-03-08", "2027-04-19", "2027-05-17", "2027-06-02", "2027-08-09", "2027-09-27", "2027-11-14")
_DAYS = (*_NEAR, "1999-03-04", "1985-11-20", "2999-06-01", "2999-07-01")
_MANY_DAYS = tuple(
    (date(year, 1, 1) + timedelta(days=day)).isoformat() for year in (2027, 1999, 2999) for day in range(200)
)
_FIXED: Mapping[Scalar, tuple[Json, ...]] = {
    Scalar.BOOLEAN: (True, False),
    Scalar.TIME: ("09:30:00", "17:45:00"),
    Scalar.DURATION: ("PT3H", "PT5H"),
    Scalar.EMAIL: (f"mail{MARK}@example.com",),
    Scalar.URL: (f"https://example.com/{MARK}",),
    Scalar.PHONE: (f"+3460{MARK}",),
    Scalar.SLUG: (f"page-{MARK}",),
    Scalar.COLOR: ("#1e90ff", "#0e8a16", "#d73a4a"),
    Scalar.COUNTRY: ("ES", "FR", "JP", "MX"),
    Scalar.UUID: (f"00000000-0000-4000-8000-00000{MARK}",),
    Scalar.JSON: ({"size": 1}, {"size": 2}),
}
_WRONG = {
    Scalar.EMAIL: "nobody",
    Scalar.URL: "javascript:alert(1)",
    Scalar.PHONE: "call me",
    Scalar.COLOR: "red",
    Scalar.UUID: "no uuid",
    Scalar.JSON: "{",
}


def values_of(item: Field, choices: Sequence[str] = (), *, apart: bool = False) -> tuple[Json, ...]:
    """Values that a field takes; none where none could be made.

    Args:
        item: the field; no link.
        choices: what it, or the items of its list, is one of.
        apart: whether rows must differ in it.
    """
    if isinstance(item.type, ListType):
        least = int(item.minimum.value) if item.minimum else 1
        inner = values_of(Field(names=item.names, type=item.type.item), choices)
        enough = (inner * least)[: max(least, 1)]
        return (list(enough),) if len(enough) >= least else ()
    if choices:
        return tuple(choices)
    scalar = item.type.scalar if isinstance(item.type, ScalarType) else Scalar.TEXT
    if scalar in (Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN):
        return tuple(_texts(item, apart=apart or item.unique or item.primary_key))
    if scalar in (Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY):
        return tuple(_numbers(item, scalar, apart=apart or item.unique or item.primary_key))
    if scalar in (Scalar.DATE, Scalar.DATETIME):
        every = _MANY_DAYS if apart or item.unique or item.primary_key else _DAYS
        days = [day for day in every if _within(day, item.minimum, item.maximum)]
        return tuple(f"{day}T10:15:00Z" for day in days) if scalar is Scalar.DATETIME else tuple(days)
    found = _FIXED[scalar]
    if scalar is Scalar.TIME and (item.minimum or item.maximum):
        return tuple(one for one in found if _within(str(one), item.minimum, item.maximum))
    return found


def wrong_value(item: Field) -> str:
    """Something that can be typed into a field, and that it refuses; "" where nothing is known to be."""
    scalar = item.type.scalar if isinstance(item.type, ScalarType) else None
    if scalar in _WRONG:
        return _WRONG[scalar]
    if scalar in (Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY):
        beyond = [(item.maximum, 1), (item.minimum, -1)]
        return next((f"{Decimal(limit.value) + step:f}" for limit, step in beyond if limit), "")
    if scalar is Scalar.TEXT and item.maximum and int(item.maximum.value) < MATCHING * 5:
        return "x" * (int(item.maximum.value) + 1)
    return ""


def _texts(item: Field, *, apart: bool) -> Iterator[str]:
    least = max(int(item.minimum.value) if item.minimum else 0, 1)
    most = int(item.maximum.value) if item.maximum else 255
    if item.pattern:
        yield from matching(item, MATCHING * 10 if apart else MATCHING, longest=min(most, LONGEST))
        return
    if most < DIGITS:
        yield from _short(least, most, MATCHING * 5 if apart else MATCHING // 4)
        return
    room = most - DIGITS - 1
    words = CODE if is_code(item) else item.names.label[:1].upper() + item.names.label[1:]
    base = words[: max(room, 0)].strip()
    between = "-" if base == CODE else " "
    text = f"{base}{between}{MARK}" if base else MARK
    yield text + "x" * (least - len(text) - DIGITS + len(MARK))


def _short(least: int, most: int, count: int) -> Iterator[str]:
    """Texts that are too short for a number that no other row has."""
    size = min(max(least, min(most, 2)), most)
    for number in islice(range(len(_LETTERS) ** min(size, 2)), count):
        first, second = divmod(number, len(_LETTERS))
        yield (_LETTERS[first] + _LETTERS[second])[-size:].rjust(size, "A")


def is_code(item: Field) -> bool:
    """Whether a text looks like a code rather than like words: by its name, or as it is short.

    Args:
        item: the field.
    """
    words = set(item.name.split("_"))
    text = isinstance(item.type, ScalarType) and item.type.scalar is Scalar.TEXT
    short = text and item.maximum is not None and int(item.maximum.value) <= _CODE_LENGTH
    return bool(words & _CODES) or (short and not words & _NAMES)


def _numbers(item: Field, scalar: Scalar, *, apart: bool) -> Iterator[Json]:
    kind = item.type
    places = 0 if scalar is Scalar.INTEGER else 2
    digits = 9
    if isinstance(kind, ScalarType) and scalar is not Scalar.INTEGER:
        places = kind.scale if kind.scale is not None else 2
        digits = (kind.precision or 12) - places
    low = Decimal(item.minimum.value) if item.minimum else None
    high = Decimal(item.maximum.value) if item.maximum else None
    if low is None:
        low = Decimal(0) if high is None or high >= 0 else high - MATCHING
    if high is None:
        high = max(low, min(Decimal(10) ** max(digits, 0) - 1, low + 5000))
    count = MATCHING if apart else 4
    unit = Decimal(1).scaleb(-places)
    step = max(((high - low) / count // unit) * unit, unit)
    for number in islice((low + step * index for index in range(1, count)), count):
        if number <= high:
            yield int(number) if scalar is Scalar.INTEGER else f"{number:.{places}f}"
    yield int(low) if scalar is Scalar.INTEGER else f"{low:.{places}f}"


def _within(value: str, least: Value | None, most: Value | None) -> bool:
    low = _plain(least, NOW) if least else None
    high = _plain(most, PAST) if most else None
    return (low is None or value[: len(low)] >= low) and (high is None or value[: len(high)] <= high)


def _plain(limit: Value, now: str) -> str:
    return now if limit.kind in (LiteralKind.NOW, LiteralKind.TODAY) else limit.value
