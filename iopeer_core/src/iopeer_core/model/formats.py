r"""What a scalar is: one row per type, for whoever checks, stores, filters, types in or makes up values.

Patterns are portable: Python, JavaScript and Rust's `regex` read them alike. They are anchored and spell out `[0-9]`;
blanks are told as `\s` and, since engines differ in what that is, by their codes too.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum

from iopeer_core.model.spec import FieldType, Scalar

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class Kind(StrEnum):
    """What can be asked of the values of a type."""

    TEXTUAL = "textual"
    """Texts, whose length and pattern can be limited."""
    EXACT = "exact"
    """Numbers."""
    MOMENT = "moment"
    """Dates, times and both."""
    ORDERED = "ordered"
    """What else is less or more."""
    EQUAL = "equal"
    """What is the same or not."""
    DATA = "data"
    """What is not compared."""


EQUAL_ONLY = ("eq",)
EXACT = ("eq", "in")
ORDERED = (*EXACT, "gte", "gt", "lte", "lt")
TEXTUAL = (*EXACT, "contains")
LARGEST_INTEGER = 2**53 - 1
"""The largest integer that JavaScript holds exactly (contract.md, Types)."""
TEXT_LENGTH = 255
"""The most characters of a `text` without `max` (contract.md, Types)."""
DEEPEST = 32
"""Levels of data within data."""
LONGEST_MAILBOX = 64
"""Characters before the @ of an address (RFC 5321, section 4.5.3.1)."""
_ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_NAME = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_UUID = "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_COUNT = "[0-9]{1,6}"
_SECONDS = rf"{_COUNT}(\.{_COUNT})?S"


def _nested(depth: int) -> Json:
    """Lists in lists."""
    return [] if depth == 1 else [_nested(depth - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A row. Values are those of the API's JSON; a decimal is a text."""

    kind: Kind
    pattern: str = ""  # of texts that have a form
    longest: int | None = None  # characters
    operators: tuple[str, ...] = TEXTUAL  # of filters
    valid: tuple[Json, ...]
    invalid: tuple[Json, ...]


FORMATS: Mapping[Scalar, Format] = {
    Scalar.TEXT: Format(
        kind=Kind.TEXTUAL, longest=TEXT_LENGTH,
        valid=("a", "The first", "ñandú, 東京 🙂", "a, \"b\"; c'd\\e", "=1+1", "x" * TEXT_LENGTH),
        invalid=(5, "a\0b", "x" * (TEXT_LENGTH + 1)),
    ),
    Scalar.LONG_TEXT: Format(
        kind=Kind.TEXTUAL, valid=("a", "One line\nand another", "x" * 3000), invalid=(5, "a\0b"),
    ),
    Scalar.MARKDOWN: Format(
        kind=Kind.TEXTUAL, valid=("a", "# Title\n\n- one\n- **two**"), invalid=(5, "a\0b"),
    ),
    Scalar.INTEGER: Format(
        kind=Kind.EXACT, operators=ORDERED,
        valid=(0, 7, -7, LARGEST_INTEGER, -LARGEST_INTEGER),
        invalid=(1.5, True, "much", LARGEST_INTEGER + 1, -LARGEST_INTEGER - 1),
    ),
    Scalar.DECIMAL: Format(
        kind=Kind.EXACT, operators=ORDERED, valid=("0.00", "7.25", "-7.25", "0.10"),
        invalid=(True, "much", "1e0", "0.001", "1,5"),
    ),
    Scalar.MONEY: Format(
        kind=Kind.EXACT, operators=ORDERED, valid=("0.00", "1432.50", "-7.25"),
        invalid=(True, "much", "1e0", "0.001", "1,5"),
    ),
    Scalar.BOOLEAN: Format(kind=Kind.EQUAL, operators=EQUAL_ONLY, valid=(True, False), invalid=("perhaps", 1)),
    Scalar.DATE: Format(
        kind=Kind.MOMENT, pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", operators=ORDERED,
        valid=("2024-02-29", "2027-01-31", "0001-01-01", "9999-12-31"),
        invalid=("2023-02-29", "2024-13-01", "0000-01-01", "20240229", "tomorrow", 0),
    ),
    Scalar.TIME: Format(
        kind=Kind.MOMENT, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$", operators=ORDERED,
        valid=("00:00:00", "09:30", "17:45:59", "23:59:59.999999"),
        invalid=("24:00", "9:30", "09:60", "noon", 0),
    ),
    Scalar.DATETIME: Format(
        kind=Kind.MOMENT, operators=ORDERED,
        pattern=(
            r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
            r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
        ),
        valid=("2027-01-31T10:15:00Z", "2024-02-29T23:59:59.123456+05:30", "2027-06-01T00:00Z", "9999-12-31T23:59:59Z"),
        invalid=(
            "2024-05-01T10:00:00", "2023-02-29T10:00:00Z", "2024-05-01T25:00:00Z", "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-01:00", "now", 0,
        ),
    ),
    Scalar.DURATION: Format(
        kind=Kind.ORDERED, operators=ORDERED,
        pattern=(
            rf"^P({_COUNT}W|{_COUNT}D|({_COUNT}D)?T({_COUNT}H({_COUNT}M)?({_SECONDS})?"
            rf"|{_COUNT}M({_SECONDS})?|{_SECONDS}))$"
        ),
        valid=("PT1H30M", "P400DT2H", "PT0.5S", "P3D", "P52W", "PT999999H"),
        invalid=("an hour", "P", "PT", "P1Y", "P1M", "-PT1H", "PT1.5H", 60),
    ),
    Scalar.EMAIL: Format(
        kind=Kind.TEXTUAL, pattern=rf"^{_ATOM}(\.{_ATOM})*@({_NAME}\.)+{_NAME}$", longest=254,
        valid=("ada@example.com", "o'neil+tag@mail.example.co.uk", "a@b-c.de", "x" * 64 + "@example.com"),
        invalid=(
            "nobody", "a b@example.com", "a..b@c.de", ".a@c.de", "a@b", "a@-b.de", "a@b..de", "x" * 65 + "@example.com",
            "x@" + "example." * 32 + "com",
        ),
    ),
    Scalar.URL: Format(
        kind=Kind.TEXTUAL, longest=2048,
        pattern=r"^https?://[^\s/?#@:<>\x22'\\\x00-\x1f\x85\ufeff]+(:[0-9]{1,5})?([/?#][^\s\x00-\x1f\x85\ufeff]*)?$",
        valid=("https://example.com", "http://example.com:8080/a?b=c#d", "https://münchen.example/über"),
        invalid=(
            "javascript:alert(1)", "example.com", "https://", r"https://a\b", "https://a b", "https://user@example.com",
            "ftp://example.com", "https://example.com/" + "x" * 2029,
        ),
    ),
    Scalar.PHONE: Format(
        kind=Kind.TEXTUAL, pattern=r"^\+?[0-9][0-9 ().-]{3,30}[0-9]$", longest=33,
        valid=("+34 600 000 000", "+1 (555) 010-0199", "12345"),
        invalid=("call me", "+34 600 (1)", "1234", "+", "١٢٣٤٥٦"),
    ),
    Scalar.SLUG: Format(
        kind=Kind.TEXTUAL, pattern="^[a-z0-9]+(-[a-z0-9]+)*$", longest=255,
        valid=("a-slug", "a", "2027"), invalid=("No Slug", "a--b", "-a", "a-", "ñ", ""),
    ),
    Scalar.COLOR: Format(
        kind=Kind.EQUAL, pattern="^#[0-9a-fA-F]{6}$", longest=7,
        valid=("#1e90ff", "#FFFFFF"), invalid=("red", "#12345", "#1234567", "1e90ff"),
    ),
    Scalar.COUNTRY: Format(
        kind=Kind.EQUAL, pattern="^[A-Z]{2}$", longest=2, valid=("ES", "JP"), invalid=("Nowhere", "es", "E"),
    ),
    Scalar.UUID: Format(
        kind=Kind.EQUAL, pattern=f"^{_UUID}$", operators=EXACT,
        valid=("6f1c1b9e-8a57-4a1b-9d0e-2f8a1d3c4b5a", "00000000-0000-0000-0000-000000000000"),
        invalid=("no uuid", "6f1c1b9e8a574a1b9d0e2f8a1d3c4b5a", "{6f1c1b9e-8a57-4a1b-9d0e-2f8a1d3c4b5a}", 5),
    ),
    Scalar.JSON: Format(
        kind=Kind.DATA, operators=(), valid=({"a": [1, 2.5, None, True]}, [], "text", 5, False, {"ñ": {}}),
        invalid=({"a\0b": 1}, "\ud800", _nested(34)),
    ),
}  # fmt: skip


def of_kind(*kinds: Kind) -> frozenset[Scalar]:
    """The scalars of some kinds.

    Args:
        *kinds: any of them.
    """
    return frozenset(scalar for scalar, row in FORMATS.items() if row.kind in kinds)


FREE_TEXTS = frozenset(scalar for scalar in of_kind(Kind.TEXTUAL) if not FORMATS[scalar].pattern)
"""Texts without a form of their own."""
FORMED_TEXTS = frozenset(
    scalar
    for scalar, row in FORMATS.items()
    if row.pattern and row.kind in {Kind.TEXTUAL, Kind.EQUAL} and scalar is not Scalar.UUID
)
"""Texts whose form is their type."""


def operators_of(kind: FieldType) -> tuple[str, ...]:
    """The operators of filters that suit a type; none where values are not compared.

    Args:
        kind: of a field.
    """
    if kind.kind in {"enum", "choice"}:
        return EXACT
    return FORMATS[kind.scalar].operators if kind.kind == "scalar" else ()


def canonical(scalar: Scalar, text: str) -> str | None:
    """A text as the one of its type that all spellings mean; None where it is none.

    Args:
        scalar: no number and no boolean: those are read by the language.
        text: as somebody wrote it.
    """
    row, value = FORMATS[scalar], text.strip()
    if row.pattern and not re.search(row.pattern, value):
        return None
    if row.longest is not None and len(value) > row.longest:
        return None
    try:
        return _CANONICAL[scalar](value) if scalar in _CANONICAL else value
    except (ValueError, OverflowError, RecursionError):
        return None


_MEMBERS = re.compile(r"([0-9.]+)([WDHMS])")
_SECONDS_OF = {"W": 604_800, "D": 86_400, "H": 3_600, "M": 60, "S": 1}


def seconds(duration: str) -> Decimal:
    """How long a canonical duration is.

    Args:
        duration: as ISO writes it, without years and months.
    """
    return sum((Decimal(n) * _SECONDS_OF[unit] for n, unit in _MEMBERS.findall(duration)), Decimal(0))


def _moment(text: str) -> str:
    when = datetime.fromisoformat(text.upper()).astimezone(UTC).replace(tzinfo=None)
    return f"{when.isoformat()}Z"


def _address(text: str) -> str | None:
    return text.lower() if text.index("@") <= LONGEST_MAILBOX else None


def _data(text: str) -> str | None:
    value = json.loads(text)
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if _is_storable(value) else None


def _is_storable(value: Json, depth: int = 0) -> bool:
    """Whether a database can keep data: no NUL, no half of a character, nothing endless, nothing too deep."""
    if isinstance(value, str):
        return not any(each == "\0" or "\ud800" <= each <= "\udfff" for each in value)
    if isinstance(value, float):
        return math.isfinite(value)
    if not isinstance(value, dict | list):
        return True
    parts: list[Json] = [*value, *value.values()] if isinstance(value, dict) else value
    return depth < DEEPEST and all(_is_storable(part, depth + 1) for part in parts)


_CANONICAL: Mapping[Scalar, Callable[[str], str | None]] = {
    Scalar.DATE: lambda text: date.fromisoformat(text).isoformat(),
    Scalar.TIME: lambda text: time.fromisoformat(text).isoformat(),
    Scalar.DATETIME: _moment,
    Scalar.EMAIL: _address,
    Scalar.UUID: str.lower,
    Scalar.JSON: _data,
}


def digits_of(precision: int | None, scale: int | None, scalar: Scalar) -> tuple[int, int]:
    """How many digits a decimal has, and how many of them after the point.

    Args:
        precision: as the spec says, if it does.
        scale: the same.
        scalar: money has more digits.
    """
    return precision or (14 if scalar is Scalar.MONEY else 12), 2 if scale is None else scale


def fits(value: Decimal, scalar: Scalar, precision: int, scale: int) -> bool:
    """Whether a number can be stored exactly.

    Args:
        value: the number.
        scalar: an integer, decimal or money.
        precision: all digits of a decimal.
        scale: those after the point.
    """
    if scalar is Scalar.INTEGER:
        return value == value.to_integral_value() and abs(value) <= LARGEST_INTEGER
    shifted = value.scaleb(scale)
    return shifted == shifted.to_integral_value() and abs(shifted) < Decimal(10) ** precision
