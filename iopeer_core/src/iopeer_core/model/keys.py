"""What every row has beside its fields: the key, whose value is its `id`, and when it was created and updated."""

from __future__ import annotations

from iopeer_core.model.spec import Entity, Field, PrimaryKeyRule, Scalar, ScalarType

ID_TYPE = ScalarType(scalar=Scalar.INTEGER)
TIMESTAMPS = ("created_at", "updated_at")


def key_field(entity: Entity) -> Field | None:
    """The field that a spec declares as the primary key; None where the key is the `id` that every entity has.

    A declared key's value is the row's `id` too, so that every row has one URL.
    """
    declared = [item.name for item in entity.fields if item.primary_key]
    declared += [name for rule in entity.rules if isinstance(rule, PrimaryKeyRule) for name in rule.fields]
    return entity.field(declared[0]) if len(declared) == 1 else None


def key_type(entity: Entity) -> ScalarType:
    """The type of a row's `id`."""
    key = key_field(entity)
    return key.type if key and isinstance(key.type, ScalarType) else ID_TYPE
