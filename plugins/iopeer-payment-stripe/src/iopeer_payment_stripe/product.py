"""What the plugin contributes to a product."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from iopeer_core.blueprint.contributions import Contribution, EnvVar, Guide, Requirement, Symbol, Where
from iopeer_core.blueprint.plan import Plan
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Interceptor, Middleware, Phase, Router, Setting

from iopeer_payment_stripe.entities import EVENT, PAYER
from iopeer_payment_stripe.guide import guide
from iopeer_payment_stripe.plans import Offer

TEMPLATES = Path(__file__).parent / "templates"
BACKEND = "backend"
SELLING = ("tests/local_stripe.py", "tests/test_subscriptions.py")
STRIPE = "stripe>=16,<17"


def _symbol(module: str, name: str) -> Symbol:
    return Symbol(component=BACKEND, module=f"backend.billing.{module}", name=name)


ROUTER, COUNTER = _symbol("router", "router"), _symbol("requests", "Counter")
LIMIT_ROWS, LIMIT_REQUESTS = _symbol("limits", "limit_rows"), _symbol("limits", "limit_requests")
KEEP_PAYERS = _symbol("limits", "keep_payers")


def contributions(plan: Plan, offer: Offer) -> Iterator[Contribution]:
    """All of it, for a spec that sells something."""
    limits = (LIMIT_ROWS,) if offer.links else ()
    exports = {
        "backend/billing/router.py": (ROUTER,),
        "backend/billing/requests.py": (COUNTER,),
        "backend/billing/limits.py": (*limits, LIMIT_REQUESTS, KEEP_PAYERS),
    }
    yield from template_files(TEMPLATES, exports=exports, only=lambda path: _is_made(path, offer))
    yield Requirement(component=BACKEND, specifier=STRIPE)
    yield Router(symbol=ROUTER)
    yield Interceptor(symbol=KEEP_PAYERS, verbs=("delete",), entities=Where(kind="account"), phase="before")
    if offer.links:
        named = Where(kind="named", names=tuple(name for name, _ in offer.links))
        yield Interceptor(symbol=LIMIT_ROWS, verbs=("create", "update"), entities=named, phase="before")
    yield Middleware(symbol=COUNTER, phase=Phase.LATE)
    every = Where(without=(PAYER, EVENT))
    yield Interceptor(
        symbol=LIMIT_REQUESTS, verbs=("read", "create", "update", "delete"), entities=every, phase="before"
    )
    yield from _settings(plan)
    yield Guide(title="Billing", body=guide(offer), order=60)


def _is_made(path: str, offer: Offer) -> bool:
    """Whether a file is the backend's, and tests something that is sold."""
    sells = any(plan.paid for plan in offer.plans)
    return not path.startswith("frontend/") and (sells or path not in SELLING)


def _settings(plan: Plan) -> Iterator[Contribution]:
    for name, kind, doc in (
        ("stripe_secret_key", "SecretStr", "Secret key of the account at Stripe; empty: billing is off"),
        ("stripe_webhook_secret", "SecretStr", "Secret that signs what Stripe tells: /api/v1/billing/webhook"),
        ("stripe_api_url", "str", "Where Stripe is asked, if not at its own address"),
    ):
        yield Setting(name=name, type="SecretStr" if kind == "SecretStr" else "str", doc=doc)
        yield EnvVar(name=name.upper(), doc=doc, components=(BACKEND,))
    doc = "Whether the limits of plans hold"
    yield Setting(name="billing_limits", type="bool", value=True, doc=doc)
    yield EnvVar(name="BILLING_LIMITS", value="true", doc=doc, components=(BACKEND,), checks="false")
    doc, local = "Where the web application is, to which Stripe leads back", "http://localhost:3000"
    yield Setting(name="billing_site_url", value=local, doc=doc)
    process = "frontend" if plan.has("frontend") else ""
    yield EnvVar(
        name="BILLING_SITE_URL", value=local, doc=doc, components=(BACKEND,), address_of=process, public=bool(process)
    )
