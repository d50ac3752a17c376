"""Values as people write them → as they are written here: `15/09/2026` → `2026-09-15`, `9:00` → `09:00`, `2h` → `PT2H`.

What can be read in two ways gives both: whoever suggests them does not choose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from iopeer_core.language.text import fold
from iopeer_core.model.formats import canonical
from iopeer_core.model.spec import Scalar

EXAMPLES: Mapping[Scalar, str] = {
    Scalar.TEXT: '"…"',
    Scalar.LONG_TEXT: '"…"',
    Scalar.MARKDOWN: '"…"',
    Scalar.INTEGER: "12",
    Scalar.DECIMAL: "7.5",
    Scalar.MONEY: "19.90",
    Scalar.BOOLEAN: "",  # its words are those of the spec's language
    Scalar.DATE: "2026-09-15",
    Scalar.TIME: "09:30",
    Scalar.DATETIME: "2026-09-15 09:30Z",
    Scalar.DURATION: "1h 30m",
    Scalar.EMAIL: '"ada@example.com"',
    Scalar.URL: '"https://example.com"',
    Scalar.PHONE: '"+34 600 000 000"',
    Scalar.SLUG: '"two-words"',
    Scalar.COLOR: '"#1e90ff"',
    Scalar.COUNTRY: '"ES"',
    Scalar.UUID: '"6f1c1b9e-8a57-4a1b-9d0e-2f8a1d3c4b5a"',
    Scalar.JSON: '"{}"',
}
"""How a value of each type may be written; in the cells of seeds without the quotes."""
ZONES = ("Z", "+02:00")
"""What may be missing at the end of a datetime, by two examples."""

_UNITS = {
    "W": "w week weeks semana semanas",
    "D": "d day days día días",
    "H": "h hr hrs hour hours hora horas",
    "M": "m min mins minute minutes minuto minutos",
    "S": "s sec secs second seconds seg segundo segundos",
}
_LETTER = {fold(word): letter for letter, words in _UNITS.items() for word in words.split()}
_SMALLER = {"W": ("D", 7), "D": ("H", 24), "H": ("M", 60), "M": ("S", 60)}
_AMOUNT = re.compile(r"(?:\b(?:and|y)\s+|,\s*)?([0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*([^\W\d_]+)\.?\s*", re.IGNORECASE)
_MONTHS = (
    "january enero", "february febrero", "march marzo", "april abril", "may mayo", "june junio", "july julio",
    "august agosto", "september septiembre setiembre", "october octubre", "november noviembre", "december diciembre",
)  # fmt: skip
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})")
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|º)?\.?\s+(?:(?:de|of)\s+)?([a-z]{3,})\.?,?\s+(?:del?\s+)?([0-9]{4})"
)
_MONTH_DAY = re.compile(r"([a-z]{3,})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2})(?::([0-9]{2}))?)?\s*(a\.?\s?m\.?|p\.?\s?m\.?|h)?", re.IGNORECASE)
_MOMENT = re.compile(r"(.+?)(?:\s*[Tt,]\s*|\s+(?:at\s+|a las\s+)?)([0-9]{1,2}[:.h][0-9]{2}.*)")
_ZONE = re.compile(r"\s*(Z|UTC|GMT|[+-][0-9]{1,2}(?::?[0-9]{2})?)$", re.IGNORECASE)


def duration(text: str) -> str | None:
    """A duration in words, as ISO writes it: `1 hour 30 minutes`, `2h`, `21 días`, `0`.

    Args:
        text: from the largest unit to the smallest, each once; months and years have no length of their own.
    """
    if text.strip() == "0":
        return "PT0S"
    amounts: dict[str, Decimal] = {}
    at = 0
    while at < len(text):
        found = _AMOUNT.match(text, at)
        letter = _LETTER.get(fold(found[2])) if found else None
        if found is None or letter is None or any("WDHMS".index(letter) <= "WDHMS".index(old) for old in amounts):
            return None
        amounts[letter] = Decimal(found[1].replace(",", "."))
        at = found.end()
    return canonical(Scalar.DURATION, _iso(amounts)) if amounts else None


def _iso(amounts: dict[str, Decimal]) -> str:
    """Amounts by their letters; a fraction goes on in the next smaller unit, weeks go into days beside others."""
    for letter, (smaller, count) in _SMALLER.items():
        amount = amounts.get(letter, Decimal(0))
        moved = amount if letter == "W" and (len(amounts) > 1 or amount % 1) else amount % 1
        if moved:
            amounts[letter] = amount - moved
            amounts[smaller] = amounts.get(smaller, Decimal(0)) + moved * count
    written = {letter: f"{amount.normalize():f}{letter}" for letter, amount in amounts.items() if amount}
    if not written:
        return "PT0S"
    if "W" in written:
        return "P" + written["W"] if len(written) == 1 else ""
    if {"H", "S"} <= written.keys():
        written.setdefault("M", "0M")
    time = "".join(written[letter] for letter in "HMS" if letter in written)
    return "P" + written.get("D", "") + (f"T{time}" if time else "")


def values_meant(scalar: Scalar, text: str) -> list[str]:
    """What a malformed value of a type may mean, written as it is here: one answer, several, or none.

    Args:
        scalar: the type.
        text: as somebody wrote it, without quotes.
    """
    options: dict[str, str] = {}
    for option in _WRITTEN.get(scalar, _cased)(text.strip()):
        value = canonical(scalar, option)
        if value:
            options.setdefault(value, option)
    return list(options.values())


def instants_meant(text: str) -> list[str]:
    """The datetimes that were meant where only the zone is missing, in the zones of the examples."""
    return [f"{moment}{zone}" for moment in _moments(text) if not _ZONE.search(moment) for zone in ZONES]


def _dates(text: str) -> Iterator[str]:
    plain = fold(text)
    if found := _YEAR_FIRST.fullmatch(plain):
        yield _day(found[1], found[2], found[3])
    elif found := _YEAR_LAST.fullmatch(plain):
        yield _day(found[4], found[3], found[1])
        if found[2] != ".":
            yield _day(found[4], found[1], found[3])
    elif found := _DAY_MONTH.fullmatch(plain):
        yield _day(found[3], _month(found[2]), found[1])
    elif found := _MONTH_DAY.fullmatch(plain):
        yield _day(found[3], _month(found[1]), found[2])


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def _month(word: str) -> str:
    named = (str(n) for n, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names.split()))
    return next(named, "0")


def _times(text: str) -> Iterator[str]:
    found = _CLOCK.fullmatch(text)
    if found is None or not (found[2] or found[4]):
        return
    hour, half = int(found[1]), (found[4] or "").casefold()[:1]
    if half in {"a", "p"}:
        if not 1 <= hour <= 12:
            return
        hour = hour % 12 + (12 if half == "p" else 0)
    yield f"{hour:02}:{found[2] or '00'}" + (f":{found[3]}" if found[3] else "")


def _moments(text: str) -> Iterator[str]:
    """Dates with times, and with their zone where they have one."""
    zone = _ZONE.search(text)
    found = _MOMENT.fullmatch(text[: zone.start()] if zone else text)
    if found is None:
        return
    for day in _dates(found[1]):
        for time in _times(found[2]):
            if canonical(Scalar.DATE, day) and canonical(Scalar.TIME, time):
                yield f"{day} {time}{_zone(zone[1]) if zone else ''}"


def _zone(text: str) -> str:
    if text[0] not in "+-":
        return "Z"
    digits = text[1:].replace(":", "")
    return f"{text[0]}{digits[:-2].zfill(2)}:{digits[-2:]}" if len(digits) > 2 else f"{text[0]}{digits.zfill(2)}:00"


def _countries(text: str) -> Iterator[str]:
    yield from _cased(text)
    yield from _codes().get(fold(text), ())


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, tuple[str, ...]]:
    """By the folded name of a country: its code."""
    codes: dict[str, tuple[str, ...]] = {}
    for row in files("iopeer_core.language").joinpath("countries.txt").read_text("utf-8").splitlines():
        code, _, names = row.partition(" | ")
        for name in map(fold, names.split("; ")):
            codes[name] = (*codes.get(name, ()), code)
    return codes


def _colors(text: str) -> Iterator[str]:
    yield from _cased(text)
    digits = text.removeprefix("#")
    yield "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def _phones(text: str) -> Iterator[str]:
    yield text
    yield re.sub(r"^\((\+?[0-9]+)\)", r"\1", text)


def _cased(text: str) -> Iterator[str]:
    yield text
    yield from (text.upper(), text.lower())


def _durations(text: str) -> Iterator[str]:
    found = duration(text) or canonical(Scalar.DURATION, text.upper())
    if found:
        yield found


_WRITTEN: Mapping[Scalar, Callable[[str], Iterator[str]]] = {
    Scalar.DATE: _dates,
    Scalar.TIME: _times,
    Scalar.DATETIME: _moments,
    Scalar.DURATION: _durations,
    Scalar.COUNTRY: _countries,
    Scalar.COLOR: _colors,
    Scalar.PHONE: _phones,
}
