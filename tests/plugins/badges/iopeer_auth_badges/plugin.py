"""A badge is the id of an account and a seal: who shows one is that account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, EnvVar, Symbol
from iopeer_core.blueprint.plan import Plan
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Authenticator, Router, Setting
from pydantic import BaseModel, ConfigDict

from iopeer_plugin_fastapi import symbols

ROUTER = Symbol(component="backend", module="backend.routers.badges", name="router")
READ = Symbol(component="backend", module="backend.badges", name="read_badge")
SHOW = Symbol(component="backend", module="backend.badges", name="badge_headers")
POCKET = Symbol(component="frontend", module="frontend/api/pocket", name="pocket")
PAGE = Symbol(component="frontend", module="frontend/components/badges/show-badge", name="ShowBadge")
EXPORTS = {"frontend/api/pocket.ts": (POCKET,), "frontend/components/badges/show-badge.tsx": (PAGE,)}


class BadgesConfig(BaseModel):
    """The table [badges]."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    forgets: Literal["nothing", "authenticator", "frontend"] = "nothing"  # what is left out, to see it told


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """The symbols, and the type of an account's id."""
    account = blueprint.account
    names = {
        "ACTOR": "Actor",
        "CONNECTION": "Connection",
        "ACCOUNTS": "ACCOUNTS",
        "UNAUTHORIZED": "Unauthorized",
        "SETTINGS": "get_settings",
    }
    return {key: symbols.named(name) for key, name in names.items()} | {"account": account, "HEADERS": SHOW}


class BadgesPlugin(Plugin[BadgesConfig]):
    """Takes the login."""

    Config = BadgesConfig

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        """How a badge is read and handed out, its seal, its page, and the tests."""
        shown = plan.has("frontend") and self.config.forgets != "frontend"
        exports = {"backend/badges.py": (READ, SHOW), "backend/routers/badges.py": (ROUTER,), **EXPORTS}
        yield from template_files(
            Path(__file__).parent / "templates",
            exports=exports,
            only=lambda path: path.startswith(("backend/", "tests/")) or shown,
        )
        yield Router(symbol=ROUTER)
        if shown:
            from .with_nextjs import pages

            yield from pages()
        if self.config.forgets != "authenticator":
            yield Authenticator(symbol=READ, headers=SHOW)
        yield Setting(name="badge_seal", value="made by the door", doc="Seals badges")
        yield EnvVar(name="BADGE_SEAL", secret=True, doc="Seals badges", components=("backend",))
