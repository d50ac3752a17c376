"""How a date between two limits is written: JSON Schema has no other words for the limits of texts."""

from __future__ import annotations

import re
from datetime import date

_ENDS = (("-01", "-31"), ("-01-00", "-12-99"))


def between(least: date | None, most: date | None) -> str:
    """The pattern of the dates between two, open where there is none; it takes some days that no month has.

    Args:
        least: the first.
        most: the last.
    """
    low = "0000-00-00" if least is None else least.isoformat()
    high = "9999-99-99" if most is None else most.isoformat()
    for first, last in _ENDS:  # there is no day 0 and no day 99: shorter patterns say the same
        low = low.removesuffix(first) + first.replace("1", "0") if low.endswith(first) else low
        high = high.removesuffix(last) + re.sub("[0-9]", "9", last) if high.endswith(last) else high
    return f"^{_between(low, high)}$"


def _between(low: str, high: str) -> str:
    """The texts between two of one form."""
    zeros, nines = re.sub("[0-9]", "0", low), re.sub("[0-9]", "9", low)
    if (low, high) == (zeros, nines):
        return re.sub("0+", lambda found: _digits(len(found[0])), zeros)
    if low[0] == high[0]:
        return low[0] + (_between(low[1:], high[1:]) if low[1:] else "")
    first, last, parts, ending = int(low[0]), int(high[0]), [], []
    if low[1:] != zeros[1:]:
        parts.append(low[0] + _between(low[1:], nines[1:]))
        first += 1
    if high[1:] != nines[1:]:
        ending.append(high[0] + _between(zeros[1:], high[1:]))
        last -= 1
    if first <= last:
        digit = f"[{first}-{last}]" if first < last else str(first)
        parts.append(digit + (_between(zeros[1:], nines[1:]) if low[1:] else ""))
    parts += ending
    return parts[0] if len(parts) == 1 else f"({'|'.join(parts)})"


def _digits(count: int) -> str:
    return "[0-9]" if count == 1 else f"[0-9]{{{count}}}"
