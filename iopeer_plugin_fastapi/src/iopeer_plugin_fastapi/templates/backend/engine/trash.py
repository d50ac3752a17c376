"""Soft deletion: what is deleted is marked so, out of sight, and can be brought back."""

from sqlalchemy import ColumnElement, FromClause, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.columns import utcnow
from backend.engine.entity import Entity, Event, Row, Trash, entities, run
from backend.engine.guards import locate
from backend.engine.policy import Actor, Id, Verb
from backend.engine.problems import Conflict
from backend.engine.reads import KEY, answer
from backend.engine.transactions import expect_whole


class SoftDelete(Trash):
    """Marks rows by the moment of their deletion."""

    column = "deleted_at"

    def live(self, table: FromClause) -> ColumnElement[bool]:
        """Give the condition that a row is not deleted."""
        return table.c.deleted_at.is_(None)

    async def discard(self, entity: Entity, connection: AsyncConnection, key: Id) -> None:
        """Mark a row as deleted. Raises Conflict where live rows need it."""
        await _refuse_needed(entity, connection, key)
        here = entity.table.c.id == key
        await connection.execute(update(entity.table).where(here).values(deleted_at=utcnow()))


async def _refuse_needed(entity: Entity, connection: AsyncConnection, key: Id) -> None:
    """Refuse to hide a row that live rows need, as the database refuses to delete it."""
    for other in entities():
        for column in other.table.c:
            keys = (k for k in column.foreign_keys if k.column.table is entity.table)
            if any(each.ondelete == "RESTRICT" for each in keys):
                found = select(exists().where(column == KEY, *other.live(other.table)))
                if await connection.scalar(found, {"_key": key}):
                    raise Conflict("Other rows still link to this one.")


async def restore(entity: Entity, connection: AsyncConnection, actor: Actor | None, key: Id) -> Row:
    """Bring a deleted row back, and give it as the caller may read it.

    Args:
        entity: what the row is of.
        connection: where to write.
        actor: the caller.
        key: the id of the row.

    Raises:
        NotFound: no such row is deleted, or the caller may not see it.
        Forbidden: the caller may not delete it, hence not restore it.
    """
    expect_whole()
    await locate(entity, connection, actor, Verb.DELETE, key, deleted=True)
    event = Event(entity, Verb.UPDATE, connection, actor, key, {"deleted_at": None})
    await run(entity.before, event)
    here = entity.table.c.id == key
    await connection.execute(update(entity.table).where(here).values(deleted_at=None))
    await run(entity.after, event)
    return await answer(entity, connection, actor, key)
