"""Permissions of a Spec → `Policy` contributions: who may do what (contract.md, Who may do what).

Expressions stay data; what owns the queries turns them into conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, get_args

from iopeer_core.blueprint.contributions import Access, Policy, RowRule
from iopeer_core.errors import SpecError
from iopeer_core.model.account import ROLE
from iopeer_core.model.spec import PUBLIC, Entity, Field, Grant, HasMany, HasOne, Spec
from iopeer_core.model.ways import leads_to, target_of

SIGNED_IN = "*"
"""The role of any signed-in caller, in a spec without permissions."""
Verb = Literal["create", "read", "update", "delete"]
VERBS: tuple[Verb, ...] = get_args(Verb)
_EVERYTHING = (Access(),)


def is_guarded(spec: Spec) -> bool:
    """Whether a block of the user's permissions stands anywhere; where not, a signed-in caller may do all."""
    users = (entity for entity in spec.entities if not entity.added_by)
    return any(entity.closed or any(not line.added_by for line in entity.permissions) for entity in users)


def compile_policy(spec: Spec, account: str) -> tuple[Policy, ...]:
    """A policy per entity and role.

    In a spec without permissions every entity has one for `"*"`; with permissions one for each role, empty where
    nothing is granted, and one for `"public"` where something is.

    Args:
        spec: the united spec.
        account: the identifier of the account's entity.

    Raises:
        SpecError: `own` where no link, or more than one, leads to the account; `own by` links that do not lead there.
    """
    guarded = is_guarded(spec)
    return tuple(policy for entity in spec.entities for policy in _policies(spec, entity, account, guarded=guarded))


def united(policies: Iterable[Policy], role: str | None) -> Policy | None:
    """What a caller may do with one entity: the grants of his role and everybody's, without those that add nothing.

    Args:
        policies: those of one entity.
        role: the caller's role, `"*"` for any, None for a caller who is not signed in.
    """
    roles = {PUBLIC} if role is None else {PUBLIC, SIGNED_IN, role}
    found = sorted((policy for policy in policies if policy.role in roles), key=lambda policy: policy.key)
    if not found:
        return None
    create, read, update, delete = (_simplified(a for p in found for a in getattr(p, verb)) for verb in VERBS)
    return Policy(entity=found[0].entity, role=role or PUBLIC, create=create, read=read, update=update, delete=delete)


def _policies(spec: Spec, entity: Entity, account: str, *, guarded: bool) -> Iterator[Policy]:
    # A plugin's entity keeps the block that its plugin gave it.
    lines = any(line.added_by == entity.added_by for line in entity.permissions)
    own = bool(entity.added_by) and (entity.closed or lines)
    if not guarded and not own:
        yield _all(entity, SIGNED_IN)
        roles = [PUBLIC]
    elif not entity.permissions and not entity.closed:
        first = spec.roles[0].name if spec.roles else None
        for role in spec.roles:
            yield _all(entity, role.name) if role.name == first else Policy(entity=entity.name, role=role.name)
        return
    else:
        roles = [*(role.name for role in spec.roles), PUBLIC]
    for role_name in roles:
        policy = _of_role(spec, entity, role_name, account)
        if role_name != PUBLIC or any(getattr(policy, verb) for verb in VERBS):
            yield policy


def _all(entity: Entity, role: str) -> Policy:
    return Policy(
        entity=entity.name, role=role, create=_EVERYTHING, read=_EVERYTHING, update=_EVERYTHING, delete=_EVERYTHING
    )


def _of_role(spec: Spec, entity: Entity, role: str, account: str) -> Policy:
    """What the lines of one role grant, united."""
    grants = [grant for permission in entity.permissions if permission.role == role for grant in permission.grants]

    def accesses(verb: Verb) -> tuple[Access, ...]:
        of_verb = (grant for grant in grants if grant.verb in (verb, "all"))
        found = _simplified(_access(spec, entity, grant, verb, account) for grant in of_verb)
        return tuple(replace(access, fields=_in_order(entity, access.fields)) for access in found)

    create, read, update, delete = map(accesses, VERBS)
    if entity.name == account and entity.field(ROLE):
        # Only who may update others' accounts chooses roles: nobody makes himself an administrator.
        update = tuple(_without_role(entity, access) if access.rows.own == "id" else access for access in update)
        if not any(access.rows.own != "id" and ROLE in (access.fields or (ROLE,)) for access in update):
            create = tuple(_without_role(entity, access) for access in create)
    return Policy(entity=entity.name, role=role, create=create, read=read, update=update, delete=delete)


def _without_role(entity: Entity, access: Access) -> Access:
    """An access to all fields, without the role; one that names its fields as it is."""
    written = (item.name for item in entity.fields if item.name != ROLE and _is_written(item))
    return replace(access, fields=access.fields or tuple(written) or ("id",))


def _access(spec: Spec, entity: Entity, grant: Grant, verb: Verb, account: str) -> Access:
    own = _own_way(spec, entity, grant, account) if grant.own else None
    fields = () if verb == "delete" else grant.only
    return Access(rows=RowRule(own=own, where=grant.where), fields=fields)


def _is_written(item: Field) -> bool:
    return not item.read_only and not isinstance(item.type, HasMany | HasOne)


def _own_way(spec: Spec, entity: Entity, grant: Grant, account: str) -> str:
    """What `own` means: the links named, the account's own row, or the only link to the account."""
    where = f"{grant.span.file}:{grant.span.line}" if grant.span.line else ""
    if grant.own_by:
        if leads_to(spec.entities, entity.name, grant.own_by) != account:
            raise SpecError(
                f"{entity.names.label}: 'own by {grant.own_by}' does not lead to the account",
                where=where,
                how="name links to one row each, the last one to the account: own by patient.account",
            )
        return grant.own_by
    if entity.name == account:
        return "id"
    links = [item for item in entity.fields if target_of(item) == account]
    if len(links) == 1:
        return links[0].name
    names = " or ".join(f"`own by {item.names.label}`" for item in links)
    raise SpecError(
        f"{entity.names.label}: 'own' needs one link to the account, there are {len(links)}",
        where=where,
        how=f"say {names}" if links else f"add a field: - owner: belongs to {account}",
    )


def _in_order(entity: Entity, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names in the order of the fields, those that every entity has last."""
    order = {item.name: number for number, item in enumerate(entity.fields)}
    return tuple(sorted(set(names), key=lambda name: (order.get(name, len(order)), name)))


def _simplified(accesses: Iterable[Access]) -> tuple[Access, ...]:
    """Accesses to the same rows in one; without those that another includes; sorted."""
    by_rows: dict[RowRule, Access] = {}
    for access in accesses:
        known = by_rows.get(access.rows)
        by_rows[access.rows] = access if known is None else replace(access, fields=_both(known.fields, access.fields))
    found = sorted(by_rows.values(), key=lambda a: (a.rows.own is not None, a.rows.where is not None, repr(a)))
    return tuple(a for a in found if not any(b is not a and _includes(b, a) for b in found))


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The union of two sets of fields, `()` being all of them."""
    return tuple(sorted({*one, *other})) if one and other else ()


def _includes(wide: Access, narrow: Access) -> bool:
    """Whether all that one access gives is given by the other."""
    rows = wide.rows.own in (None, narrow.rows.own) and wide.rows.where in (None, narrow.rows.where)
    fields = not wide.fields or (bool(narrow.fields) and set(narrow.fields) <= set(wide.fields))
    return rows and fields
