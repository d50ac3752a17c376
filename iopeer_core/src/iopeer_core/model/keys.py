"""What every row has beside its fields: the key, whose value is its `id`, and when it was created and updated."""

from __future__ import annotations

import re
from dataclasses import replace

from iopeer_core.model.formats import FREE_TEXTS
from iopeer_core.model.spec import Entity, Field, PrimaryKeyRule, Rule, Scalar, ScalarType, UniqueRule

ID_TYPE = ScalarType(scalar=Scalar.INTEGER)
TIMESTAMPS = ("created_at", "updated_at")
ADDRESSABLE = r"^\s*\.{0,2}[^./\s][^/]*$"
"""Of a text that is a key: it is part of a path, which a slash ends and dots alone lead elsewhere."""


def key_field(entity: Entity) -> Field | None:
    """The field that a spec declares as the primary key; None where the key is the `id` that every entity has.

    A declared key's value is the row's `id` too, so that every row has one URL. Keys of several fields, or of a link,
    are unique beside the `id` (contract.md).
    """
    declared = [item.name for item in entity.fields if item.primary_key]
    declared += [name for rule in entity.rules if isinstance(rule, PrimaryKeyRule) for name in rule.fields]
    found = entity.field(declared[0]) if len(declared) == 1 else None
    return None if found is None or found.is_link else found


def key_type(entity: Entity) -> ScalarType:
    """The type of a row's `id`."""
    key = key_field(entity)
    return key.type if key and isinstance(key.type, ScalarType) else ID_TYPE


def is_addressable(item: Field, text: str) -> bool:
    """Whether a row can be reached under a value of a field: always, but for some texts of a key.

    Args:
        item: of an entity that is `keyed`.
        text: its canonical value.
    """
    return not stands_in_paths(item) or bool(re.search(ADDRESSABLE, text))


def stands_in_paths(item: Field) -> bool:
    """Whether values of a field are parts of paths as they were typed: free texts that are the key."""
    return item.primary_key and isinstance(item.type, ScalarType) and item.type.scalar in FREE_TEXTS


def keyed(entity: Entity) -> Entity:
    """The entity with its key said in one way: a field that is the primary key, or a unique rule beside the `id`.

    A rule of one field that holds a value makes it the key; one of several, or of a link, stays beside the `id` as a
    unique rule (contract.md). What is in a key is never empty.
    """
    named = {name for rule in entity.rules if isinstance(rule, PrimaryKeyRule) for name in rule.fields}
    if not named:
        return entity
    alone = next((f for f in entity.fields if {f.name} == named and not f.is_link), None)
    return replace(
        entity,
        fields=tuple(_in_key(f, alone=f is alone) if f.name in named else f for f in entity.fields),
        rules=tuple(
            rule
            for rule in map(_unique, entity.rules)
            if alone is None or rule.kind != "unique" or set(rule.fields) != named
        ),
    )


def _in_key(item: Field, *, alone: bool) -> Field:
    return replace(item, required=True, primary_key=item.primary_key or alone)


def _unique(rule: Rule) -> Rule:
    return UniqueRule(fields=rule.fields, span=rule.span) if isinstance(rule, PrimaryKeyRule) else rule
