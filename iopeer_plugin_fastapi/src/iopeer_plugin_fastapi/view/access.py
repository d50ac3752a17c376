"""What callers may do with entities together: facts that decide which checks an app needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from iopeer_core.blueprint.contributions import Access, Policy
from iopeer_core.blueprint.policy import SIGNED_IN, united

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.entity import EntityView


def callers(view: EntityView) -> tuple[str | None, ...]:
    """Each kind of caller: the roles, or `"*"` for any account, and None for nobody.

    Args:
        view: an entity.
    """
    return (*([role.name for role in view.app.roles] or [SIGNED_IN]), None)


def policies(view: EntityView) -> Iterator[Policy]:
    """All that each kind of caller may do with an entity.

    Args:
        view: the entity.
    """
    for role in callers(view):
        found = united(view.app.blueprint.policy(view.name), role)
        if found is not None:
            yield found


def anywhere(accesses: Iterable[Access]) -> bool:
    """Whether one of several accesses is to every row.

    Args:
        accesses: those of a caller for one verb.
    """
    return any(not (access.rows.own or access.rows.where) for access in accesses)


def reaches(accesses: Iterable[Access], field: str) -> bool:
    """Whether one of several accesses includes a field.

    Args:
        accesses: those of a caller for one verb.
        field: its name.
    """
    return any(not access.fields or field in access.fields for access in accesses)


def unsearched(view: EntityView, role: str | None) -> bool:
    """Whether a caller reads rows of an entity, but none of what `q` searches.

    Args:
        view: the entity.
        role: a role's name, `"*"` for any account, None for nobody.
    """
    policy = united(view.app.blueprint.policy(view.name), role)
    searched = [item.name for item in view.entity.fields if item.searchable and not item.hidden]
    reading = policy.read if policy else ()
    return bool(reading and searched) and not any(reaches(reading, name) for name in searched)


def guarded(view: EntityView, field: str, through: EntityView) -> bool:
    """Whether some who may change a set of links may not add or delete each row that holds one.

    Args:
        view: the entity that has the set.
        field: the set.
        through: the entity whose rows are the links.
    """
    free = {policy.role for policy in policies(through) if anywhere(policy.create) and anywhere(policy.delete)}
    return any(policy.role not in free for policy in policies(view) if reaches((*policy.create, *policy.update), field))
