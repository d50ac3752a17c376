"""The hooks, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.additions import AddEntity, Addition
from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.blueprint.plan import Plan
from iopeer_core.model.spec import Spec
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin

from iopeer_payment_stripe.config import Config
from iopeer_payment_stripe.entities import entities
from iopeer_payment_stripe.product import contributions
from iopeer_payment_stripe.reader import offer_of


class StripePlugin(Plugin[Config]):
    """Plans, limits and payments; nothing where the spec has no section Billing."""

    Config = Config

    @hookimpl
    def before_plan(self, spec: Spec) -> Iterable[Addition]:
        """The tables of payers and events."""
        if offer_of(spec) is not None:
            yield from (AddEntity(entity=entity) for entity in entities(spec))

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        """The backend's part, and the page where there is a frontend."""
        if (offer := offer_of(plan.spec)) is not None:
            yield from contributions(plan, offer)
            if "nextjs" in plan.plugins:
                from iopeer_payment_stripe import with_nextjs  # imported where that plugin is there

                yield from with_nextjs.contributions(plan, offer)
