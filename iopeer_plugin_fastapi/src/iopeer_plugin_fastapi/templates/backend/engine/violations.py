"""Which constraint a write broke, read from the errors of PostgreSQL and SQLite."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from sqlalchemy import (
    Constraint,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from backend.engine.columns import Base
from backend.engine.problems import Conflict, Invalid, Problem


class Kind(Enum):
    """The kinds of constraints."""

    UNIQUE = auto()
    FOREIGN_KEY = auto()
    CHECK = auto()
    NOT_NULL = auto()


SQLSTATES = {
    "23505": Kind.UNIQUE,
    "23503": Kind.FOREIGN_KEY,
    "23001": Kind.FOREIGN_KEY,
    "23514": Kind.CHECK,
    "23502": Kind.NOT_NULL,
}
COLLISIONS = frozenset({"40001", "40P01"})
"""PostgreSQL's serialization failure and deadlock: the client may try again."""
SQLITE_WORDS = {
    "UNIQUE": Kind.UNIQUE,
    "FOREIGN": Kind.FOREIGN_KEY,
    "CHECK": Kind.CHECK,
    "NOT": Kind.NOT_NULL,
}
NAMED_BY_COLUMNS = (ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint)
NAMES = make_url("postgresql://").get_dialect()().identifier_preparer
SQLITE_MESSAGE = re.compile(r"(\w+).* constraint failed(?:: (.*))?")


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken constraint: its kind, its last column, and the message that it was declared with."""

    kind: Kind
    field: str = "body"
    message: str | None = None


def problem_of(error: IntegrityError, *, key: str = "id", removing: bool = False) -> Problem:
    """Say in the caller's terms which constraint refused a write; `key` is what they call `id`."""
    broken = read_violation(error)
    match broken.kind:
        case Kind.UNIQUE:
            field = key if broken.field == "id" else broken.field
            return Conflict("This value is already taken.", field, "unique")
        case Kind.CHECK:
            return Conflict(broken.message or "A rule is broken.", broken.field, "check")
        case Kind.NOT_NULL:
            return Invalid(broken.field, "required", "A value is required.")
        case Kind.FOREIGN_KEY if removing:
            return Conflict("Other rows still link to this one.")
        case Kind.FOREIGN_KEY:
            return Conflict("There is no such row.", broken.field, "missing_reference")


def read_violation(error: IntegrityError) -> Violation:
    """Read which constraint `error` is about."""
    sqlstate = getattr(error.orig, "sqlstate", None)
    if sqlstate is None:
        return read_sqlite(str(error.orig))
    kind = SQLSTATES.get(sqlstate, Kind.CHECK)
    cause = error.orig.__cause__ if error.orig else None
    if kind is Kind.NOT_NULL:
        table, column = (str(getattr(cause, name, "")) for name in ("table_name", "column_name"))
        return Violation(kind, member(table, column) or "body")
    return describe(kind, getattr(cause, "constraint_name", None))


def read_sqlite(text: str) -> Violation:
    """Read `UNIQUE constraint failed: users.email` and its like."""
    word, rest = match.groups() if (match := SQLITE_MESSAGE.match(text)) else ("", "")
    kind = SQLITE_WORDS.get(word, Kind.CHECK)
    if kind is Kind.CHECK:
        return describe(kind, rest)
    table, _, column = (rest or "").rpartition(", ")[2].partition(".")
    return Violation(kind, member(table, column)) if rest else Violation(kind)


def member(table: str, column: str) -> str:
    """Give the name by which clients know a column."""
    known = Base.metadata.tables.get(table)
    columns = () if known is None else known.c
    return next((each.key for each in columns if each.name == column), column)


def describe(kind: Kind, name: str | None) -> Violation:
    """Look up the constraint or unique index called `name` among those of the models.

    The models put the field and the message of a rule into its `info`.
    """
    for table in Base.metadata.tables.values():
        rules: list[Constraint | Index] = [*table.constraints, *table.indexes]
        for rule in rules:
            if name and stored_name(rule) == name:
                columns = rule.columns.keys() if isinstance(rule, NAMED_BY_COLUMNS) else ["body"]
                return Violation(
                    kind, rule.info.get("field", columns[-1]), rule.info.get("message")
                )
    return Violation(kind)


def stored_name(rule: Constraint | Index) -> str | None:
    """Give the name that the databases keep, which cut long ones."""
    named = NAMES.format_index(rule) if isinstance(rule, Index) else NAMES.format_constraint(rule)
    return named and named.strip('"')


def is_collision(error: DBAPIError) -> bool:
    """Tell whether another transaction kept this one from its end."""
    return getattr(error.orig, "sqlstate", None) in COLLISIONS


def is_bad_data(error: DBAPIError) -> bool:
    """Tell whether a value, not the statement or the connection, was at fault."""
    cause = error.orig.__cause__ if error.orig else None
    return isinstance(error, DataError) or type(cause).__name__ == "DataError"
