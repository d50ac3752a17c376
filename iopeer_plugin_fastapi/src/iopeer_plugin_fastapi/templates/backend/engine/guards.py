"""What is checked around every write: grants on rows and fields, where links lead, and rules."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.entity import Entity, entity_of
from backend.engine.policy import Actor, Id, Scope, Verb, bindings, role_of
from backend.engine.problems import Conflict, Forbidden, NotFound, Stale
from backend.engine.reads import KEY, answer, version_of


def allow(entity: Entity, scope: Scope, names: Iterable[str]) -> None:
    """Refuse fields that no grant includes."""
    for name in sorted(names):
        if scope.never(entity.granted_as(name)):
            raise Forbidden(f"You may not write '{name}'.")


async def locate(
    entity: Entity,
    connection: AsyncConnection,
    actor: Actor | None,
    verb: Verb,
    key: Id,
    *,
    deleted: bool = False,
) -> tuple[Mapping[str, Any], Scope]:
    """Lock a row; give it as it is, and the grants for a verb that hold in it."""
    scope = entity.granted(actor, verb)
    statement = _locating(entity, role_of(actor), verb, deleted)
    row = (await connection.execute(statement, bindings(actor) | {"_key": key})).mappings().first()
    if row is None:
        raise NotFound
    current = {str(name): value for name, value in row.items()}
    held = scope.holding(current)
    if not held.grants:
        raise Forbidden
    return current, held


@lru_cache(maxsize=1024)
def _locating(entity: Entity, role: str | None, verb: Verb, deleted: bool) -> Select[Any]:
    """Prepare the statement that locks a visible row and tells which grants hold in it."""
    table = entity.table
    conditions = entity.visible(table, role)
    if deleted and entity.trash:
        rows = entity.scope(role, Verb.READ).where(table)
        conditions = [not_(entity.trash.live(table)), *([] if rows is None else [rows])]
    columns = [column.label(name) for name, column in table.c.items()]
    statement = select(*columns, *entity.scope(role, verb).flags(table))
    here = table.c.id == KEY
    return statement.where(here, *conditions).with_for_update(key_share=True, of=table)


async def expect_version(
    entity: Entity,
    connection: AsyncConnection,
    actor: Actor | None,
    current: Mapping[str, Any],
    expected: Collection[str] | None,
) -> None:
    """Refuse to write to a row that has none of the versions that the caller knows."""
    if expected is not None and version_of(current) not in expected:
        raise Stale(await answer(entity, connection, actor, current["id"]))


async def confirm(
    entity: Entity,
    connection: AsyncConnection,
    actor: Actor | None,
    verb: Verb,
    key: Id,
    given: Collection[str],
) -> None:
    """Refuse a row that was written so that no grant holds in it any more."""
    role = role_of(actor)
    scope = entity.scope(role, verb)
    if scope.whole:
        return
    statement = _confirming(entity, role, verb)
    row = (await connection.execute(statement, bindings(actor) | {"_key": key})).mappings().one()
    held = scope.holding({str(name): value for name, value in row.items()})
    if not held.grants:
        raise Forbidden("You may not write such a row.")
    allow(entity, held, given)


@lru_cache(maxsize=1024)
def _confirming(entity: Entity, role: str | None, verb: Verb) -> Select[Any]:
    """Prepare the statement that tells which grants hold in a row."""
    return select(*entity.scope(role, verb).flags(entity.table)).where(entity.table.c.id == KEY)


async def check_references(
    entity: Entity, connection: AsyncConnection, actor: Actor | None, values: Mapping[str, Any]
) -> None:
    """Refuse links to rows that are not there or that the caller may not see."""
    names = tuple(
        reference.column
        for reference in entity.references
        if values.get(reference.column) is not None
        and not (reference.column in entity.mine and actor and values[reference.column] == actor.id)
    )
    if not names:
        return
    given = bindings(actor) | {f"_{name}": values[name] for name in names}
    row = (await connection.execute(_referring(entity, role_of(actor), names), given)).one()
    for name, found in zip(names, row, strict=True):
        if found is None:
            raise Conflict("There is no such row.", name, "missing_reference")


@lru_cache(maxsize=1024)
def _referring(entity: Entity, role: str | None, names: tuple[str, ...]) -> Select[Any]:
    """Prepare the statement that looks for what links lead to."""
    found = []
    for reference in entity.references:
        if reference.column in names:
            target = entity_of(reference.to).table.alias()
            here = target.c.id == bindparam(f"_{reference.column}")
            visible = entity_of(reference.to).visible(target, role)
            query = select(target.c.id).where(here, *visible)
            found.append(query.scalar_subquery().label(reference.column))
    return select(*found)


async def check_rules(
    entity: Entity, connection: AsyncConnection, actor: Actor | None, key: Id
) -> None:
    """Refuse a row against a rule that no CHECK holds; where it is unknown, it holds."""
    if not entity.rules:
        return
    values = bindings(actor) | {"_key": key}
    row = (await connection.execute(_ruling(entity), values)).one()
    for rule, holds in zip(entity.rules, row, strict=True):
        if holds is False:
            raise Conflict(rule.message, rule.field, "check")


@lru_cache(maxsize=1024)
def _ruling(entity: Entity) -> Select[Any]:
    """Prepare the statement that tells which rules hold in a row."""
    rules = enumerate(entity.rules)
    columns: list[ColumnElement[Any]] = [rule.condition.label(f"_rule_{n}") for n, rule in rules]
    return select(*columns).where(entity.table.c.id == KEY)
