"""What differs between two databases: tables and columns by what they are in the spec, renames by `was`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from iopeer_plugin_fastapi.schema.model import Column, Constraint, Object, Schema, Table
from iopeer_plugin_fastapi.schema.types import fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Renames:
    """The origins that tables and columns had before."""

    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # origin now → origins before
    columns: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # table's now, column's now


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A table that comes, goes or changes; each column with what it was."""

    old: Table | None
    new: Table | None
    columns: tuple[tuple[Column | None, Column | None], ...] = ()

    @property
    def name(self) -> str:
        """The table, as it is called now."""
        table = self.new or self.old
        return table.name if table else ""

    def reversed(self) -> Change:
        """The way back."""
        return Change(old=self.new, new=self.old, columns=tuple((new, old) for old, new in self.columns))

    @property
    def dropped(self) -> tuple[Constraint, ...]:
        """The conditions that go before columns change: those that are no more, or not the same."""
        return (*_without(self.old, self.new), *self._moved(self.old, self.new)) if self.old and self.new else ()

    @property
    def made(self) -> tuple[Constraint, ...]:
        """The conditions that come once columns have changed."""
        return (*_without(self.new, self.old), *self._moved(self.new, self.old)) if self.old and self.new else ()

    @property
    def pairs(self) -> tuple[tuple[Column, Column], ...]:
        """The columns that were there before."""
        return tuple((old, new) for old, new in self.columns if old and new)

    def _moved(self, one: Table, other: Table) -> Iterator[Constraint]:
        """The same conditions of both tables that do not survive.

        Those about a column whose values move to another one; and what descends, which SQLite forgets when it copies.
        """
        names = {new.name for old, new in self.pairs if replaced(old, new)}
        words = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
        rest = {*one.constraints} - {*_without(one, other)}
        for each in one.constraints:
            about = names & {*each.columns} or (names and each.sql and words.search(each.sql))
            if each in rest and (about or any(each.descending)):
                yield each


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that differs."""

    changes: tuple[Change, ...] = ()  # in the order in which tables can be made
    dropped: tuple[Object, ...] = ()  # objects beside tables that go before anything else
    made: tuple[Object, ...] = ()  # those that come at last

    def __bool__(self) -> bool:
        return bool(self.changes or self.dropped or self.made)

    def reversed(self) -> Difference:
        """The way back."""
        changes = tuple(change.reversed() for change in reversed(self.changes))
        return Difference(changes=changes, dropped=self.made, made=self.dropped)


def diff(old: Schema, new: Schema, renames: Renames) -> Difference:
    """What makes the new database of the old one.

    Where any table changes, all objects beside tables go first and come back at last: they may be about it, and SQLite
    loses the triggers of a table that it copies.
    """
    changes = tuple(_changes(old, new, renames))
    before, after = {each for each in old.objects if changes or each not in new.objects}, set(new.objects)
    return Difference(
        changes=changes,
        dropped=tuple(each for each in old.objects if each in before),
        made=tuple(each for each in new.objects if each in after and (changes or each not in old.objects)),
    )


def _changes(old: Schema, new: Schema, renames: Renames) -> Iterator[Change]:
    left = {table.origin: table for table in old.tables}
    pairs: list[tuple[Table | None, Table]] = []
    for table in new.tables:
        before = left.pop(table.origin, None)
        pairs.append((before, table))
    for at, (before, table) in enumerate(pairs):
        was = next((name for name in renames.tables.get(table.origin, ()) if name in left), "")
        if before is None and was:
            pairs[at] = (left.pop(was), table)
    yield from (Change(old=table, new=None) for table in reversed(old.tables) if table.origin in left)
    for before, table in pairs:
        columns = tuple(_columns(before, table, renames)) if before else ()
        change = Change(old=before, new=table, columns=columns)
        if before is None or _differs(before, table, columns):
            yield change


def _columns(old: Table, new: Table, renames: Renames) -> Iterator[tuple[Column | None, Column | None]]:
    left = {column.origin: column for column in old.columns}
    found: dict[str, Column] = {}
    for column in new.columns:
        if column.origin in left:
            found[column.name] = left.pop(column.origin)
    for column in new.columns:
        was = next((name for name in renames.columns.get((new.origin, column.origin), ()) if name in left), "")
        if column.name not in found and was:
            found[column.name] = left.pop(was)
    yield from ((column, None) for column in old.columns if column.origin in left)
    yield from ((found.get(column.name), column) for column in new.columns)


def _differs(old: Table, new: Table, columns: tuple[tuple[Column | None, Column | None], ...]) -> bool:
    return (
        old.name != new.name
        or any(before is None or after is None or _stored(before) != _stored(after) for before, after in columns)
        or bool(_without(old, new) or _without(new, old))
    )


def _stored(column: Column) -> Column:
    """A column as the database knows it."""
    return replace(column, origin="", fill="", choices=())


def _without(one: Table, other: Table) -> tuple[Constraint, ...]:
    """The conditions of a table that another one has not."""
    others = {replace(each, late=False) for each in other.constraints}
    moved = one.name != other.name
    return tuple(each for each in one.constraints if moved or replace(each, late=False) not in others)


def altered(old: Column, new: Column) -> bool:
    """Whether a column stays where it is, and is not the same."""
    return _stored(old) != _stored(new) and not replaced(old, new)


def replaced(old: Column, new: Column) -> bool:
    """Whether the values of a column move to another one, since their type is another."""
    return fate(old, new) in {"converted", "lost"}
