"""What the templates see beside the blueprint."""

from __future__ import annotations

import json
from collections.abc import Mapping

from iopeer_core.blueprint.blueprint import Blueprint

from iopeer_payment_stripe.entities import EVENT, PAYER
from iopeer_payment_stripe.reader import offer_of
from iopeer_plugin_fastapi import symbols


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """What is sold, and what the entities of billing and those with limits are called."""
    plan, offer = blueprint.plan, offer_of(blueprint.spec)
    if offer is None:
        return {}

    def plural(name: str) -> str:
        entity = plan.spec.entity(name)
        return entity.names.plural_label.lower() if entity else name

    return {
        "offer": offer,
        "limited": [(name, symbols.of(plan, name)) for name, _ in offer.links],
        "payer": symbols.of(plan, PAYER),
        "event": symbols.of(plan, EVENT),
        "account": symbols.of(plan, plan.account),
        "plural": plural,
        "quoted": lambda text: json.dumps(text, ensure_ascii=False),
    }
