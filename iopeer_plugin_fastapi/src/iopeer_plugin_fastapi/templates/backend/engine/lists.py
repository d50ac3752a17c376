"""Reading pages of rows: filtered, sorted, searched, counted on request.

Statements are built once per role and form of the query; values are bound when they run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.columns import Identified
from backend.engine.entity import Entity, Event, Reference, Row, as_text, entity_of, run
from backend.engine.policy import Actor, Scope, Verb, bindings, role_of
from backend.engine.problems import Forbidden, Invalid, NotFound
from backend.engine.projection import Projection, projection
from backend.engine.query import EVERYTHING, Listed, Order, Parent, Query, Shape
from backend.engine.reads import expect
from backend.engine.texts import fold, folded, rank


async def find(
    entity: Entity,
    connection: AsyncConnection,
    actor: Actor | None,
    query: Query = EVERYTHING,
    parent: Parent | None = None,
) -> Listed:
    """Give a page of rows.

    Args:
        entity: what is listed.
        connection: where to read.
        actor: the caller.
        query: filters, order, text to look for, and which page.
        parent: the row that all rows must link to.

    Raises:
        Forbidden: the caller may not read these, or not the fields that the query names.
        Invalid: the query names what the entity has not.
        NotFound: the parent is not there, or the caller may not see it.
    """
    entity.granted(actor, Verb.READ)
    if query.deleted:
        entity.granted(actor, Verb.DELETE)
    if parent is not None:
        await expect(parent.entity, connection, actor, parent.key)
        query = query.within(parent.field, parent.key)
    if entity.before:
        await run(entity.before, Event(entity, Verb.READ, connection, actor))
    role = role_of(actor)
    statements, values = _listing(entity, role, query.shape), _values(query, actor)
    prepared = projection(entity, role)
    items = [prepared.present(row) for row in await connection.execute(statements.rows, values)]
    if prepared.links:
        await prepared.attach(connection, actor, items)
    if entity.after:
        await run(entity.after, Event(entity, Verb.READ, connection, actor))
    total = await connection.scalar(statements.total, values) if query.count else None
    return {"items": items, "total": total, "limit": query.limit, "offset": query.offset}


async def only(
    entity: Entity, connection: AsyncConnection, actor: Actor | None, parent: Parent
) -> Row:
    """Give the one row that links to a parent.

    Raises:
        Forbidden: the caller may read none.
        NotFound: there is none, or the caller may not see it or its parent.
    """
    page = await find(entity, connection, actor, parent=parent)
    if not page["items"]:
        raise NotFound
    return page["items"][0]


@dataclass(frozen=True, slots=True)
class Listing:
    """The statements of a list: its rows, and how many there are."""

    rows: Select[Any]
    total: Select[int]


@lru_cache(maxsize=512)
def _listing(entity: Entity, role: str | None, shape: Shape) -> Listing:
    """Prepare the statements of a list."""
    table, scope = entity.table, entity.scope(role, Verb.READ)
    conditions = _deleted(entity, role) if shape.deleted else entity.visible(table, role)
    for number, (field, operator) in enumerate(shape.filters):
        conditions += _granted(scope, entity, field)
        conditions.append(_compare(entity, field, operator, number))
    if shape.search:
        conditions.append(_search(entity, role, scope))
    prepared = projection(entity, role)
    rows_statement = (
        prepared.statement.where(*conditions)
        .order_by(*_sorted(prepared, shape.order))
        .limit(bindparam("_limit", type_=BigInteger))
        .offset(bindparam("_offset", type_=BigInteger))
    )
    return Listing(rows_statement, select(func.count()).select_from(table).where(*conditions))


def _deleted(entity: Entity, role: str | None) -> list[ColumnElement[bool]]:
    """Give the conditions of the deleted rows that a role may see, and bring back."""
    if entity.trash is None:
        raise Invalid("deleted", "unknown_parameter", "Nothing of this is kept when it is deleted.")
    granted = (entity.scope(role, verb).where(entity.table) for verb in (Verb.READ, Verb.DELETE))
    return [not_(entity.trash.live(entity.table)), *(rows for rows in granted if rows is not None)]


def _compare(entity: Entity, field: str, operator: str, number: int) -> ColumnElement[bool]:
    """Compare a field with the value number `number` of a query."""
    name = f"_value_{number}"
    if field in entity.sets:
        return entity.sets[field].holds(entity.table, bindparam(name))
    column = entity.columns[field]
    value = bindparam(name, type_=column.type)
    match operator:
        case "eq":
            return column == value
        case "in":
            return column.in_(bindparam(name, type_=column.type, expanding=True))
        case "gte":
            return column >= value
        case "gt":
            return column > value
        case "lte":
            return column <= value
        case "lt":
            return column < value
        case "contains":
            return fold(column).like(value, escape="\\")
        case "isnull":
            return column.is_(None) == bindparam(name, type_=Boolean)
        case _:
            raise Invalid(field, "unknown_operator", f"There is no operator '{operator}'.")


def _granted(scope: Scope, entity: Entity, field: str) -> list[ColumnElement[bool]]:
    """Give the condition that the caller may read a field of a row, where that adds anything.

    Raises:
        Invalid: there is no such field.
        Forbidden: no row shows it to the caller.
    """
    if field not in entity.columns and field not in entity.sets:
        raise Invalid(field, "unknown_field", "There is no such field.")
    name = entity.granted_as(field)
    if scope.never(name):
        raise Forbidden(f"You may not read '{field}'.")
    where = None if scope.equal(name, "id") else scope.where(entity.table, name)
    return [] if where is None else [where]


def _sorted(prepared: Projection, order: Sequence[Order]) -> list[ColumnElement[Any]]:
    """Give the order of a list: nulls last, ties by id; where none is asked for, the newest first."""
    entity, scope = prepared.entity, prepared.scope
    if not order:
        counted = issubclass(entity.model, Identified)
        moment = [] if counted else [entity.table.c.created_at.desc()]
        return [*moment, entity.table.c.id.desc()]
    keys: list[ColumnElement[Any]] = []
    for each in order:
        field = "id" if each.field == entity.key else each.field
        if field in entity.sets:
            raise Invalid(field, "unknown_field", "Lists are not sorted by links.")
        linked = [r for r in entity.references if r.answer == field and r.column in entity.columns]
        granted = [where for r in linked for where in _granted(scope, entity, r.column)]
        if linked:
            key = _by_label(prepared, linked)
        else:
            granted = _granted(scope, entity, field)
            key = rank(entity.columns[field])
        key = case((and_(*granted), key)) if granted else key
        optional = granted or linked or entity.columns[field].nullable
        key = key.desc() if each.descends else key.asc()
        keys.append(key.nulls_last() if optional else key)
    return [*keys, entity.table.c.id.asc()]


def _by_label(prepared: Projection, linked: Sequence[Reference]) -> ColumnElement[Any]:
    """Give what rows are sorted by where it is the label of a link, which may be to several entities."""
    if len(linked) == 1:
        return prepared.ranks[linked[0].name]
    return func.coalesce(*(as_text(prepared.ranks[each.name]) for each in linked))


def _search(entity: Entity, role: str | None, scope: Scope) -> ColumnElement[bool]:
    """Give the condition that what the caller may read contains the text: a searchable field, or the label of a link."""
    text = bindparam("_search", type_=String)
    fields = [name for name in entity.searchable if not scope.never(name)]
    if not fields:
        raise Forbidden("You may not search these.")
    return or_(
        *(
            and_(fold(entity.columns[name]).like(text, escape="\\"), *_granted(scope, entity, name))
            for name in fields
        ),
        *(
            and_(found, *_granted(scope, entity, column))
            for column, found in _linked(entity, role, text)
            if not scope.never(column)
        ),
    )


def _linked(
    entity: Entity, role: str | None, text: ColumnElement[str]
) -> Iterator[tuple[str, ColumnElement[bool]]]:
    """Give the columns that link to rows with a name, and the condition that a text finds it."""
    for reference in entity.references:
        target = entity_of(reference.to)
        if reference.column in entity.columns and target.label != "id":
            key = entity.table.c[reference.column]
            yield reference.column, key.in_(target.named(role, text))


def _pattern(text: str) -> str:
    """Make the LIKE pattern of "contains"."""
    text = folded(text) or ""
    for special in ("\\", "%", "_"):
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"


def _values(query: Query, actor: Actor | None) -> dict[str, Any]:
    """Give the bound values of a list."""
    values = bindings(actor) | {"_limit": query.limit, "_offset": query.offset}
    if query.search:
        values["_search"] = _pattern(query.search)
    for number, each in enumerate(query.filters):
        value = _pattern(each.value) if each.operator == "contains" else each.value
        values[f"_value_{number}"] = value
    return values
