"""What `before_plan` may return: additions to the user's Spec, never another Spec.

All plugins see the same Spec; their additions are united first (entities, roles), then selectors resolve over the
union, so the order of plugins does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from iopeer_core.blueprint.contributions import Where
from iopeer_core.model.spec import Entity, Field, Grant, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEntity:
    """An entity that the product needs; it becomes an entity like the user's (`added_by` is filled in)."""

    entity: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class AddField:
    """A field on every entity that `where` selects. A field of that name which differs is an error."""

    where: Where
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRole:
    """A role, after the user's."""

    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGrant:
    """Grants of a role (or `public`) on the entities that `where` selects."""

    where: Where
    role: str
    grants: tuple[Grant, ...]


Addition = AddEntity | AddField | AddRole | AddGrant
