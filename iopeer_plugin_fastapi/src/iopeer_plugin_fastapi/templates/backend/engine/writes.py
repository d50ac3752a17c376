"""Writing rows, as far as allowed, each in the transaction of the connection."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from backend.engine.columns import utcnow
from backend.engine.entity import Entity, Event, Links, Row, entity_of, run
from backend.engine.guards import allow, check_references, check_rules, confirm, expect_version, locate
from backend.engine.policy import Actor, Id, Scope, Verb, bindings, role_of
from backend.engine.problems import Conflict, Unauthorized
from backend.engine.projection import projection, returned
from backend.engine.reads import answer
from backend.engine.transactions import expect_whole
from backend.engine.violations import problem_of


async def create(
    entity: Entity, connection: AsyncConnection, actor: Actor | None, data: BaseModel
) -> Row:
    """Add a row, and give it as the caller may read it.

    Args:
        entity: what is added to.
        connection: where to write.
        actor: the caller.
        data: the values, in the entity's schema for a whole row.

    Raises:
        Forbidden: the caller may not add such a row, or not set these fields.
        Conflict: a link leads to nothing that the caller sees, or a rule is broken.
    """
    expect_whole()
    scope = entity.granted(actor, Verb.CREATE)
    values = data.model_dump(by_alias=True, exclude_unset=True)
    given = frozenset(values)
    allow(entity, scope, given)
    values = _mine(entity, actor, values) | values
    event = Event(entity, Verb.CREATE, connection, actor, None, values)
    if entity.before:
        await run(entity.before, event)
    links, values = _apart(entity, values)
    await check_references(entity, connection, actor, values)
    role = role_of(actor)
    try:
        row = (await connection.execute(_inserting(entity, role), values | bindings(actor))).one()
    except IntegrityError as error:
        raise problem_of(error, key=entity.key) from error
    key: Id = row.id
    await confirm(entity, connection, actor, Verb.CREATE, key, given)
    await check_rules(entity, connection, actor, key)
    for each, wanted in links.items():
        await each.replace(connection, actor, key, wanted)
    if entity.after:
        await run(entity.after, replace(event, key=key))
    if not _at_once(entity, role):
        return await answer(entity, connection, actor, key)
    prepared = projection(entity, role)
    added = prepared.present(row)
    if prepared.links:
        await prepared.attach(connection, actor, [added])
    return added


async def change(
    entity: Entity,
    connection: AsyncConnection,
    actor: Actor | None,
    key: Id,
    data: BaseModel,
    *,
    whole: bool = False,
    expected: Collection[str] | None = None,
) -> Row:
    """Change a row, and give it as the caller may read it.

    Args:
        entity: what is changed.
        connection: where to write.
        actor: the caller.
        key: the id of the row.
        data: the new values, in the entity's schema for changes, or for a whole row.
        whole: what is absent gets its default, instead of staying.
        expected: the versions of the row that the caller knows; None takes any.

    Raises:
        NotFound: the row is not there, or the caller may not see it.
        Forbidden: the caller may not change this row, or not these fields, or not so.
        Conflict: a link leads to nothing that the caller sees, or a rule is broken.
        Stale: the row has another version.
    """
    expect_whole()
    current, held = await locate(entity, connection, actor, Verb.UPDATE, key)
    await expect_version(entity, connection, actor, current, expected)
    values = data.model_dump(by_alias=True, exclude_unset=True)
    given = frozenset(values)
    allow(entity, held, given)
    if whole:
        rest = data.model_dump(by_alias=True, exclude=data.model_fields_set)
        values |= {name: value for name, value in rest.items() if _resets(entity, held, name)}
    if values.get("id", key) != key:
        raise Conflict("The key of a row stays as it is.", "id", "fixed_key")
    event = Event(entity, Verb.UPDATE, connection, actor, key, values, entity.shown(current))
    await run(entity.before, event)
    links, values = _apart(entity, values)
    moved = {name: value for name, value in values.items() if value != current[name]}
    await check_references(entity, connection, actor, moved)
    for reference in entity.references:
        if moved.get(reference.column) is not None:
            await reference.admit(entity, connection, key, moved[reference.column])
    if values or links:
        changed = update(entity.table).where(entity.table.c.id == key)
        try:
            await connection.execute(changed.values(values | {"updated_at": utcnow()}))
        except IntegrityError as error:
            raise problem_of(error) from error
    await confirm(entity, connection, actor, Verb.UPDATE, key, given)
    await check_rules(entity, connection, actor, key)
    for each, wanted in links.items():
        await each.replace(connection, actor, key, wanted)
    await run(entity.after, event)
    return await answer(entity, connection, actor, key)


async def remove(
    entity: Entity,
    connection: AsyncConnection,
    actor: Actor | None,
    key: Id,
    *,
    expected: Collection[str] | None = None,
) -> None:
    """Delete a row, or take it out of sight where the entity keeps what is deleted.

    Args:
        entity: what is removed from.
        connection: where to write.
        actor: the caller.
        key: the id of the row.
        expected: the versions of the row that the caller knows; None takes any.

    Raises:
        NotFound: the row is not there, or the caller may not see it.
        Forbidden: the caller may not delete it.
        Conflict: other rows need it.
        Stale: the row has another version.
    """
    expect_whole()
    current, _ = await locate(entity, connection, actor, Verb.DELETE, key)
    await expect_version(entity, connection, actor, current, expected)
    event = Event(entity, Verb.DELETE, connection, actor, key, old=entity.shown(current))
    await run(entity.before, event)
    if entity.trash:
        await entity.trash.discard(entity, connection, key)
    else:
        try:
            await connection.execute(delete(entity.table).where(entity.table.c.id == key))
        except IntegrityError as error:
            raise Conflict("Other rows still link to this one.") from error
    await run(entity.after, event)


def _mine(entity: Entity, actor: Actor | None, values: Mapping[str, Any]) -> Row:
    """Give the links that lead to the caller where nothing else is given."""
    if actor is not None:
        return dict.fromkeys(entity.mine, actor.id)
    needed = (name for name in entity.mine if not entity.table.c[name].nullable)
    if any(name not in values for name in needed):
        raise Unauthorized
    return {}


def _apart(entity: Entity, values: Mapping[str, Any]) -> tuple[dict[Links, set[Id]], Row]:
    """Separate the sets of links from the values of a row."""
    if not entity.links:
        return {}, dict(values)
    links = {each: set(values[ids]) for ids, each in entity.sets.items() if ids in values}
    return links, {name: value for name, value in values.items() if name not in entity.sets}


def _resets(entity: Entity, held: Scope, name: str) -> bool:
    """Tell whether a field that a whole row leaves out gets its default: if it may be written."""
    return name not in entity.mine and not held.never(entity.granted_as(name))


@lru_cache(maxsize=1024)
def _at_once(entity: Entity, role: str | None) -> bool:
    """Tell whether an INSERT may return what a role reads: every row whole, and no steps."""
    # Subqueries of a RETURNING name columns without their tables: one within another mistakes them.
    nested = any(entity_of(reference.to).part_of for reference in entity.references)
    return entity.scope(role, Verb.READ).whole and not (entity.before or entity.after or nested)


@lru_cache(maxsize=1024)
def _inserting(entity: Entity, role: str | None) -> ReturningInsert[Any]:
    """Prepare the statement that adds a row, and gives it back where that is the answer."""
    columns = returned(entity, role) if _at_once(entity, role) else [entity.table.c.id]
    return insert(entity.table).returning(*columns)
