"""Two folders whose parts have the same names, some of which the backend has too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from iopeer_core.blueprint.contributions import Contribution, Symbol
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Interceptor, Lifespan, Middleware, Router, TransactionScope

NAMES = ("check", "router", "lifespan", "Errors", "enter")


class NamesakesPlugin(Plugin[NoConfig]):
    """Contributes two of each."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Everything of both folders."""
        parts = {
            f"backend/{folder}/parts.py": tuple(
                Symbol(component="backend", module=f"backend.{folder}.parts", name=name) for name in NAMES
            )
            for folder in ("aa", "bb")
        }
        yield from template_files(Path(__file__).parent / "templates", exports=parts)
        for check, router, lifespan, errors, enter in parts.values():
            yield Interceptor(symbol=check, verbs=("create",), phase="before")
            yield Router(symbol=router)
            yield Lifespan(symbol=lifespan)
            yield Middleware(symbol=errors)
            yield TransactionScope(symbol=enter)
