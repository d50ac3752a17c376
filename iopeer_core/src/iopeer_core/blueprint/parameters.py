"""The query parameters of a list: paging, sorting, searching, and a filter per field (contract.md, Operations)."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.blueprint.shapes import Links
from iopeer_core.model.formats import EXACT, ORDERED, operators_of
from iopeer_core.model.keys import TIMESTAMPS, key_field, key_type
from iopeer_core.model.spec import Entity, Field

PAGE_SIZE = 20
"""Rows of a page of a list where no `limit` is given."""
MOST_ROWS = 100
"""The most that a `limit` asks for."""


def plain_parameters(entity: Entity) -> tuple[str, ...]:
    """The parameters of a list that are no filters; `deleted` where rows are only marked as deleted."""
    search = ("q",) if any(item.searchable and not item.hidden for item in entity.fields) else ()
    deleted = ("deleted",) if entity.soft_delete else ()
    return ("limit", "offset", "sort", *search, "count", *deleted)


def list_parameters(entity: Entity, links: Links) -> tuple[str, ...]:
    """All query parameters of an entity's list: `status`, `due__gte`, `limit__eq` for a field called `limit`."""
    plain = plain_parameters(entity)
    filters = (
        name if operator == "eq" and name not in plain else f"{name}__{operator}"
        for name, operator in _filters(entity, links)
    )
    return (*plain, *filters)


def _filters(entity: Entity, links: Links) -> Iterator[tuple[str, str]]:
    """Pairs of a wire name and an operator, in the order of the fields."""
    yield from (("id", operator) for operator in operators_of(key_type(entity)))
    for item in entity.fields:
        if not item.hidden and item.name != "id":
            yield from _of_field(item, entity, links)
    for name in TIMESTAMPS:
        yield from ((name, operator) for operator in ORDERED)


def _of_field(item: Field, entity: Entity, links: Links) -> Iterator[tuple[str, str]]:
    if not item.is_link:
        yield from ((item.name, operator) for operator in operators_of(item.type))
        if not item.required and item != key_field(entity):
            yield item.name, "isnull"
        return
    relation = links.get((entity.name, item.name))
    if relation is None:
        return
    for key in relation.keys:
        if relation.kind == "many":
            yield key, "eq"
            continue
        yield from ((key, operator) for operator in EXACT)
        if relation.kind == "subject" or not relation.required:
            yield key, "isnull"
