"""Stripe: how it is asked, and what its answers mean here."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import stripe

from backend.billing.plans import Cycle, Plan, price_key, sold_as
from backend.engine.columns import utcnow
from backend.engine.problems import Conflict, PaymentRequired, Unavailable
from backend.settings import get_settings

log = logging.getLogger("backend.billing")
SECONDS = 10
"""How long an answer of Stripe is waited for."""
RANKS = ("active", "trialing", "past_due", "unpaid", "paused", "incomplete")
"""The states of a subscription that has not ended, from the one that counts most."""
Answer = dict[str, Any]
NOTHING: Answer = {
    "subscription": None,
    "status": None,
    "plan": None,
    "cycle": None,
    "trial_end": None,
    "period_end": None,
    "past_due_since": None,
    "ending": False,
}
"""What is stored of a payer without a subscription."""


def enabled() -> bool:
    """Tell whether there are keys: without them nobody can pay, and everybody has the free plan."""
    return bool(get_settings().stripe_secret_key.get_secret_value())


@cache
def client() -> stripe.StripeClient:
    """Give the client of the account that the settings name. Raises Conflict where they name none."""
    if not enabled():
        raise Conflict("Billing is off.")
    settings = get_settings()
    base: Any = {"api": settings.stripe_api_url} if settings.stripe_api_url else {}
    return stripe.StripeClient(
        settings.stripe_secret_key.get_secret_value(),
        base_addresses=base,
        http_client=stripe.RequestsClient(timeout=SECONDS),
        max_network_retries=2,
    )


async def ask(call: Callable[..., Any], *given: Any, **named: Any) -> Answer:
    """Ask Stripe in a thread, and give the answer as plain data.

    Raises:
        PaymentRequired: the card was refused.
        Unavailable: Stripe does not answer, or refuses for a reason that is not the caller's.
    """
    try:
        answer = await asyncio.to_thread(call, *given, **named)
    except stripe.CardError as error:
        raise PaymentRequired(error.user_message or "The card was refused.") from error
    except stripe.StripeError as error:
        log.warning("Stripe: %s", error)
        raise Unavailable("The payment service does not answer.") from error
    data: Answer = answer.to_dict()
    return data


async def price_of(plan: Plan, cycle: Cycle) -> str:
    """Give the id of a plan's price. Raises Unavailable where Stripe has none yet."""
    found = await ask(
        client().v1.prices.list, {"lookup_keys": [price_key(plan, cycle)], "active": True}
    )
    if not found["data"]:
        log.error(
            "Stripe has no price %s: run python -m backend.billing.sync", price_key(plan, cycle)
        )
        raise Unavailable("This plan cannot be bought yet.")
    identifier: str = found["data"][0]["id"]
    return identifier


async def subscription_of(customer: str) -> Answer | None:
    """Give the subscription of a customer that counts: one that runs, else the last one; None where there is none."""
    found = await ask(
        client().v1.subscriptions.list, {"customer": customer, "status": "all", "limit": 100}
    )
    return min(found["data"], key=_rank, default=None)


def _rank(subscription: Mapping[str, Any]) -> tuple[int, int]:
    status = subscription["status"]
    return RANKS.index(status) if status in RANKS else len(RANKS), -int(subscription["created"])


def state_of(subscription: Mapping[str, Any] | None, old: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is stored of a payer whose subscription this is.

    Args:
        subscription: as Stripe has it now.
        old: what is stored of the payer.
    """
    if subscription is None:
        return NOTHING
    item = subscription["items"]["data"][0]
    sold = sold_as(item["price"].get("lookup_key"))
    if sold is None:
        log.error("the subscription %s is of a price that no plan has", subscription["id"])
    status = subscription["status"]
    since = old["past_due_since"] if old["status"] == status else utcnow()
    return {
        "subscription": subscription["id"],
        "status": status,
        "plan": sold[0].key if sold else None,
        "cycle": sold[1] if sold else None,
        "trial_end": _moment(subscription.get("trial_end")),
        "period_end": _moment(item.get("current_period_end")),
        "past_due_since": since if status == "past_due" else None,
        "ending": bool(subscription.get("cancel_at_period_end") or subscription.get("cancel_at")),
        "tried": bool(old["tried"] or subscription.get("trial_end")),
    }


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
