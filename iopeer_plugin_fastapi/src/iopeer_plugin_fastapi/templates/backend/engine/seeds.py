"""The first rows: those that are missing are added, as often as one likes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json
from sqlalchemy import JSON, ColumnElement, String, cast, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.entity import Entity
from backend.engine.texts import composed


@dataclass(frozen=True, slots=True)
class Seed:
    """Rows of an entity; as many as have the same values in `key` are there already."""

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


async def sow(connection: AsyncConnection, seeds: Sequence[Seed]) -> int:
    """Add the rows that are missing, and tell how many those were."""
    added: list[Added] = []
    for each in seeds:
        for number, row in enumerate(each.rows):
            same = (all(other[k] == row[k] for k in each.key) for other in each.rows[:number])
            key = await _add(connection, each, row, sum(same))
            if key is not None:
                added.append(Added(each.entity, key, row))
    for one in added:
        await _link_later(connection, one)
    return len(added)


async def _add(
    connection: AsyncConnection, seed: Seed, row: Mapping[str, Any], alike: int
) -> Any:
    """Add a row unless more than `alike` have the same `key`, and give its id if it was added."""
    entity, table = seed.entity, seed.entity.table
    values = {
        name: await _resolved(connection, value)
        for name, value in row.items()
        if not _is_later(value)
    }
    links = [(each, values.pop(ids)) for ids, each in entity.sets.items() if ids in values]
    same = (_equal(table.c[name], values[name]) for name in seed.key)
    if len((await connection.scalars(select(table.c.id).where(*same))).all()) > alike:
        return None
    key = await connection.scalar(insert(table).values(values).returning(table.c.id))
    for each, targets in links:
        await each.put(connection, key, targets)
    return key


async def _link_later(connection: AsyncConnection, added: Added) -> None:
    """Set the links of a new row that lead to rows which may have come after it."""
    table = added.entity.table
    for name, value in added.row.items():
        if not _is_later(value):
            continue
        found = await _resolved(connection, value)
        if name in added.entity.sets:
            await added.entity.sets[name].put(connection, added.key, found)
        else:
            here = update(table).where(table.c.id == added.key)
            await connection.execute(here.values({name: found}))


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


async def _resolved(connection: AsyncConnection, value: Any) -> Any:
    """Give the id of a row that is named by its label, and any other value as it is."""
    if isinstance(value, tuple):
        return [await _resolved(connection, part) for part in value]
    if not isinstance(value, Named):
        return composed(value)
    table = value.entity.table
    found = select(table.c.id).where(table.c[value.entity.label] == value.label).limit(1)
    key = await connection.scalar(found)
    if key is None:
        raise LookupError(f"no row of {table.name} is called {value.label!r}")
    return key
