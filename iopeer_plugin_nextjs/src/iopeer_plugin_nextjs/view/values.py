"""Values that a field accepts, as the wire carries them: what the end-to-end tests type in, and send.

`{n}` in a text stands for digits that no other row has; the tests fill them in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice, product

from iopeer_core.model.patterns import examples
from iopeer_core.model.spec import (
    Compare,
    Empty,
    Expr,
    Field,
    FieldRef,
    ListType,
    LiteralKind,
    OneOf,
    Scalar,
    ScalarType,
    Value,
)
from iopeer_core.model.walk import truth

Json = str | int | bool | list[object] | dict[str, object]
MARK = "{n}"
DIGITS = 7
"""How many digits the mark becomes."""
MATCHING = 40
"""How many texts are made for a pattern, and numbers for a field whose values are unique."""
LONGEST = 60
MOST = 4000
"""How many combinations are tried before a row is given up."""
NOW = "2400-01-01"
"""Stands between the days that are surely past and those that are surely to come."""
PAST = "2000-01-01"
"""What is before is past, whenever the tests run."""
_NEAR = ("2027-03-08", "2027-04-19", "2027-05-17", "2027-06-02", "2027-08-09", "2027-09-27", "2027-11-14")
_DAYS = (*_NEAR, "1999-03-04", "1985-11-20", "2999-06-01", "2999-07-01")
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


def values_of(item: Field, choices: Sequence[str] = ()) -> tuple[Json, ...]:
    """Values that a field takes; none where none could be made.

    Args:
        item: the field; no link.
        choices: what it, or the items of its list, is one of.
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
        return tuple(_texts(item))
    if scalar in (Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY):
        return tuple(_numbers(item, scalar))
    if scalar in (Scalar.DATE, Scalar.DATETIME):
        days = [day for day in _DAYS if _within(day, item.minimum, item.maximum)]
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


def _texts(item: Field) -> Iterator[str]:
    least = max(int(item.minimum.value) if item.minimum else 0, 1)
    most = int(item.maximum.value) if item.maximum else 255
    if item.pattern:
        yield from examples(item.pattern, MATCHING, shortest=least, longest=min(most, max(LONGEST, least)))
        return
    words = item.names.label[:1].upper() + item.names.label[1:]
    room = most - DIGITS - 1
    if room < 1:
        yield from (f"{'x' * (max(least, min(most, 2)) - 1)}{letter}" for letter in "abcdefghij")
        return
    base = words[:room].strip() or "x"
    yield f"{base.ljust(least - DIGITS - 1, 'x')} {MARK}"


def _numbers(item: Field, scalar: Scalar) -> Iterator[Json]:
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
    count = MATCHING if item.unique else 4
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


# -- rules between fields


def keeping(
    rules: Iterable[Expr], candidates: Mapping[str, Sequence[Json]], linked: frozenset[str]
) -> dict[str, Json] | None:
    """One value for each field, so that no rule is broken; None where there are none.

    Args:
        rules: conditions on a row.
        candidates: the values that each field may have; fields that are not there are null.
        linked: links, of which no more is known than that they are set.
    """
    known = list(rules)
    for chosen in islice(product(*candidates.values()), MOST):
        row = dict(zip(candidates, chosen, strict=True))
        kept = partial(holds, row=row, linked=linked)
        try:
            if all(truth(rule, kept) is not False for rule in known):
                return row
        except Unsure:
            continue
    return None


class Unsure(Exception):
    """Whether a day is past depends on when the tests run."""


def holds(condition: Compare | Empty | OneOf, row: Mapping[str, Json], linked: frozenset[str]) -> bool | None:
    """Whether a condition holds; None where a null leaves it open.

    Args:
        condition: of the spec.
        row: values by field; those that are not there are null.
        linked: links, of which no more is known than that they are set.

    Raises:
        Unsure: it compares a day that is near with the present one.
    """
    left = _stored(condition.left, row)
    if isinstance(condition, Empty):
        return (left is None and condition.left not in linked) != condition.negated
    if left is None:
        return None
    if isinstance(condition, OneOf):
        return str(left) in [value.value for value in condition.values]
    right = condition.right
    other = _stored(right.name, row) if isinstance(right, FieldRef) else _literal(right, left)
    if NOW in (left, other) and any(str(one).startswith(_NEAR) for one in (left, other)):
        raise Unsure
    return None if other is None else _COMPARED[condition.op](_comparable(left), _comparable(other))


def _stored(name: str, row: Mapping[str, Json]) -> Json | None:
    return NOW if name in ("created_at", "updated_at") else row.get(name)


def _literal(value: Value, beside: Json) -> Json:
    if isinstance(beside, bool):
        return value.value == "yes"
    return _plain(value, NOW)


def _comparable(value: Json) -> tuple[Decimal, str]:
    """Numbers in their order, everything else in that of its text; days and moments by the day."""
    text = str(value)
    try:
        return Decimal(text), ""
    except ArithmeticError:
        return Decimal(0), text[:10] if text[4:5] == "-" else text


_COMPARED: Mapping[str, Callable[[tuple[Decimal, str], tuple[Decimal, str]], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
