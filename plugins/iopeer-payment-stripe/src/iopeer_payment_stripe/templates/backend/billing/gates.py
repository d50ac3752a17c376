"""Gates: what only some plans include."""

from typing import Any

from fastapi import Depends

from backend.billing.limits import limited
from backend.billing.payers import payer_of, plan_now
from backend.billing.plans import PLANS
from backend.dependencies import Connection, CurrentActor
from backend.engine.columns import utcnow
from backend.engine.problems import PaymentRequired


def feature(name: str) -> Any:
    """Make a dependency that lets in whoever's plan has a feature: `dependencies=[feature("export")]`."""
    if all(name not in plan.features for plan in PLANS):
        raise ValueError(f"no plan has the feature {name!r}")

    async def check(connection: Connection, actor: CurrentActor) -> None:
        plan = plan_now(await payer_of(connection, actor.id), utcnow())
        if limited() and name not in plan.features:
            raise PaymentRequired(f"The plan {plan.label} does not include {name}.")

    return Depends(check)
