"""Which fields and entities are alike: quick checks try what is alike once, full ones all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import PUBLIC, CheckRule, Entity, Field, LiteralKind, UniqueRule
from iopeer_core.model.walk import fields_of

_FLAGS = ("required", "unique", "primary_key", "read_only", "hidden", "searchable", "minimum", "maximum", "pattern")
_MOVING = frozenset({LiteralKind.NOW, LiteralKind.TODAY})


def shown_by(item: Field, entity: Entity, relation: Relation | None) -> frozenset[str]:
    """What a field shows: each pair of its type, or link, and something that is said of it.

    Args:
        item: the field.
        entity: whose it is.
        relation: the link that it holds, if it is one.
    """
    return frozenset(_shows(item, entity, relation))


def _shows(item: Field, entity: Entity, relation: Relation | None) -> Iterator[str]:
    inner = getattr(item.type, "item", item.type)
    name = f"{item.type.kind} {getattr(inner, 'scalar', inner.kind)}"
    yield f"{name}:"
    yield from (f"{name}: {flag}" for flag in _FLAGS if getattr(item, flag))
    if item.default is not None:
        yield f"{name}: default {item.default.kind in _MOVING}"
    if any(item.name in fields_of(rule.expr) for rule in entity.rules if isinstance(rule, CheckRule)):
        yield f"{name}: ruled"
    if relation is not None:
        yield f"{name}: {relation.on_delete} {relation.required}"
        yield f"{name}: {bool(relation.through)} {relation.source in relation.targets}"


def shown_beside(entity: Entity, roles: Collection[str]) -> frozenset[str]:
    """What an entity shows beside its fields: its grants by role, its rules and its options.

    Args:
        entity: of the united spec.
        roles: those that its permissions name.
    """
    grants = {
        f"{line.role if line.role in roles else PUBLIC} {one.verb} {one.own} {bool(one.where)} {bool(one.only)}"
        for line in entity.permissions
        for one in line.grants
    }
    rules = {f"{rule.kind} {rule.expr.kind}" for rule in entity.rules if isinstance(rule, CheckRule)}
    uniques = {f"unique {len(rule.fields)}" for rule in entity.rules if isinstance(rule, UniqueRule)}
    return frozenset(grants | rules | uniques | {f"{entity.soft_delete} {entity.display} {bool(entity.indexes)}"})


def alike(entities: Sequence[Entity], relations: Sequence[Relation], roles: Collection[str]) -> tuple[str, ...]:
    """The entities that show nothing which others do not show.

    Args:
        entities: of the united spec.
        relations: their links.
        roles: of the spec.
    """
    links = {(relation.source, relation.field): relation for relation in relations}
    shown = {
        entity.name: shown_beside(entity, roles).union(
            *(shown_by(item, entity, links.get((entity.name, item.name))) for item in entity.fields)
        )
        for entity in entities
    }
    seen: set[str] = set()
    found = []
    for name, kind in kinds_of(shown).items():
        if kind in seen or kind != name:
            found.append(name)
        seen.add(kind)
    return tuple(sorted(found))


def kinds_of(shown: Mapping[str, Collection[str]]) -> dict[str, str]:
    """A kind of its own for each name that shows something new, one for all others that show the same first thing.

    The one that adds the most comes first, of several the one with the least beside it: few of them show everything.

    Args:
        shown: what each of some names shows.
    """
    alone = {frozenset(shown[name]): name for name in sorted(shown, reverse=True)}
    left = {name: {*what} for what, name in alone.items()}
    found: dict[str, str] = {}
    while new := max(left.values(), key=len, default=set()):
        name = min((n for n, what in left.items() if len(what) == len(new)), key=lambda n: (len(shown[n]), n))
        found[name] = name
        new = left.pop(name)
        left = {other: what - new for other, what in left.items()}
    return {name: found.get(name, min(what, default="")) for name, what in shown.items()}
