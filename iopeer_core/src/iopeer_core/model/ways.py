"""Ways over links from a row to the account: what makes a row somebody's own through another row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iopeer_core.model.spec import BelongsTo, Entity, Field

STEP = "."
"""Between the links of a way: `patient.account`."""
FARTHEST = 3
"""Links of the ways that are suggested."""


def target_of(item: Field | None) -> str | None:
    """The entity to whose one row a field links; None for what is no such link.

    Args:
        item: a field.
    """
    kind = item.type if item else None
    return kind.targets[0] if isinstance(kind, BelongsTo) and len(kind.targets) == 1 else None


def followed(entities: Iterable[Entity], start: str, way: str) -> Iterator[tuple[str, str | None]]:
    """Each step of a way: the field's identifier, and the entity to which it leads; None from where it leads nowhere.

    Args:
        entities: all of them.
        start: the entity where the way begins.
        way: identifiers of links, `patient.account`.
    """
    known = {entity.name: entity for entity in entities}
    here: str | None = start
    for step in way.split(STEP):
        entity = known.get(here or "")
        here = target_of(entity.field(step)) if entity else None
        yield step, here


def leads_to(entities: Iterable[Entity], start: str, way: str) -> str | None:
    """The entity where a way ends; None where one of its steps is no link to one row.

    Args:
        entities: all of them.
        start: the entity where the way begins.
        way: identifiers of links.
    """
    *_, (_, end) = followed(entities, start, way)
    return end


def ways(entities: Iterable[Entity], start: str, end: str) -> Iterator[tuple[Field, ...]]:
    """The ways of few links from one entity to another, the shortest first.

    Args:
        entities: all of them.
        start: where they begin.
        end: where they end.
    """
    known = {entity.name: entity for entity in entities}
    pending: list[tuple[str, tuple[Field, ...]]] = [(start, ())]
    for here, way in pending:  # grows while it is walked
        for item in known[here].fields if here in known and len(way) < FARTHEST else ():
            target = target_of(item)
            if target == end:
                yield (*way, item)
            elif target and target != start:
                pending.append((target, (*way, item)))
