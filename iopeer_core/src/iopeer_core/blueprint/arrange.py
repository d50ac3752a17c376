"""One order for what has none: the same facts in another order of lines are the same plan.

Order matters for roles, fields, choices, columns of an index, languages, rows of seeds and what plugins read
themselves; all the rest is sorted here.
"""

from __future__ import annotations

from dataclasses import replace

from iopeer_core.spec.model import NOWHERE, Entity, Grant, Permission, Spec


def arranged(spec: Spec) -> Spec:
    """The spec with entities, enums, seeds, permissions, rules and indexes in one order."""
    return replace(
        spec,
        app=replace(spec.app, extras=tuple(sorted(spec.app.extras, key=lambda extra: (extra.name, extra.value)))),
        enums=tuple(sorted(spec.enums, key=lambda enum: enum.name)),
        entities=tuple(sorted((_entity(spec, entity) for entity in spec.entities), key=lambda entity: entity.name)),
        seeds=tuple(sorted(spec.seeds, key=lambda table: table.entity)),
        sections=tuple(sorted(spec.sections, key=lambda section: section.name)),
    )


def _entity(spec: Spec, entity: Entity) -> Entity:
    return replace(
        entity,
        permissions=_permissions(spec, entity),
        rules=tuple(sorted(entity.rules, key=lambda rule: repr(replace(rule, span=NOWHERE)))),
        indexes=tuple(sorted(entity.indexes, key=lambda index: repr(index.columns))),
        extras=tuple(sorted(entity.extras, key=lambda extra: (extra.name, extra.value))),
        blocks=tuple(sorted(entity.blocks, key=lambda block: block.name)),
    )


def _permissions(spec: Spec, entity: Entity) -> tuple[Permission, ...]:
    """One line per role, in the order of the roles, with sorted grants: lines of one role add up."""
    order = [role.name for role in spec.roles]
    lines: dict[str, Permission] = {}
    for line in entity.permissions:
        known = lines.get(line.role)
        lines[line.role] = replace(known, grants=(*known.grants, *line.grants)) if known else line
    summed = (replace(p, grants=tuple(sorted(p.grants, key=_bare))) for p in lines.values())
    return tuple(sorted(summed, key=lambda p: (order.index(p.role) if p.role in order else len(order), p.role)))


def _bare(grant: Grant) -> str:
    return repr(replace(grant, span=NOWHERE))
