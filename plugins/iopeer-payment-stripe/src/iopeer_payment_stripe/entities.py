"""What is stored of payers: entities on which nobody has a grant."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.model.account import account_of, default_account
from iopeer_core.model.names import make_names
from iopeer_core.model.spec import BelongsTo, Entity, Field, FieldType, OnDelete, Scalar, ScalarType, Spec

PAYER, EVENT = "billing_account", "billing_event"
TEXT, MOMENT = ScalarType(scalar=Scalar.TEXT), ScalarType(scalar=Scalar.DATETIME)
WHETHER, NUMBER = ScalarType(scalar=Scalar.BOOLEAN), ScalarType(scalar=Scalar.INTEGER)


def _field(label: str, kind: FieldType, *, required: bool = False, unique: bool = False) -> Field:
    return Field(names=make_names(label, language="en"), type=kind, required=required, unique=unique)


def entities(spec: Spec) -> Iterator[Entity]:
    """The payer, one for each account, and the events that Stripe has sent."""
    account = account_of(spec) or default_account(spec)
    owner = Field(
        names=make_names("account", language="en"), type=BelongsTo(targets=(account.names.singular,)),
        required=True, unique=True, on_delete=OnDelete.CASCADE,
    )  # fmt: skip
    fields = (
        owner,
        _field("customer", TEXT, unique=True),
        _field("subscription", TEXT),
        _field("status", TEXT),
        _field("plan", TEXT),
        _field("cycle", TEXT),
        _field("trial end", MOMENT),
        _field("period end", MOMENT),
        _field("past due since", MOMENT),
        _field("ending", WHETHER),
        _field("tried", WHETHER),
        _field("month", TEXT),
        _field("requests", NUMBER),
    )
    yield Entity(names=make_names("Billing account", language="en"), fields=fields, closed=True)
    told = (_field("event", TEXT, required=True, unique=True), _field("kind", TEXT, required=True))
    yield Entity(names=make_names("Billing event", language="en"), fields=told, closed=True)
