"""What the plugin contributes to a product."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from iopeer_core.blueprint.contributions import Contribution, EnvVar, Guide, Objection, Requirement, Symbol
from iopeer_core.blueprint.plan import Plan
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Authenticator, Router, Setting

from iopeer_auth_clerk.guide import GUIDE
from iopeer_auth_clerk.helpers import is_name, missing

TEMPLATES = Path(__file__).parent / "templates"
BACKEND = "backend"
ROUTER = Symbol(component=BACKEND, module="backend.clerk.router", name="router")
READ = Symbol(component=BACKEND, module="backend.clerk.callers", name="read_caller")
HEADERS = Symbol(component=BACKEND, module="tests.local_clerk", name="session_headers")
EXPORTS = {
    "backend/clerk/router.py": (ROUTER,),
    "backend/clerk/callers.py": (READ,),
    "tests/local_clerk.py": (HEADERS,),
}
REQUIREMENTS = ("pyjwt[crypto]>=2.10", "svix>=1.60")
SECRET = "CLERK_WEBHOOK_SECRET"  # noqa: S105 - the name of a setting
SETTINGS = (
    ("clerk_issuer", "", "Address of the instance of Clerk, https://…: who signs sessions; empty: nobody signs in"),
    ("clerk_jwks_url", "", "Where its public keys are, if not at /.well-known/jwks.json of that address"),
    ("clerk_audience", "", "For whom sessions are, where their tokens say that"),
    ("clerk_role_claim", "role", "The claim of a session that names the role of its account"),
)


def contributions(plan: Plan) -> Iterator[Contribution]:
    """Who calls, what Clerk tells, and the settings of both."""
    if refusals := list(_refusals(plan)):
        yield from refusals
        return
    yield from template_files(TEMPLATES, exports=EXPORTS, only=lambda path: not path.startswith("frontend/"))
    for specifier in REQUIREMENTS:
        yield Requirement(component=BACKEND, specifier=specifier)
    yield Authenticator(symbol=READ, headers=HEADERS)
    yield Router(symbol=ROUTER)
    for name, value, doc in SETTINGS:
        yield Setting(name=name, value=value, doc=doc)
        yield EnvVar(name=name.upper(), value=value, doc=doc, components=(BACKEND,))
    doc = "Secret that signs what Clerk tells: /api/v1/clerk/webhook; empty: nobody listens"
    yield Setting(name=SECRET.lower(), type="SecretStr", doc=doc)
    yield EnvVar(name=SECRET, doc=doc, components=(BACKEND,))
    doc, local = (
        "Addresses of the web applications whose sessions are good here, parted by commas",
        "http://localhost:3000",
    )
    yield Setting(name="clerk_parties", value=local, doc=doc)
    process = "frontend" if plan.has("frontend") else ""
    yield EnvVar(
        name="CLERK_PARTIES", value=local, doc=doc, components=(BACKEND,), address_of=process, public=bool(process)
    )
    yield Guide(title="Signing in", body=GUIDE, order=60)


def _refusals(plan: Plan) -> Iterator[Objection]:
    account = plan.spec.entity(plan.account)
    for item in missing(account) if account else ():
        if not is_name(item):
            yield Objection(
                code="E1",
                at=item.span,
                messages={
                    "en": "Clerk cannot fill {field}, which each new account needs: give it a default, "
                    "or make it optional.",
                    "es": "Clerk no puede rellenar {field}, que necesita cada cuenta nueva: dale un valor por defecto, "
                    "o hazlo opcional.",
                },
                values={"field": item.names.label},
            )
