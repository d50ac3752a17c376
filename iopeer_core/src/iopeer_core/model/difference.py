"""What differs between two specs, entity by entity: by names, and by the `was` that a rename leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from iopeer_core.model.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs."""

    kind: Literal["added", "dropped", "renamed", "changed"]
    what: Literal["entity", "field", "role", "choices", "seeds"]
    name: str  # its identifier now; the one that it had, where it is dropped
    entity: str = ""  # of a field: its entity's identifier
    was: str = ""  # of what is renamed: the identifier that it had


def differences(old: Spec, new: Spec) -> tuple[Difference, ...]:
    """What differs: entities with their fields, roles, choices and seeds, in the order of the new spec."""
    return (
        *_entities(old, new),
        *(Difference(kind=k, what="role", name=n, was=w) for k, n, w in _pairs(old.roles, new.roles)),
        *(Difference(kind=k, what="choices", name=n, was=w) for k, n, w in _pairs(old.enums, new.enums)),
        *(Difference(kind=k, what="seeds", name=n) for k, n, _ in _seeds(old, new)),
    )


def _entities(old: Spec, new: Spec) -> Iterator[Difference]:
    known = {entity.name: entity for entity in old.entities}
    bare = [[replace(entity, fields=()) for entity in spec.entities] for spec in (old, new)]
    said = {name: (kind, was) for kind, name, was in _pairs(*bare)}
    for entity in new.entities:
        kind, was = said.pop(entity.name, ("", ""))
        if kind:
            yield Difference(kind=kind, what="entity", name=entity.name, was=was)
        if before := known.get(was or entity.name):
            for of_field, name, was_field in _pairs(before.fields, entity.fields):
                yield Difference(kind=of_field, what="field", name=name, entity=entity.name, was=was_field)
    for name in said:
        yield Difference(kind="dropped", what="entity", name=name)


def _seeds(old: Spec, new: Spec) -> Iterator[tuple[Any, str, str]]:
    rows = [{table.entity: (table.columns, table.rows) for table in spec.seeds} for spec in (old, new)]
    before, after = rows
    for entity in sorted(before.keys() | after.keys()):
        if before.get(entity) != after.get(entity):
            yield (
                "changed" if entity in before and entity in after else "added" if entity in after else "dropped",
                entity,
                "",
            )


def _pairs(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, str, str]]:
    """Of two lists of named things what became of each: kind, name, the name that it had where that is another."""
    known = {each.name: each for each in old}
    for each in new:
        before = known.pop(each.name, None)
        was: str = getattr(each, "was", None) or ""
        if before is None and was in known:
            known.pop(was)
            yield "renamed", each.name, was
        elif before is None:
            yield "added", each.name, ""
        elif _without_was(before) != _without_was(each):
            yield "changed", each.name, ""
    for name in known:
        yield "dropped", name, ""


def _without_was(each: Any) -> Any:
    return replace(each, was=None) if hasattr(each, "was") else each
