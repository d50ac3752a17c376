"""What the templates see beside the blueprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.model.account import ROLE, email_field
from iopeer_core.model.spec import Entity, Field, Scalar, ScalarType

from iopeer_auth_clerk.entities import MEMBERSHIP, SESSION, USER
from iopeer_plugin_fastapi import symbols

KEYS = {Scalar.UUID: "UUID", Scalar.TEXT: "str"}
NAMED = (Scalar.TEXT,)
"""What the name of a user may fill."""


def missing(account: Entity) -> Iterator[Field]:
    """The fields that a new account needs, and for which there is no default."""
    email = email_field(account)
    for item in account.fields:
        filled = item.primary_key or item.default is not None or (email and item.name == email.name)
        if item.required and not filled and item.name != ROLE:
            yield item


def is_name(item: Field) -> bool:
    """Whether the name of a user fits into a field."""
    kind = item.type
    plain = isinstance(kind, ScalarType) and kind.scalar in NAMED
    return plain and not item.unique and item.pattern is None and item.minimum is None


def _longest(item: Field) -> int:
    return int(str(item.maximum.value)) if item.maximum else 0


def _key_type(account: Entity) -> str:
    kind = next((item.type for item in account.fields if item.primary_key), None)
    return KEYS.get(kind.scalar, "int") if isinstance(kind, ScalarType) else "int"


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """What the account is made of, and what the entities of Clerk are called."""
    plan = blueprint.plan
    account = plan.spec.entity(plan.account)
    if account is None:
        return {}
    return {
        "user": symbols.of(plan, USER),
        "session": symbols.of(plan, SESSION),
        "membership": symbols.of(plan, MEMBERSHIP),
        "filled": [(item.name, _longest(item)) for item in missing(account)],
        "key_type": _key_type(account),
        "roles": [role.name for role in plan.spec.roles],
        "role": plan.spec.roles[0].name if plan.spec.roles else "",
    }
