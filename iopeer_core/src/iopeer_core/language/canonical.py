"""One order for what has none: a spec whose independent lines were shuffled is the same spec (spec-format.md, Grammar).

Order means something for roles, fields, choices, the columns of an index or a rule, and languages: those stay as
they are written. Entities, enums, permissions, grants, rules, indexes, seeds, options and plugins' parts are sorted.
The bullets inside a plugin's part stay as written, since only the plugin knows whether their order counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from iopeer_core.model.spec import (
    NOWHERE,
    PUBLIC,
    Entity,
    Grant,
    Index,
    Permission,
    PluginBlock,
    Role,
    Rule,
    Spec,
)

_VERBS = ("all", "create", "read", "update", "delete", "nothing")


def canonical(spec: Spec) -> Spec:
    """`spec` with everything that has no order of its own in one order."""
    return replace(
        spec,
        enums=tuple(sorted(spec.enums, key=lambda enum: enum.name)),
        entities=tuple(_entity(entity, spec.roles) for entity in sorted(spec.entities, key=lambda entity: entity.name)),
        sections=_parts(spec.sections),
        seeds=tuple(sorted(spec.seeds, key=lambda table: table.entity)),
        labels=tuple(sorted(spec.labels, key=lambda label: (label.language, label.kind, label.path))),
    )


def _entity(entity: Entity, roles: Sequence[Role]) -> Entity:
    return replace(
        entity,
        permissions=_permissions(entity.permissions, roles),
        rules=tuple(sorted(dict.fromkeys(entity.rules), key=repr_of)),
        indexes=tuple(sorted(dict.fromkeys(entity.indexes), key=repr_of)),
        blocks=_parts(entity.blocks),
    )


def _permissions(permissions: Iterable[Permission], roles: Sequence[Role]) -> tuple[Permission, ...]:
    """One permission per role, in the order of the roles, the public last; its grants by verb, each once."""
    lines: dict[str, list[Permission]] = {}
    for permission in permissions:
        lines.setdefault(permission.role, []).append(permission)
    order = [*(role.name for role in roles), PUBLIC]
    return tuple(
        Permission(role=role, grants=_grants(lines[role]), span=lines[role][0].span) for role in order if role in lines
    )


def _grants(lines: Iterable[Permission]) -> tuple[Grant, ...]:
    grants = dict.fromkeys(grant for line in lines for grant in line.grants)
    return tuple(sorted(grants, key=lambda grant: (_VERBS.index(grant.verb), repr_of(grant))))


def _parts(parts: Iterable[PluginBlock]) -> tuple[PluginBlock, ...]:
    return tuple(sorted(parts, key=lambda part: (part.plugin, part.name)))


def repr_of(node: Grant | Index | Rule) -> str:
    """A node as text, without its place: equal nodes have equal texts."""
    return repr(replace(node, span=NOWHERE))
