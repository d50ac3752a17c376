"""The first rows: each is added once, and is people's from then on."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256
from typing import Any

from pydantic_core import to_json
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    String,
    Table,
    cast,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.columns import Base
from backend.engine.entity import Entity, table_of
from backend.engine.texts import composed

SEEDS = 3
"""The lock of who seeds: of several that start at once, one does."""


@dataclass(frozen=True, slots=True)
class Seed:
    """Rows of an entity, each known by its values in `key`."""

    entity: Entity
    key: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Named:
    """The row of an entity that has this label, for links."""

    entity: Entity
    label: Any


@dataclass(frozen=True, slots=True)
class Later(Named):
    """Such a row that may be added after the one that links to it."""


@dataclass(frozen=True, slots=True)
class Added:
    """A row that was added, whose links to later ones are still to be set."""

    entity: Entity
    key: Any
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sowing:
    """One time of seeding: what was sown before, and which seed has which label."""

    connection: AsyncConnection
    memory: Table
    labels: Mapping[tuple[str, Any], str]
    known: dict[str, str | None]
    """The id of each row that was ever sown, as text, by its seed."""

    async def remember(self, table: str, seed: str, key: Any) -> None:
        """Keep in mind that a row was sown."""
        self.known[seed] = str(key)
        values = {"seed": seed, "source": table, "row_id": str(key)}
        await self.connection.execute(insert(self.memory).values(values))

    async def find(self, named: Named) -> Any:
        """Give the id of the row that a seed names: that which was sown, else one with its label.

        None stands for a row that was sown, and that somebody deleted or gave another name.
        """
        table = named.entity.table
        seed = self.labels.get((table.name, named.label), "")
        sown, key = self.known.get(seed), table.c.id
        if sown is not None:
            here = select(key).where(key == _stored(sown, key))
            return await self.connection.scalar(here)
        found = select(key).where(table.c[named.entity.label] == composed(named.label)).limit(1)
        there = await self.connection.scalar(found)
        if there is None:
            raise LookupError(f"no row of {table.name} is called {named.label!r}")
        return there


class Gone(Exception):
    """A row that has to link to one which somebody deleted: it is not sown."""


async def sow(connection: AsyncConnection, memory: type[Base], seeds: Sequence[Seed]) -> int:
    """Add the rows that were never added, and tell how many those were.

    What was sown once is people's: it is neither changed nor added again.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(SEEDS)))
    table = table_of(memory)
    rows = await connection.execute(select(table.c.seed, table.c.row_id))
    sowing = Sowing(connection, table, _labels(seeds), {seed: row for seed, row in rows})
    added: list[Added] = []
    for each in seeds:
        for number, row in enumerate(each.rows):
            seed, alike = _seed(each, number)
            if seed in sowing.known:
                continue
            try:
                key = await _add(sowing, each, row, seed, alike)
            except Gone:
                continue
            if key is not None:
                added.append(Added(each.entity, key, row))
    for one in added:
        await _link_later(sowing, one)
    return len(added)


def _seed(seed: Seed, number: int) -> tuple[str, int]:
    """Name a row by what it is known by, and tell how many before it are alike."""
    row = seed.rows[number]
    known = [name for name in seed.key if not isinstance(row[name], date | time)] or [*seed.key]
    same = (all(other[k] == row[k] for k in known) for other in seed.rows[:number])
    alike = sum(same)
    words = (seed.entity.table.name, *(f"{name}={row[name]!s}" for name in known), str(alike))
    return sha256("\0".join(words).encode()).hexdigest(), alike


def _labels(seeds: Sequence[Seed]) -> dict[tuple[str, Any], str]:
    """Give the seed of each row that others may name by its label; the first of that label."""
    found: dict[tuple[str, Any], str] = {}
    for each in seeds:
        for number, row in enumerate(each.rows):
            label = row.get(each.entity.label)
            if isinstance(label, Hashable):
                found.setdefault((each.entity.table.name, label), _seed(each, number)[0])
    return found


async def _add(
    sowing: Sowing, seed: Seed, row: Mapping[str, Any], name: str, alike: int
) -> Any:
    """Add a row unless more than `alike` have the same `key`, and give its id if it was added."""
    entity, table, connection = seed.entity, seed.entity.table, sowing.connection
    values = {
        column: await _resolved(sowing, value)
        for column, value in row.items()
        if not _is_later(value)
    }
    if any(value is None and not table.c[each].nullable for each, value in values.items()):
        raise Gone
    links = [(each, values.pop(ids)) for ids, each in entity.sets.items() if ids in values]
    same = (_equal(table.c[each], values[each]) for each in seed.key)
    present = (await connection.scalars(select(table.c.id).where(*same).order_by(table.c.id))).all()
    if len(present) > alike:
        await sowing.remember(table.name, name, present[alike])
        return None
    key = await connection.scalar(insert(table).values(values).returning(table.c.id))
    for each, targets in links:
        await each.put(connection, key, targets)
    await sowing.remember(table.name, name, key)
    return key


async def _link_later(sowing: Sowing, added: Added) -> None:
    """Set the links of a new row that lead to rows which may have come after it."""
    table = added.entity.table
    for name, value in added.row.items():
        if not _is_later(value):
            continue
        found = await _resolved(sowing, value)
        if name in added.entity.sets:
            await added.entity.sets[name].put(sowing.connection, added.key, found)
        elif found is not None:
            here = update(table).where(table.c.id == added.key)
            await sowing.connection.execute(here.values({name: found}))


def _is_later(value: Any) -> bool:
    """Tell whether a value names rows that may come later."""
    return isinstance(value[0] if isinstance(value, tuple) else value, Later)


def _equal(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    """Compare a column with a value; JSON as the text that is stored."""
    stored = isinstance(column.type, JSON)
    same: ColumnElement[bool] = (
        cast(column, String) == to_json(value).decode() if stored else column == value
    )
    return same


def _stored(key: str, column: Column[Any]) -> Any:
    """Give an id from its text."""
    return column.type.python_type(key)


async def _resolved(sowing: Sowing, value: Any) -> Any:
    """Give the id of a row that is named by its label, and any other value as it is."""
    if isinstance(value, tuple):
        found = [await _resolved(sowing, part) for part in value]
        return [key for key in found if key is not None]
    return await sowing.find(value) if isinstance(value, Named) else composed(value)
