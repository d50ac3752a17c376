"""How an exact number is written as text: a pattern that takes what is within its limits, and nothing else."""

from __future__ import annotations

import math
import re
from decimal import Decimal

_GROUP = re.compile(r"\([^()]*\)")


def written(digits: int, places: int, least: Decimal | None, most: Decimal | None) -> str:
    """The pattern of a number's text, without anchors: no leading zeros, no exponent.

    Args:
        digits: all of its digits.
        places: those after the point.
        least: its lower limit.
        most: its upper limit.
    """
    largest = 10**digits - 1
    low = -largest if least is None else max(math.ceil(least.scaleb(places)), -largest)
    high = largest if most is None else min(math.floor(most.scaleb(places)), largest)
    if (low, high) == (-largest, largest):
        return "-?" + _one(_between(0, high, places))
    parts = []
    if high >= 0:
        parts.append(_between(max(low, 0), high, places))
    if low < 0:
        parts.append("-" + _one(_between(max(-high, 0), -low, places)))
    return "|".join(parts)


def _between(low: int, high: int, places: int) -> str:
    """The texts of the numbers from `low` to `high`, both counted in the smallest step."""
    unit = 10**places
    (first, above), (last, below) = divmod(low, unit), divmod(high, unit)
    if first == last:
        return f"{first}{_fraction(above, below, places)}"
    parts = []
    if above:
        parts.append(f"{first}{_fraction(above, unit - 1, places)}")
        first += 1
    rest = below != unit - 1
    whole = last - 1 if rest else last
    if first <= whole:
        parts.append(_one(_whole(first, whole)) + _fraction(0, unit - 1, places))
    if rest:
        parts.append(f"{last}{_fraction(0, below, places)}")
    return "|".join(parts)


def _whole(low: int, high: int) -> str:
    """The whole numbers from `low` to `high`, without leading zeros."""
    parts = []
    for length in range(len(str(low)), len(str(high)) + 1):
        smallest = 0 if length == 1 else 10 ** (length - 1)
        start, end = max(low, smallest), min(high, 10**length - 1)
        if (start, end) == (smallest, 10**length - 1) and length > 1:
            parts.append("[1-9]" + _any(length - 1, length - 1))
        else:
            parts.append(_digits(str(start), str(end), short=False))
    return _shorter(parts)


def _shorter(parts: list[str]) -> str:
    """`[0-9]|[1-9][0-9]{1}|[1-9][0-9]{2}` as `0|[1-9][0-9]{0,2}`."""
    full = ["[1-9]" + _any(length, length) for length in range(1, len(parts))]
    run = next((n for n in range(len(full), 0, -1) if parts[0] == "[0-9]" and parts[1 : n + 1] == full[:n]), 0)
    return "|".join(["0", "[1-9]" + _any(0, run), *parts[run + 1 :]] if run else parts)


def _fraction(low: int, high: int, places: int) -> str:
    """A point and the digits behind it; zeros at the end, and then the point, may be left out."""
    if places == 0:
        return ""
    digits = r"\." + _one(_digits(str(low).zfill(places), str(high).zfill(places), short=True))
    return _optional(digits) if low == 0 else digits


def _digits(low: str, high: str, *, short: bool) -> str:
    """The strings of digits from `low` to `high`, which are as long; `short`: zeros at the end may be left out."""
    rest = len(low) - 1
    if set(low) == {"0"} and set(high) == {"9"}:
        return _any(1 if short else len(low), len(low))
    if rest == 0:
        return low if low == high else f"[{low}-{high}]"
    first, last = int(low[0]), int(high[0])
    if first == last:
        return low[0] + _tail(low[1:], high[1:], short=short)
    parts = []
    if set(low[1:]) != {"0"}:
        parts.append(low[0] + _tail(low[1:], "9" * rest, short=short))
        first += 1
    whole = last if set(high[1:]) == {"9"} else last - 1
    if first <= whole:
        start = str(first) if first == whole else f"[{first}-{whole}]"
        parts.append(start + _tail("0" * rest, "9" * rest, short=short))
    if whole < last:
        parts.append(high[0] + _tail("0" * rest, high[1:], short=short))
    return "|".join(parts)


def _tail(low: str, high: str, *, short: bool) -> str:
    """What follows a digit."""
    if short and set(low) == {"0"}:
        return _any(0, len(low)) if set(high) == {"9"} else _optional(_digits(low, high, short=True))
    return _one(_digits(low, high, short=short))


def _any(least: int, most: int) -> str:
    """So many digits."""
    if least == most:
        return "[0-9]" if most == 1 else f"[0-9]{{{most}}}"
    return "[0-9]?" if most == 1 else f"[0-9]{{{least},{most}}}"


def _one(pattern: str) -> str:
    """The pattern as one piece of a longer one."""
    return f"({pattern})" if "|" in _GROUP.sub("", pattern) else pattern


def _optional(pattern: str) -> str:
    """The pattern, or nothing."""
    return f"{pattern}?" if len(pattern) == 1 or pattern == "[0-9]" else f"({pattern})?"
