"""API keys beside the backend's own tokens, a rule for passwords, a form of errors and a header of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, Symbol
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Authenticator, ErrorForm, PasswordRule, ResponseHeader, Router

from iopeer_plugin_fastapi import symbols

KEYS, RULE, PLAIN, ROUTES = (
    Symbol(component="backend", module="backend.utils.doors", name=name)
    for name in ("by_key", "has_digit", "plain", "doors")
)


def helpers(_: Blueprint) -> Mapping[str, object]:
    """The symbols, for the templates."""
    names = ("Actor", "PaymentRequired", "ProblemDetail", "TooMany", "Unauthorized")
    return {"named": {name: symbols.named(name) for name in names}}


class DoorsPlugin(Plugin[NoConfig]):
    """Uses what a backend lets others decide about callers and answers."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """One module, and what of it is used where."""
        folder = Path(__file__).parent / "templates"
        yield from template_files(folder, exports={"backend/utils/doors.py": (KEYS, RULE, PLAIN, ROUTES)})
        yield Authenticator(symbol=KEYS)
        yield PasswordRule(symbol=RULE)
        yield Router(symbol=ROUTES, prefix="/doors")
        yield ErrorForm(prefix="/doors", symbol=PLAIN)
        yield ResponseHeader(name="X-Frame-Options", value="SAMEORIGIN")
        yield ResponseHeader(name="X-Served-By", value="doors")
