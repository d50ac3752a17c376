"""The account, the roles, and entities that nobody reaches (contract.md, Who may do what)."""

from __future__ import annotations

from collections.abc import Callable

from iopeer_core.language.field_types import UNKNOWN
from iopeer_core.language.problems import Problems
from iopeer_core.model.account import ROLE, email_field, holds_roles
from iopeer_core.model.keys import key_field
from iopeer_core.model.labels import choices_of
from iopeer_core.model.names import identifier
from iopeer_core.model.spec import CheckRule, Compare, Entity, EnumType, Field, FieldRef, Spec
from iopeer_core.model.walk import conditions

KEPT = ("password", "password_hash")
"""Fields of the account that belong to who keeps the passwords."""


def check_access(spec: Spec, account: str | None, problems: Problems, say: Callable[[str], str]) -> None:
    """Report an account that cannot sign in, permissions without roles; warn of what nobody may do."""
    entity = spec.entity(account or "")
    if entity:
        _check_account(spec, entity, problems, say)
    blocks = [item for item in spec.entities if item.permissions or item.closed]
    for item in blocks[:1] if not spec.roles else []:
        problems.add("E078", item.permissions[0].span if item.permissions else item.span, entity=item.names.label)
    for item in spec.entities:
        if item in blocks:
            _warn(item, problems)
            _warn_unreached(item, problems, say)
        elif blocks and spec.roles:
            problems.add("W203", item.span, entity=item.names.label, role=spec.roles[0].names.label)
        if not item.fields:
            problems.add("W205", item.span, entity=item.names.label)
        _warn_unfillable(item, problems)
        _warn_ambiguous(spec, item, problems)


def _check_account(spec: Spec, entity: Entity, problems: Problems, say: Callable[[str], str]) -> None:
    """It has an email that people can sign in with, and no field in the place of those that IOPEER keeps."""
    label, email = entity.names.label, email_field(entity)
    if email is None and not any(item.type is UNKNOWN for item in entity.fields):
        suggestion = f"{say('email')}: {say('email')}, {say('required')}, {say('unique')}"
        problems.add("E104", entity.span, suggestion, entity=label)
    role = entity.field(ROLE)
    if role and not holds_roles(spec, role):
        problems.add("E105", role.span, entity=label)
    for item in filter(None, map(entity.field, KEPT)):
        problems.add("E106", item.span, entity=label, name=item.names.label)
    if email and (email.read_only or email == key_field(entity)):
        what = say("read only" if email.read_only else "primary key")
        problems.add("E107", email.span, entity=label, name=email.names.label, what=what)


def _warn(entity: Entity, problems: Problems) -> None:
    verbs = {grant.verb for permission in entity.permissions for grant in permission.grants}
    for code, verb in (("W201", "create"), ("W202", "read")):
        if not verbs & {"all", verb}:
            problems.add(code, entity.span, entity=entity.names.label)


def _warn_unreached(entity: Entity, problems: Problems, say: Callable[[str], str]) -> None:
    """Fields that a grant names and that nobody is ever sent, or may ever write."""
    for grant in (grant for permission in entity.permissions for grant in permission.grants):
        for item in filter(None, map(entity.field, grant.only)):
            writes, reads = grant.verb in {"create", "update"}, grant.verb == "read"
            what = "hidden" if reads and item.hidden else "read only" if writes and item.read_only else ""
            if what:
                problems.add("W211", grant.span, name=item.names.label, what=say(what), verb=say(grant.verb))


def _warn_ambiguous(spec: Spec, entity: Entity, problems: Problems) -> None:
    """Fields in conditions that are called like a choice of what they are compared with."""
    wheres = ((grant.where, grant.span) for line in entity.permissions for grant in line.grants if grant.where)
    checks = ((rule.expr, rule.span) for rule in entity.rules if isinstance(rule, CheckRule))
    for expr, span in (*wheres, *checks):
        for one in conditions(expr):
            left, right = entity.field(one.left), one.right if isinstance(one, Compare) else None
            if left and isinstance(right, FieldRef) and right.name in map(identifier, _values(spec, left)):
                problems.add("W212", span, name=right.name, field=left.names.label)


def _values(spec: Spec, item: Field) -> tuple[str, ...]:
    enum = spec.enum(item.type.enum) if isinstance(item.type, EnumType) else None
    return enum.values if enum else choices_of(item.type)


def _warn_unfillable(entity: Entity, problems: Problems) -> None:
    """A required field that nobody may write and that has no default."""
    for item in entity.fields:
        if item.required and item.read_only and item.default is None and item.type is not UNKNOWN:
            problems.add("W204", item.span, name=item.names.label)
