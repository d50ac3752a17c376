"""From one type of a column to another: what becomes of the values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from iopeer_plugin_fastapi.schema.model import Column

_STRING = re.compile(r"sa\.String\(length=(\d+)\)")
_EXACT = re.compile(r"ExactNumeric\((\d+), (\d+)\)")
_PLAIN = {
    "sa.Boolean()": "boolean", "sa.Date()": "date", "UTCDateTime()": "moment", "sa.Time()": "time",
    "sa.Uuid()": "uuid", "Duration()": "duration",
}  # fmt: skip
NEUTRAL = {
    "boolean": "False", "date": "date(1970, 1, 1)", "moment": "datetime(1970, 1, 1, tzinfo=UTC)", "time": "time(0)",
    "uuid": "UUID(int=0)", "duration": "timedelta(0)", "text": '""', "number": "0", "json": "{}",
}  # fmt: skip
"""What a required column gets on the way back, where nobody knows what it was."""
WIDEST = 10**9
DIGITS = 19
"""Of a whole number of 64 bits."""

Fate = Literal["same", "widened", "cut", "converted", "rounded", "lost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A type as far as another one can hold its values: characters, or digits before and after the point."""

    name: str
    size: int = 0
    scale: int = 0


def kind_of(type_: str) -> Kind:
    """What a type of a migration is."""
    if found := _STRING.fullmatch(type_):
        return Kind(name="text", size=int(found[1]))
    if found := _EXACT.fullmatch(type_):
        return Kind(name="number", size=int(found[1]) - int(found[2]), scale=int(found[2]))
    if type_ == "sa.Text()":
        return Kind(name="text", size=WIDEST)
    if type_ in {"sa.BigInteger()", "BigInt"}:
        return Kind(name="number", size=DIGITS)
    return Kind(name=_PLAIN.get(type_, "json"))


def fate(old: Column, new: Column) -> Fate:
    """What becomes of the values of a column whose type changes.

    `widened` and `cut` keep its place, and so does `rounded`; `converted` and `lost` need another one.
    """
    if old.type == new.type and old.choices == new.choices:
        return "same"
    before, after = kind_of(old.type), kind_of(new.type)
    if before.name != after.name:
        return "converted" if (before.name, after.name) in CONVERSIONS else "lost"
    if before.name == "text":
        if new.choices and not (old.choices and {*old.choices} <= {*new.choices}):
            return "cut"
        return "widened" if after.size >= before.size or new.choices else "cut"
    if before.name == "number":
        return "widened" if after.size >= before.size and after.scale >= before.scale else "rounded"
    return "same" if old.type == new.type else "lost"


CONVERSIONS = {
    ("date", "moment"): ("{}", "{} || ' 00:00:00.000000'"),
    ("moment", "date"): ("CAST({} AS DATE)", "substr({}, 1, 10)"),
    ("boolean", "number"): ("CASE WHEN {} THEN 1 ELSE 0 END",) * 2,
    ("boolean", "text"): ("CASE WHEN {} THEN 'yes' ELSE 'no' END",) * 2,
    ("number", "text"): ("CAST({} AS VARCHAR)", "CAST({} AS TEXT)"),
    ("number", "boolean"): ("{} <> 0",) * 2,
}
"""SQL that makes the one of the other, for PostgreSQL and SQLite."""
LOSSY = frozenset({("moment", "date"), ("number", "boolean")})


def loses(old: Column, new: Column) -> bool:
    """Whether values may not be what they were."""
    became = fate(old, new)
    pair = kind_of(old.type).name, kind_of(new.type).name
    shorter = pair[1] == "text" and kind_of(new.type).size < DIGITS + 8
    return became in {"cut", "rounded", "lost"} or (became == "converted" and (pair in LOSSY or shorter))


def neutral(column: Column) -> str:
    """What a required column gets where nobody knows its values."""
    if column.choices:
        return f"{column.choices[0]!r}".replace("'", '"') if "'" not in column.choices[0] else repr(column.choices[0])
    return NEUTRAL[kind_of(column.type).name]
