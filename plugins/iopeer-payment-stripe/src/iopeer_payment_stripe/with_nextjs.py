"""The page of billing, where a Next.js frontend is made."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.blueprint.contributions import Contribution, Screen, Symbol
from iopeer_core.blueprint.plan import Plan
from iopeer_core.model.labels import Labels
from iopeer_core.render.renderer import template_files
from iopeer_plugin_nextjs.contributions import Page, Texts

from iopeer_payment_stripe.page_words import WORDS
from iopeer_payment_stripe.plans import Offer
from iopeer_payment_stripe.product import TEMPLATES

FOLDER = "frontend/components/billing"
PAGE = Symbol(component="frontend", module=f"{FOLDER}/billing-page", name="BillingPage")
GATE = Symbol(component="frontend", module=f"{FOLDER}/plan-gate", name="PlanGate")


def contributions(plan: Plan, offer: Offer) -> Iterator[Contribution]:
    """The page, its place in the menu, and its words."""
    exports = {f"{symbol.module}.tsx": (symbol,) for symbol in (PAGE, GATE)}
    yield from template_files(TEMPLATES, exports=exports, only=lambda path: path.startswith("frontend/"))
    yield Page(path="billing", symbol=PAGE, title="billing.title", icon="CreditCard", order=80)
    yield Screen(name="billing", path="/billing", title="Billing", order=80)
    for language, words in WORDS.items():
        labels = Labels(plan.spec, language)
        names = dict(words)
        for name, _ in offer.links:
            if entity := plan.spec.entity(name):
                plural = labels.plural(entity)
                names |= {f"name_{name}": plural[:1].upper() + plural[1:], f"of_{name}": plural.lower()}
        yield Texts(language=language, namespace="billing", words=tuple(names.items()))
