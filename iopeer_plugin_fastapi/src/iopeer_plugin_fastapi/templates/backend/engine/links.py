"""Links to many rows: the whole set, and one by one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    not_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.columns import Base, utcnow
from backend.engine.entity import Entity, Event, Links, Row, entity_of, run, table_of
from backend.engine.guards import allow, locate
from backend.engine.policy import Actor, Id, Verb, bindings, role_of
from backend.engine.problems import Conflict, Forbidden, NotFound
from backend.engine.transactions import expect_whole

KEYS: BindParameter[Any] = bindparam("_keys", expanding=True)


@dataclass(frozen=True, eq=False)
class LinkTable(Links):
    """Links through a table, from its column `source` to its column `target`."""

    through: Table | type[Base]
    source: str
    target: str
    held_by: str | None = None
    """The entity whose rows are the links, by its table, where not everybody may write these."""

    @cached_property
    def table(self) -> Table:
        """The table of the links."""
        return self.through if isinstance(self.through, Table) else table_of(self.through)

    @cached_property
    def near(self) -> Column[Any]:
        """The column that holds the ids of the rows that are linked."""
        return self.table.c[self.source]

    @cached_property
    def far(self) -> Column[Any]:
        """The column that holds the ids of the rows that they are linked to."""
        return self.table.c[self.target]

    def holds(self, table: FromClause, target: ColumnElement[Any]) -> ColumnElement[bool]:
        """Give the condition that a row of `table` is linked to a target."""
        return exists().where(self.near == table.c.id, self.far == target)

    async def attach(
        self, connection: AsyncConnection, actor: Actor | None, rows: Sequence[Row]
    ) -> None:
        """Add the links to rows that are answered: one statement, however many rows."""
        values = bindings(actor) | {"_keys": [row["id"] for row in rows]}
        found: dict[Id, list[Row]] = defaultdict(list)
        for near, far, label in await connection.execute(_linked(self, role_of(actor)), values):
            found[near].append({"id": far, "label": label})
        for row in rows:
            row[self.name] = found[row["id"]]

    async def replace(
        self, connection: AsyncConnection, actor: Actor | None, key: Id, wanted: Collection[Id]
    ) -> None:
        """Replace the links of a row by others, as far as the caller may."""
        present = set(await connection.scalars(select(self.far).where(self.near == key)))
        added, dropped = sorted(set(wanted) - present), sorted(present - set(wanted))
        if added and await self.missing(connection, actor, added):
            raise Conflict("There is no such row.", self.ids, "missing_reference")
        if dropped:
            await self.allow(connection, actor, Verb.DELETE, key, dropped)
            gone = delete(self.table).where(self.near == key, self.far.in_(dropped))
            await connection.execute(gone)
        if added:
            await self.put(connection, key, added)
            await self.allow(connection, actor, Verb.CREATE, key, added)

    async def put(self, connection: AsyncConnection, key: Id, targets: Collection[Id]) -> None:
        """Link a row to others that it is not linked to."""
        pairs = [{self.source: key, self.target: target} for target in targets]
        await connection.execute(insert(self.table), pairs)

    async def missing(
        self, connection: AsyncConnection, actor: Actor | None, targets: Collection[Id]
    ) -> set[Id]:
        """Give those ids that lead to nothing that the caller sees."""
        values = bindings(actor) | {"_keys": list(targets)}
        found = await connection.scalars(_targets(self, role_of(actor)), values)
        return set(targets) - set(found)

    async def allow(
        self,
        connection: AsyncConnection,
        actor: Actor | None,
        verb: Verb,
        key: Id,
        targets: Collection[Id],
    ) -> None:
        """Refuse links that are rows of an entity which the caller may not add or delete."""
        if self.held_by is None:
            return
        allowed = entity_of(self.held_by).granted(actor, verb).where(self.table)
        if allowed is None:
            return
        refused = not_(func.coalesce(allowed, False))
        found = select(exists().where(self.near == key, self.far.in_(targets), refused))
        if await connection.scalar(found, bindings(actor)):
            raise Forbidden("You may not change these links.")


@lru_cache(maxsize=1024)
def _linked(link: LinkTable, role: str | None) -> Select[Any]:
    """Prepare the statement that reads the links of many rows."""
    target = entity_of(link.to)
    other = target.table.alias()
    match = and_(other.c.id == link.far, *target.visible(other, role))
    labelled = select(link.near, link.far, target.label_of(other, role))
    rows = labelled.select_from(link.table.outerjoin(other, match)).where(link.near.in_(KEYS))
    return rows.order_by(link.near, link.far)


@lru_cache(maxsize=1024)
def _targets(link: LinkTable, role: str | None) -> Select[Any]:
    """Prepare the statement that reads which ids lead to something that a role sees."""
    target = entity_of(link.to)
    visible = target.visible(target.table, role)
    return select(target.table.c.id).where(target.table.c.id.in_(KEYS), *visible)


async def link(
    entity: Entity,
    connection: AsyncConnection,
    actor: Actor | None,
    key: Id,
    name: str,
    target: Id,
) -> None:
    """Link a row to one more; a link that is there already stays.

    Args:
        entity: what has the links.
        connection: where to write.
        actor: the caller.
        key: the id of the row that has them.
        name: the set of links, as it is answered.
        target: the id of the row to link to.

    Raises:
        NotFound: one of the rows is not there, or the caller may not see it.
        Forbidden: the caller may not change these links.
    """
    links, current = await _open_links(entity, connection, actor, key, name)
    if await links.missing(connection, actor, {target}):
        raise NotFound
    event = Event(entity, Verb.UPDATE, connection, actor, key, old=entity.shown(current))
    await run(entity.before, event)
    there = select(links.far).where(links.near == key, links.far == target)
    if (await connection.execute(there)).first() is None:
        await links.put(connection, key, [target])
        await links.allow(connection, actor, Verb.CREATE, key, [target])
        await _touch(entity, connection, key)
    await run(entity.after, event)


async def unlink(
    entity: Entity,
    connection: AsyncConnection,
    actor: Actor | None,
    key: Id,
    name: str,
    target: Id,
) -> None:
    """Remove one link.

    Args:
        entity: what has the links.
        connection: where to write.
        actor: the caller.
        key: the id of the row that has them.
        name: the set of links, as it is answered.
        target: the id of the row that is linked.

    Raises:
        NotFound: the row or the link is not there, or the caller may not see it.
        Forbidden: the caller may not change these links.
    """
    links, current = await _open_links(entity, connection, actor, key, name)
    await links.allow(connection, actor, Verb.DELETE, key, [target])
    event = Event(entity, Verb.UPDATE, connection, actor, key, old=entity.shown(current))
    await run(entity.before, event)
    gone = delete(links.table).where(links.near == key, links.far == target)
    if (await connection.execute(gone)).rowcount == 0:
        raise NotFound
    await _touch(entity, connection, key)
    await run(entity.after, event)


async def _touch(entity: Entity, connection: AsyncConnection, key: Id) -> None:
    """Give a row another version: it is answered otherwise."""
    here = update(entity.table).where(entity.table.c.id == key)
    await connection.execute(here.values(updated_at=utcnow()))


async def _open_links(
    entity: Entity, connection: AsyncConnection, actor: Actor | None, key: Id, name: str
) -> tuple[LinkTable, Mapping[str, Any]]:
    """Find the links of a row whose links the caller may change, and the row as it is."""
    expect_whole()
    current, held = await locate(entity, connection, actor, Verb.UPDATE, key)
    allow(entity, held, [name])
    links = (each for each in entity.links if isinstance(each, LinkTable))
    return next(each for each in links if each.name == name), current
