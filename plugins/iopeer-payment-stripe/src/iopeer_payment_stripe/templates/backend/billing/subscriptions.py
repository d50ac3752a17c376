"""Subscribing, changing and ending: what is asked of Stripe for a payer, and what is stored of its answers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.billing.gateway import RANKS, Answer, ask, client, price_of, state_of, subscription_of
from backend.billing.payers import Payer, hold, note
from backend.billing.plans import Cycle, Plan, plan_of
from backend.engine.problems import Conflict, Invalid
from backend.settings import get_settings


def page() -> str:
    """Give the address of the billing page, to which Stripe leads back."""
    return f"{get_settings().billing_site_url.rstrip('/')}/billing"


def bought(key: str, cycle: Cycle) -> Plan:
    """Give a plan that is sold for a cycle. Raises Invalid for all else."""
    plan = plan_of(key)
    if plan.key != key or cycle not in plan.prices:
        raise Invalid("plan", "not_sold", "There is no such plan to buy.")
    return plan


async def refresh(connection: AsyncConnection, payer: Payer) -> dict[str, Any]:
    """Store how Stripe has a payer's subscription now, whatever was told of it before.

    The payer is held, so that of two who ask at once the second one stores what is newer.
    """
    state = state_of(await subscription_of(payer["customer"]), payer)
    await note(connection, payer, state)
    return state


async def with_customer(connection: AsyncConnection, account: object) -> Payer:
    """Give the payer of an account, whom Stripe knows."""
    payer = await hold(connection, account)
    if payer["customer"]:
        return payer
    made = await ask(
        client().v1.customers.create,
        {"metadata": {"account": str(account)}},
        {"idempotency_key": f"customer-{payer['id']}-{payer['created_at'].timestamp():.0f}"},
    )
    await note(connection, payer, {"customer": made["id"]})
    return {**payer, "customer": made["id"]}


async def checkout(connection: AsyncConnection, account: object, key: str, cycle: Cycle) -> str:
    """Give the address where an account pays for a plan; the first one may be tried for nothing.

    Raises Conflict where there is a subscription: that is changed, so that nobody pays twice.
    """
    plan = bought(key, cycle)
    payer = await with_customer(connection, account)
    payer = {**payer, **await refresh(connection, payer)}
    if payer["status"] in RANKS and payer["status"] != "incomplete":
        raise Conflict("There is a subscription already: change its plan.")
    wanted: dict[str, Any] = {
        "mode": "subscription",
        "customer": payer["customer"],
        "line_items": [{"price": await price_of(plan, cycle), "quantity": 1}],
        "success_url": f"{page()}?paid=1",
        "cancel_url": page(),
    }
    if plan.trial_days and not payer["tried"]:
        wanted["subscription_data"] = {"trial_period_days": plan.trial_days}
    made = await ask(client().v1.checkout.sessions.create, wanted)
    return str(made["url"])


async def portal(connection: AsyncConnection, account: object) -> str:
    """Give the address where an account sees to its cards and invoices."""
    payer = await with_customer(connection, account)
    wanted = {"customer": payer["customer"], "return_url": page()}
    return str((await ask(client().v1.billing_portal.sessions.create, wanted))["url"])


async def change_plan(connection: AsyncConnection, account: object, key: str, cycle: Cycle) -> None:
    """Change to another plan at once; what was paid for the rest of the old one is set off."""
    plan = bought(key, cycle)
    payer, now = await _running(connection, account)
    item = now["items"]["data"][0]["id"]
    await _update(
        connection,
        payer,
        now["id"],
        {
            "items": [{"id": item, "price": await price_of(plan, cycle)}],
            "proration_behavior": "always_invoice",
            "cancel_at_period_end": False,
        },
    )


async def end(connection: AsyncConnection, account: object, *, ending: bool) -> None:
    """Let a subscription end with what is paid, or go on after all."""
    payer, now = await _running(connection, account)
    await _update(connection, payer, now["id"], {"cancel_at_period_end": ending})


async def _running(connection: AsyncConnection, account: object) -> tuple[Payer, Answer]:
    """Give an account's payer and subscription. Raises Conflict where none runs."""
    payer = await hold(connection, account)
    now = await subscription_of(payer["customer"]) if payer["customer"] else None
    if now is None or now["status"] not in RANKS:
        raise Conflict("There is no subscription.")
    return payer, now


async def _update(
    connection: AsyncConnection, payer: Payer, key: str, wanted: Mapping[str, Any]
) -> None:
    await ask(client().v1.subscriptions.update, key, wanted)
    await refresh(connection, payer)
