"""Tables as data: columns, constraints, indexes. Models and migrations are two ways to write the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import md5

from iopeer_plugin_fastapi.view import reserved
from iopeer_plugin_fastapi.view.expressions import sql_name
from iopeer_plugin_fastapi.view.naming import quoted

LONGEST_NAME = 63
"""Bytes of a name in PostgreSQL, which cuts what is longer."""


def stored_name(*parts: str) -> str:
    """The name of a constraint or an index, short enough for every database: as SQLAlchemy itself shortens it.

    Args:
        *parts: what it is made of by the naming convention: "uq", the table, the columns.
    """
    name = "_".join(parts)
    if len(name) <= LONGEST_NAME:
        return name
    digest = md5(name.encode(), usedforsecurity=False).hexdigest()
    return f"{name[: LONGEST_NAME - 8]}_{digest[-4:]}"


LONGEST = 83
"""Letters of a default that a line of its own has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """To the `id` of a table; `late` where the table is made only afterwards (a cycle)."""

    table: str
    column: str  # the database's name of that `id`
    on_delete: str  # "CASCADE", "SET NULL", "RESTRICT"
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. `key` is its wire name, by which all code knows it; `name` is the database's own."""

    key: str
    name: str
    attribute: str
    python: str
    type: str
    migration: str
    nullable: bool = True
    primary_key: bool = False
    unique: bool = False
    indexed: bool = False
    default: str = ""
    references: ForeignKey | None = None
    doc: str = ""
    origin: str = ""  # what of the spec it is, where that is not its key
    choices: tuple[str, ...] = ()  # the values that its CHECK allows
    fill: str = ""  # Python of what rows get that were there before it; "" where nobody said

    @property
    def mapped(self) -> str:
        """The type in `Mapped[...]`."""
        return f"{self.python} | None" if self.nullable else self.python

    @property
    def foreign_key(self) -> str:
        """`ForeignKey(...)`; "" where the column leads nowhere."""
        if not self.references:
            return ""
        late = ", use_alter=True" if self.references.late else ""
        return f'ForeignKey("{self.references.table}.id", ondelete="{self.references.on_delete}"{late})'

    @property
    def quoted(self) -> bool:
        """Whether the name stands in quotes where SQLAlchemy sets none; `format json` is a clause to PostgreSQL."""
        return self.name in reserved.UNQUOTED or (self.name == "format" and "JSON" in self.migration)

    @property
    def arguments(self) -> str:
        """What `mapped_column(...)` takes."""
        parts = [quoted(self.name)] if self.quoted or self.name != self.attribute else []
        parts.append(self.type)
        if self.references:
            parts.append(self.foreign_key)
        if self.key != self.name:
            parts.append(f"key={quoted(self.key)}")
        parts += ["quote=True"] * self.quoted
        parts += ["primary_key=True"] * self.primary_key
        long = len(self.default) > LONGEST
        parts += [f"default={self.default}"] if self.default and not long else []
        parts += ["unique=True"] * self.unique
        parts += ["index=True"] * (self.indexed and not self.unique)
        parts += [f"default={self.default},  # noqa: E501 - a long name\n"] if long else []  # nowhere to break it
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique:
    """Columns whose values together stand once; among the live rows alone where `live`."""

    columns: tuple[Column, ...]
    live: bool = False
    inline: bool = False  # said by `unique=True` of its only column

    def name(self, table: str) -> str:
        """By the naming convention."""
        return stored_name("uq", table, *(column.name for column in self.columns))

    @property
    def arguments(self) -> str:
        """The columns, as models write them."""
        return ", ".join(quoted(column.key) for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A condition on every row, with the words that a client reads when it does not hold."""

    name: str  # behind `ck_<table>_`
    sql: str
    message: str
    field: str  # the wire name to blame

    @property
    def text(self) -> str:
        """The SQL for `CheckConstraint`, which reads `:name` as a parameter."""
        return self.sql.replace(":", "\\:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index; the columns with whether each descends."""

    columns: tuple[tuple[Column, bool], ...]
    inline: bool = False  # said by `index=True` of its only column

    def name(self, table: str) -> str:
        """By the naming convention."""
        return stored_name("ix", table, *(column.name for column, _ in self.columns))

    def arguments(self, model: str = "") -> str:
        """The columns for `Index(None, ...)`: in the class, or behind it, where `model` is its name."""
        if model:
            shown = (f"{model}.{c.attribute}{'.desc()' if down else ''}" for c, down in self.columns)
            return ", ".join(shown)
        return ", ".join(f"{c.attribute}.desc()" if down else quoted(c.key) for c, down in self.columns)

    @property
    def migration(self) -> str:
        """The columns for `op.create_index`."""
        shown = (
            f"sa.text({quoted(sql_name(c.name) + ' DESC')})" if down else quoted(c.name) for c, down in self.columns
        )
        return f"[{', '.join(shown)}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table."""

    name: str
    columns: tuple[Column, ...]
    uniques: tuple[Unique, ...] = ()
    checks: tuple[Check, ...] = ()
    indexes: tuple[Index, ...] = ()
    variable: str = ""  # of a table without a class: its name in Python
    origin: str = ""  # its entity, or "entity.field" of a set of links; "" where it is of none
    counted: bool = False  # SQLite too never gives a key again

    @property
    def keys(self) -> tuple[Column, ...]:
        """The columns of the primary key."""
        return tuple(column for column in self.columns if column.primary_key)

    @property
    def foreign_keys(self) -> tuple[Column, ...]:
        """The columns that lead to other tables, by their names."""
        return tuple(sorted((c for c in self.columns if c.references), key=lambda column: column.name))

    @property
    def all_indexes(self) -> tuple[Index, ...]:
        """Those of single columns and all others, by their names."""
        inline = (Index(columns=((c, False),), inline=True) for c in self.columns if c.indexed and not c.unique)
        return tuple(sorted((*inline, *self.indexes), key=lambda index: index.name(self.name)))

    @property
    def all_uniques(self) -> tuple[Unique, ...]:
        """Those of single columns and all others, by their names."""
        inline = (Unique(columns=(c,), inline=True) for c in self.columns if c.unique)
        return tuple(sorted((*inline, *self.uniques), key=lambda unique: unique.name(self.name)))


@dataclass(slots=True)
class _Order:
    """Sorts tables so that each comes after those that it refers to; cycles are cut at their last link."""

    by_name: dict[str, Table]
    done: dict[str, Table] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    late: set[tuple[str, str]] = field(default_factory=set)

    def visit(self, name: str) -> None:
        if name in self.done:
            return
        self.open.append(name)
        for column in self.by_name[name].foreign_keys:
            target = column.references.table if column.references else name
            if target != name and target in self.open:
                self.late.add((name, column.name))
            elif target != name and target in self.by_name:
                self.visit(target)
        self.open.pop()
        self.done[name] = self.by_name[name]


def ordered(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables in an order in which they can be made, else by name; links that close a cycle are `late`."""
    order = _Order({table.name: table for table in sorted(tables, key=lambda table: table.name)})
    for name in order.by_name:
        order.visit(name)
    return tuple(
        replace(table, columns=tuple(_cut(c) if (table.name, c.name) in order.late else c for c in table.columns))
        for table in order.done.values()
    )


def _cut(column: Column) -> Column:
    return replace(column, references=replace(column.references, late=True) if column.references else None)
