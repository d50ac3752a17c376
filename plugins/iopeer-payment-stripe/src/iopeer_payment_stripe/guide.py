"""What the product's README says of billing."""

from __future__ import annotations

from iopeer_payment_stripe.plans import Offer, Plan

_STEPS = """
Without keys everybody has the plan {free}, and nobody can pay. To sell:

1. Put the keys of your account at Stripe into `STRIPE_SECRET_KEY`.
2. `python -m backend.billing.sync` makes the products and prices of `backend/billing/plans.py` there.
3. Have Stripe tell `https://…/api/v1/billing/webhook` of `customer.subscription.*`, `checkout.session.completed` and
   `invoice.*`, and put the secret of that webhook into `STRIPE_WEBHOOK_SECRET`.
4. Let the same command run each night: it mends what a lost webhook left, and says what it found.

Who has more than a plan includes, after a change to a smaller one, keeps it to read and to delete. When a payment fails
the plan stays for {grace} days. `dependencies=[feature("…")]` of `backend/billing/gates.py` opens a route to those
plans alone that have the feature.
"""


def guide(offer: Offer) -> str:
    """The section, with a table of the plans."""
    rows = [
        f"| {plan.label} | {_price(plan.monthly, offer)} | {_price(plan.yearly, offer)} | {_days(plan)} |"
        for plan in offer.plans
    ]
    head = ["| plan | monthly | yearly | trial, days |", "|---|---|---|---|"]
    return "\n".join(head + rows) + "\n" + _STEPS.format(free=offer.free.label, grace=offer.grace_days).rstrip()


def _price(price: int | None, offer: Offer) -> str:
    if price is None:
        return ""
    return f"{price / offer.unit:.2f} {offer.currency}" if offer.unit > 1 else f"{price} {offer.currency}"


def _days(plan: Plan) -> str:
    return str(plan.trial_days) if plan.paid and plan.trial_days else ""
