"""What only the united Spec shows: additions that refer to nothing, and names that meet."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.language.consistency import check_consistency
from iopeer_core.language.problems import Problems
from iopeer_core.language.vocabulary import phrase
from iopeer_core.model.account import IOPEER
from iopeer_core.model.spec import (
    BelongsTo,
    Entity,
    EnumType,
    FieldType,
    HasMany,
    HasOne,
    ListType,
    ManyToMany,
    Spec,
)
from iopeer_core.model.ways import STEP


def dangling(spec: Spec) -> Iterator[str]:
    """Added fields and grants that refer to what does not exist, a line each."""
    known = {entity.name for entity in spec.entities} | {enum.name for enum in spec.enums}
    for entity in spec.entities:
        for item in entity.fields:
            for name in _referred(item.type) if item.added_by else ():
                if name not in known:
                    yield f"{item.added_by} adds {entity.name}.{item.name} of {name!r}, which does not exist"
        yield from _unknown_fields(entity)


def meeting(spec: Spec) -> Iterator[str]:
    """Names that meet, inverses and links that do not fit, a line each. The user's own spec was checked when read."""
    problems = Problems()
    check_consistency(spec, problems, lambda key: phrase(key, "en"))
    added = {entity.added_by for entity in spec.entities}
    added |= {item.added_by for entity in spec.entities for item in entity.fields}
    adders = ", ".join(sorted(added - {"", IOPEER}))
    for problem in problems.sorted("en"):
        if problem.severity == "error":
            yield problem.message + (f" (with what {adders} adds)" if adders else "")


def _unknown_fields(entity: Entity) -> Iterator[str]:
    for permission in entity.permissions:
        for grant in permission.grants if permission.added_by else ():
            for name in (*grant.only, *((grant.own_by.split(STEP)[0],) if grant.own_by else ())):
                if entity.field(name) is None:
                    yield f"{permission.added_by} grants {entity.name}.{name}, which does not exist"


def _referred(kind: FieldType) -> tuple[str, ...]:
    """The entities and enums that a type names."""
    match kind:
        case BelongsTo():
            return kind.targets
        case ManyToMany():
            return (kind.target, kind.through) if kind.through else (kind.target,)
        case HasMany() | HasOne():
            return (kind.target,)
        case EnumType():
            return (kind.enum,)
        case ListType():
            return _referred(kind.item)
        case _:
            return ()
