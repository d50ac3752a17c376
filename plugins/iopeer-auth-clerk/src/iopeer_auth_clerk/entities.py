"""What is stored of Clerk: entities on which nobody has a grant."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.model.account import account_of, default_account
from iopeer_core.model.names import make_names
from iopeer_core.model.spec import BelongsTo, Entity, Field, FieldType, OnDelete, Scalar, ScalarType, Spec

USER, SESSION, MEMBERSHIP = "clerk_user", "clerk_session", "clerk_membership"
TEXT, MOMENT = ScalarType(scalar=Scalar.TEXT), ScalarType(scalar=Scalar.DATETIME)
WHETHER = ScalarType(scalar=Scalar.BOOLEAN)


def _field(label: str, kind: FieldType, *, required: bool = False, unique: bool = False) -> Field:
    return Field(names=make_names(label, language="en"), type=kind, required=required, unique=unique)


def entities(spec: Spec) -> Iterator[Entity]:
    """A user of Clerk and the account it is, sessions that have ended, and who is in which organization."""
    account = account_of(spec) or default_account(spec)
    owner = Field(
        names=make_names("account", language="en"), type=BelongsTo(targets=(account.names.singular,)),
        unique=True, on_delete=OnDelete.SET_NULL,
    )  # fmt: skip
    user = (
        _field("subject", TEXT, required=True, unique=True),
        owner,
        _field("opened", WHETHER),  # had an account once: none is opened again
        _field("refused", WHETHER),
        _field("gone", WHETHER),
        _field("told at", MOMENT),
    )
    membership = (
        _field("membership", TEXT, required=True, unique=True),
        _field("organization", TEXT),
        _field("subject", TEXT),
        _field("duty", TEXT),
        _field("gone", WHETHER),
        _field("told at", MOMENT),
    )
    yield Entity(names=make_names("Clerk user", language="en"), fields=user, closed=True)
    ended = (_field("session", TEXT, required=True, unique=True),)
    yield Entity(names=make_names("Clerk session", language="en"), fields=ended, closed=True)
    yield Entity(names=make_names("Clerk membership", language="en"), fields=membership, closed=True)
