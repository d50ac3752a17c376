"""Makes Stripe and the database agree: `python -m backend.billing.sync`, each night.

Prices that `plans.py` names and Stripe lacks are made; what Stripe says of subscriptions is stored.
Each line tells something that was otherwise; the exit code is 0 once everything agrees.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import select

from backend.billing.gateway import Answer, ask, client, enabled
from backend.billing.payers import PAYERS, payer_by
from backend.billing.plans import CURRENCY, PLANS, Cycle, Plan, price_key
from backend.billing.subscriptions import refresh
from backend.engine.problems import Problem
from backend.engine.transactions import reading, transaction

INTERVALS: dict[Cycle, str] = {"monthly": "month", "yearly": "year"}
TOLD = ("status", "plan", "cycle", "period_end", "ending")
"""What is told of a payer whose state was another."""


async def sync() -> list[str]:
    """Mend what differs, and give a line for each difference."""
    return [line async for line in _prices()] + [line async for line in _payers()]


async def _prices() -> AsyncIterator[str]:
    for plan in PLANS:
        for cycle, amount in plan.prices.items():
            key = price_key(plan, cycle)
            wanted = {"lookup_keys": [key], "active": True}
            found = (await ask(client().v1.prices.list, wanted))["data"]
            if found and (found[0]["unit_amount"], found[0]["currency"]) == (amount, CURRENCY):
                continue
            await _add_price(plan, cycle, amount, found[0]["product"] if found else None)
            yield f"price {key}: {'another amount' if found else 'missing'}, made"


async def _add_price(plan: Plan, cycle: Cycle, amount: int, product: str | None) -> None:
    """Make a price; who pays an older one goes on to pay that."""
    wanted: dict[str, Any] = {
        "currency": CURRENCY,
        "unit_amount": amount,
        "recurring": {"interval": INTERVALS[cycle]},
        "lookup_key": price_key(plan, cycle),
        "transfer_lookup_key": True,
    }
    wanted |= {"product": product} if product else {"product_data": {"name": plan.label}}
    await ask(client().v1.prices.create, wanted)


async def _payers() -> AsyncIterator[str]:
    async with reading() as connection:
        asked = (
            select(PAYERS.c.customer).where(PAYERS.c.customer.is_not(None)).order_by(PAYERS.c.id)
        )
        customers = set((await connection.execute(asked)).scalars())
    for customer in sorted(customers):
        async with transaction() as connection:
            payer = await payer_by(connection, customer)
            if payer is not None:
                state = await refresh(connection, payer)
                for name in TOLD:
                    old, new = payer[name], state[name]
                    if old != new:
                        yield f"account {payer['account_id']}: {name} {old} → {new}"
    async for subscription in _running():
        if subscription["customer"] not in customers:
            yield f"subscription {subscription['id']}: of no account here, left as it is"


async def _running() -> AsyncIterator[Answer]:
    """Give all subscriptions that have not ended, page by page."""
    wanted: dict[str, Any] = {"limit": 100}
    while True:
        page = await ask(client().v1.subscriptions.list, wanted)
        for each in page["data"]:
            yield each
        if not page["has_more"]:
            return
        wanted["starting_after"] = page["data"][-1]["id"]


def main() -> int:
    """Tell what differed; gives the exit code."""
    if not enabled():
        print("Billing is off: STRIPE_SECRET_KEY is not set.")
        return 0
    try:
        for line in asyncio.run(sync()):
            print(line)
    except Problem as problem:
        print(f"Not all agrees: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
