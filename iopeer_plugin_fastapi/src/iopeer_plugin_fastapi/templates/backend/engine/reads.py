"""Reading one row. Statements are built once per role; values are bound when they run."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.entity import Entity, Event, Row, run
from backend.engine.policy import Actor, Id, Verb, bindings, role_of
from backend.engine.problems import NotFound
from backend.engine.projection import projection

KEY: BindParameter[Any] = bindparam("_key")


@lru_cache(maxsize=1024)
def _one(entity: Entity, role: str | None, written: bool) -> Select[Any]:
    """Prepare the statement that reads one row."""
    conditions = entity.live(entity.table) if written else entity.visible(entity.table, role)
    return projection(entity, role, written).statement.where(entity.table.c.id == KEY, *conditions)


async def get(entity: Entity, connection: AsyncConnection, actor: Actor | None, key: Id) -> Row:
    """Give one row.

    Raises:
        Forbidden: the caller may read none.
        NotFound: it is not there, or the caller may not see it.
    """
    row = await seek(entity, connection, actor, key)
    if row is None:
        raise NotFound
    return row


async def seek(
    entity: Entity, connection: AsyncConnection, actor: Actor | None, key: Id
) -> Row | None:
    """Give one row, or None where it is not there or the caller may not see it.

    Raises:
        Forbidden: the caller may read none.
    """
    entity.granted(actor, Verb.READ)
    if entity.before:
        await run(entity.before, Event(entity, Verb.READ, connection, actor, key))
    row = await _read(entity, connection, actor, key, written=False)
    if row is not None and entity.after:
        await run(entity.after, Event(entity, Verb.READ, connection, actor, key, row))
    return row


def version_of(row: Mapping[str, Any]) -> str | None:
    """Give the version of a row: when it was last changed, as it is answered; None where that is not told."""
    changed: datetime | None = row.get("updated_at")
    return None if changed is None else changed.isoformat().replace("+00:00", "Z")


async def answer(entity: Entity, connection: AsyncConnection, actor: Actor | None, key: Id) -> Row:
    """Give a row just written as the caller sees it, or as written if that hid it."""
    row = None
    if not entity.scope(role_of(actor), Verb.READ).never():
        row = await seek(entity, connection, actor, key)
    if row is None:
        row = await _read(entity, connection, actor, key, written=True)
    if row is None:
        raise NotFound
    return row


async def _read(
    entity: Entity, connection: AsyncConnection, actor: Actor | None, key: Id, *, written: bool
) -> Row | None:
    role = role_of(actor)
    statement, values = _one(entity, role, written), bindings(actor) | {"_key": key}
    found = (await connection.execute(statement, values)).first()
    if found is None:
        return None
    prepared = projection(entity, role, written)
    row = prepared.present(found)
    if prepared.links:
        await prepared.attach(connection, actor, [row])
    return row


async def expect(entity: Entity, connection: AsyncConnection, actor: Actor | None, key: Id) -> None:
    """Raise NotFound unless the caller sees a row."""
    values = bindings(actor) | {"_key": key}
    if (await connection.execute(_seen(entity, role_of(actor)), values)).first() is None:
        raise NotFound


@lru_cache(maxsize=1024)
def _seen(entity: Entity, role: str | None) -> Select[Any]:
    """Prepare the statement that tells whether a row is seen."""
    visible = entity.visible(entity.table, role)
    return select(entity.table.c.id).where(entity.table.c.id == KEY, *visible)
