"""What the API takes and gives of an entity: members of JSON objects with wire names (contract.md, Relations)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from iopeer_core.blueprint.contributions import Policy, ShapeField
from iopeer_core.model.keys import TIMESTAMPS, key_field, key_type
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import Entity, Field, Scalar, ScalarType

_DATETIME = ScalarType(scalar=Scalar.DATETIME)
Links = Mapping[tuple[str, str], Relation]
"""The relations by entity and field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """The objects of one entity's operations."""

    read: tuple[ShapeField, ...]  # a row as it is answered
    create: tuple[ShapeField, ...]  # for POST and PUT
    update: tuple[ShapeField, ...]  # for PATCH: what is absent stays


def shapes_of(entity: Entity, links: Links, policies: Iterable[Policy]) -> Shapes:
    """The objects that the operations of an entity take and give.

    Args:
        entity: of the united spec.
        links: the relations by entity and field.
        policies: the entity's: members that some reader may not read are not always there.
    """
    withheld = _withheld(entity, policies)
    key = key_field(entity)
    written = [(item, shape) for item in entity.fields if not item.read_only for shape in _input(item, entity, links)]
    return Shapes(
        read=tuple(_row(entity, links, withheld)),
        create=tuple(shape for _, shape in written),
        update=tuple(replace(shape, required=False) for item, shape in written if item != key),
    )


def _row(entity: Entity, links: Links, withheld: frozenset[str]) -> Iterator[ShapeField]:
    yield ShapeField(name="id", type=key_type(entity), shape="id")
    for item in entity.fields:
        if not item.hidden and item.name != "id":
            yield from (replace(shape, required=item.name not in withheld) for shape in _output(item, entity, links))
    for name in TIMESTAMPS:
        yield ShapeField(name=name, type=_DATETIME, shape="timestamp", required=name not in withheld)


def _output(item: Field, entity: Entity, links: Links) -> Iterator[ShapeField]:
    """The members that a field has in an answer; a has many or has one has none."""
    nullable = not item.required
    if not item.is_link:
        yield ShapeField(name=item.name, type=item.type, nullable=nullable)
        return
    relation = links.get((entity.name, item.name))
    if relation is None:
        return
    if relation.kind == "many":
        yield ShapeField(name=item.name, type=item.type, shape="references")
        return
    single = relation.kind == "one"
    for key in relation.keys:
        yield ShapeField(name=key, type=item.type, shape="key", nullable=nullable or not single)
    yield ShapeField(name=item.name, type=item.type, shape="reference" if single else "subject", nullable=nullable)


def _input(item: Field, entity: Entity, links: Links) -> Iterator[ShapeField]:
    """The members that a field takes."""
    required = item.required and item.default is None
    if not item.is_link:
        yield ShapeField(name=item.name, type=item.type, required=required, nullable=not item.required)
        return
    relation = links.get((entity.name, item.name))
    if relation is None or not relation.writable:
        return
    many = relation.kind == "many"
    subject = relation.kind == "subject"  # exactly one of its keys, so none of them alone is required
    for key in relation.keys:
        yield ShapeField(
            name=key,
            type=item.type,
            shape="ids" if many else "key",
            required=required and not subject,
            nullable=subject or not (many or item.required),
        )


def _withheld(entity: Entity, policies: Iterable[Policy]) -> frozenset[str]:
    """The fields that somebody who reads the entity may not read."""
    names = {*(item.name for item in entity.fields), *TIMESTAMPS}
    partial = [set(access.fields) for policy in policies for access in policy.read if access.fields]
    return frozenset(name for name in names if any(name not in fields for fields in partial))
