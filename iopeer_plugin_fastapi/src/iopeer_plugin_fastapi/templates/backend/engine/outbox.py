"""The outbox: changes are kept here, in their own transaction, until those who hear of them have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, Integer, String, Uuid, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from backend.engine.columns import Base, BigInt, UTCDateTime, utcnow
from backend.engine.entity import Entity, Event, Reference, Row, entities, entity_of
from backend.engine.policy import Id, Verb

RECORDED = "outbox"
"""What marks a connection on which something was kept."""
AT_ONCE = 500
"""Rows that one statement names; a database binds some thousand values."""


class Kept(Base):
    """A change that one handler has not heard of yet."""

    __tablename__ = "_outbox"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    handler: Mapped[str] = mapped_column(String(255))
    entity: Mapped[str] = mapped_column(String(255))
    row_key: Mapped[str] = mapped_column(String(255))
    operation: Mapped[str] = mapped_column(String(16))
    row_before: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    row_after: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    actor: Mapped[str | None] = mapped_column(String(255))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    tries: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    holder: Mapped[UUID | None] = mapped_column(Uuid)
    held_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        Index(None, "entity", "row_key", "handler"),
        {"sqlite_autoincrement": True},  # handlers know a change by its id: it is never given again
    )


@dataclass(frozen=True, slots=True)
class Record:
    """The step after a change that keeps it for handlers, which are named."""

    handlers: tuple[str, ...]

    async def __call__(self, event: Event) -> None:
        """Keep a change: the row as it was, and as it is now."""
        entity, key = event.entity, event.key
        new = None
        if key is not None and event.verb is not Verb.DELETE:
            new = await _row(entity, event.connection, key)
        if key is not None:
            await _keep(event, event.verb, entity, key, (event.old, new))


async def record_below(event: Event) -> None:
    """Keep what happens to other rows when one is deleted, before it is, or comes back, after that.

    What is deleted along with it, or goes out of sight, is deleted; what loses its link is updated;
    what comes back is updated, and was nothing before, as the row itself.
    """
    back = event.verb is Verb.UPDATE
    if event.key is None or (back and event.old is not None):
        return
    connection = event.connection
    own = event.entity.table.c.id
    await connection.execute(select(own).where(own == event.key).with_for_update())  # none is added
    found: dict[tuple[Entity, Id], Row] = {(event.entity, event.key): {}}
    pending: list[tuple[Entity, list[Id]]] = [(event.entity, [event.key])]
    freed: list[tuple[Entity, Reference, list[Id]]] = []
    while pending:
        entity, keys = pending.pop()
        freed += [(other, reference, keys) for other, reference in _leading(entity, "SET NULL")]
        for other, reference in _leading(entity, "CASCADE"):
            rows = await _linked(other, reference, connection, keys)
            new = {(other, row["id"]): row for row in rows if (other, row["id"]) not in found}
            found |= new
            pending += [(other, [key for _, key in new])] if new else []
    for (entity, key), row in list(found.items())[1:]:
        if back:
            await _keep(event, Verb.UPDATE, entity, key, (None, row))
        else:
            await _keep(event, Verb.DELETE, entity, key, (row, None))
    if back or event.entity.trash:
        return  # links to what is out of sight stay
    for other, reference, keys in freed:
        for row in await _linked(other, reference, connection, keys):
            if (other, row["id"]) not in found:
                changed = row | {reference.column: None}
                await _keep(event, Verb.UPDATE, other, row["id"], (row, changed))


def handlers_of(entity: Entity, verb: Verb) -> tuple[str, ...]:
    """Name who hears of a verb."""
    steps = (step for step in entity.after.get(verb, ()) if isinstance(step, Record))
    return tuple(name for step in steps for name in step.handlers)


async def _keep(
    event: Event, verb: Verb, entity: Entity, key: Id, rows: tuple[Row | None, Row | None]
) -> None:
    """Keep a change of a row, once for each of its handlers."""
    now, (old, new) = utcnow(), rows
    kept = {
        "entity": entity.name,
        "row_key": str(key),
        "operation": (verb.name or "").lower(),
        "row_before": old,
        "row_after": new,
        "actor": None if event.actor is None else str(event.actor.id),
        "changed_at": now,
        "tries": 0,
        "due_at": now,
    }
    many = [kept | {"handler": name} for name in handlers_of(entity, verb)]
    if many:
        await event.connection.execute(insert(Kept), many)
        event.connection.info[RECORDED] = True


async def _row(entity: Entity, connection: AsyncConnection, key: Id) -> Row | None:
    """Give a row as it is, without what is never answered."""
    found = await connection.execute(select(*_columns(entity)).where(entity.table.c.id == key))
    row = found.mappings().first()
    return None if row is None else dict(row)


async def _linked(
    entity: Entity, reference: Reference, connection: AsyncConnection, keys: Sequence[Id]
) -> list[Row]:
    """Give, and lock, the rows that are in sight and link to others."""
    found: list[Row] = []
    table = entity.table
    for start in range(0, len(keys), AT_ONCE):
        here = table.c[reference.column].in_(keys[start : start + AT_ONCE])
        rows = select(*_columns(entity)).where(here, *entity.live(table)).order_by(table.c.id)
        held = await connection.execute(rows.with_for_update(of=table))
        found += [dict(row) for row in held.mappings()]
    return found


def _columns(entity: Entity) -> list[Any]:
    return [column.label(name) for name, column in entity.columns.items()]


def _leading(entity: Entity, rule: str) -> Iterator[tuple[Entity, Reference]]:
    """Give the links to an entity for which the database has a rule when a row is deleted."""
    for other in entities():
        for reference in other.references:
            rules = {key.ondelete for key in other.table.c[reference.column].foreign_keys}
            if entity_of(reference.to) is entity and rule in rules:
                yield other, reference
