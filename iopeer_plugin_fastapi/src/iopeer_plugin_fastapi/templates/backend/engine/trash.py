"""Soft deletion: what is deleted is marked so, out of sight, and can be brought back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.columns import utcnow
from backend.engine.entity import Entity, Event, Reference, Row, Trash, entities, entity_of, run
from backend.engine.guards import locate
from backend.engine.policy import Actor, Id, Verb
from backend.engine.problems import Conflict
from backend.engine.reads import answer
from backend.engine.transactions import expect_whole

AT_ONCE = 500
"""Rows that one statement names; a database binds some thousand values."""


class SoftDelete(Trash):
    """Marks rows by the moment of their deletion."""

    column = "deleted_at"

    def live(self, table: FromClause) -> ColumnElement[bool]:
        """Give the condition that a row is not deleted."""
        return table.c.deleted_at.is_(None)

    async def discard(self, entity: Entity, connection: AsyncConnection, key: Id) -> None:
        """Mark a row as deleted, and with it all that a deletion in circles takes along.

        What belongs to it otherwise is out of sight without a mark. Raises Conflict where rows that
        stay need one of them.
        """
        marked = await _mark(entity, connection, [key], utcnow(), None)
        for each, keys in marked.items():
            for some in _parts(keys):
                await _refuse_needed(each, connection, some)


async def _mark(
    entity: Entity,
    connection: AsyncConnection,
    keys: list[Id],
    moment: datetime | None,
    present: datetime | None,
) -> dict[Entity, list[Id]]:
    """Mark rows that have the mark `present`, and those that are in circles below them.

    Gives all of them, by entity.
    """
    marked: dict[Entity, list[Id]] = {}
    pending = [(entity, keys)]
    while pending:
        each, found = pending.pop()
        found = [key for key in found if key not in marked.get(each, ())]
        marked.setdefault(each, []).extend(found)
        table = each.table
        for some in _parts(found):
            if each.trash:
                here = update(table).where(table.c.id.in_(some))
                await connection.execute(here.values(deleted_at=moment))
            for other, reference in _ring(each):
                below = select(other.table.c.id).where(other.table.c[reference.column].in_(some))
                if other.trash:
                    below = below.where(other.table.c.deleted_at.is_not_distinct_from(present))
                pending.append((other, list(await connection.scalars(below))))
        pending = [(one, rows) for one, rows in pending if rows]
    return marked


def _ring(entity: Entity) -> Iterator[tuple[Entity, Reference]]:
    """Give the links by which rows are deleted with those of an entity, in circles."""
    for other in entities():
        for reference in other.ringed:
            if entity_of(reference.to) is entity:
                yield other, reference


def _parts(keys: list[Id]) -> Iterator[list[Id]]:
    """Give keys in lists that one statement takes."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


async def _refuse_needed(entity: Entity, connection: AsyncConnection, keys: list[Id]) -> None:
    """Refuse to hide rows that live rows need, as the database refuses to delete them."""
    for other in entities():
        for column in other.table.c:
            leads = (k for k in column.foreign_keys if k.column.table is entity.table)
            if any(each.ondelete == "RESTRICT" for each in leads):
                needing = exists().where(column.in_(keys), *other.live(other.table))
                if await connection.scalar(select(needing)):
                    raise Conflict("Other rows still link to this one.")


async def restore(entity: Entity, connection: AsyncConnection, actor: Actor | None, key: Id) -> Row:
    """Bring a deleted row back with what was deleted along with it; give it as it may be read.

    Args:
        entity: what the row is of.
        connection: where to write.
        actor: the caller.
        key: the id of the row.

    Raises:
        NotFound: no such row is deleted, or the caller may not see it.
        Forbidden: the caller may not delete it, hence not restore it.
        Conflict: what it belongs to is deleted.
    """
    expect_whole()
    current, _ = await locate(entity, connection, actor, Verb.DELETE, key, deleted=True)
    event = Event(entity, Verb.UPDATE, connection, actor, key, {"deleted_at": None})
    await run(entity.before, event)
    await _mark(entity, connection, [key], None, current["deleted_at"])
    await _refuse_below_deleted(entity, connection, current)
    await run(entity.after, event)
    return await answer(entity, connection, actor, key)


async def _refuse_below_deleted(
    entity: Entity, connection: AsyncConnection, current: Any
) -> None:
    """Refuse to bring back what was deleted along with a row that stays deleted."""
    for reference in entity.ringed:
        parent = entity_of(reference.to)
        here = parent.table.c.id == current[reference.column]
        if current[reference.column] is not None:
            found = select(exists().where(here, *parent.live(parent.table)))
            if not await connection.scalar(found):
                words = "What this belongs to is deleted."
                raise Conflict(words, reference.column, "parent_deleted")
