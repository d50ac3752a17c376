"""Shows ratings as stars and inns on maps of elsewhere, gives five stars, and welcomes visitors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, Symbol, Where
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Router
from iopeer_plugin_nextjs.contributions import (
    AccountPanel,
    ContentSource,
    Forward,
    ListPanel,
    Page,
    RowAction,
    Texts,
    ValueWidget,
)
from pydantic import BaseModel, ConfigDict

from iopeer_plugin_fastapi import symbols

FOLDER = "frontend/components/ratings"
FEED = Symbol(component="backend", module="backend.routers.feed", name="router")
INNS = Where(kind="named", names=("inn",))
ENGLISH = {"best": "Give five stars", "done": "Five stars given", "average": "On average", "welcome": "Welcome"}
SPANISH = {
    "best": "Dar cinco estrellas",
    "done": "Cinco dadas",
    "average": "De media",
    "welcome": "Bienvenida",
}


NEEDED = {"CONNECTION": symbols.CONNECTION, "FIND": symbols.FIND}


NAMES = {
    "Stars": "stars",
    "Map": "map",
    "giveFive": "give-five",
    "Average": "average",
    "Welcome": "welcome",
    "Given": "given",
}


class RatingsConfig(BaseModel):
    """The table [ratings]."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    maps: str = "https://maps.example.com"  # where pictures of maps come from
    directive: str = "img-src"
    icon: str = "Star"
    feeds: str = "/feeds"
    welcome: str = "welcome"


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """The symbols of the inns."""
    return {"INNS": symbols.of(blueprint.plan, "inn").service} | NEEDED


class RatingsPlugin(Plugin[RatingsConfig]):
    """Adds to values, rows, lists and addresses."""

    Config = RatingsConfig

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Its files, and where they are shown."""
        shown = {
            name: Symbol(component="frontend", module=f"{FOLDER}/{file}", name=name) for name, file in NAMES.items()
        }
        exports = {
            f"{symbol.module}.{'ts' if name == 'giveFive' else 'tsx'}": (symbol,) for name, symbol in shown.items()
        }
        yield from template_files(
            Path(__file__).parent / "templates", exports={"backend/routers/feed.py": (FEED,), **exports}
        )
        yield ValueWidget(symbol=shown["Stars"], fields=("rating",), entities=INNS)
        yield ValueWidget(symbol=shown["Map"], fields=("position",), entities=INNS)
        yield RowAction(
            symbol=shown["giveFive"], label="ratings.best", icon=self.config.icon, done="ratings.done", needs="update",
            entities=INNS,
        )  # fmt: skip
        yield ListPanel(symbol=shown["Average"], entities=INNS)
        yield AccountPanel(symbol=shown["Given"])
        yield Page(path=self.config.welcome, symbol=shown["Welcome"], title="ratings.welcome", public=True, shell=False)
        yield ContentSource(directive=self.config.directive, source=self.config.maps)
        yield Router(symbol=FEED, prefix=self.config.feeds)
        yield Forward(prefix=self.config.feeds)
        words = {"maps": f"{self.config.maps}/map.svg"}
        yield Texts(language="en", namespace="ratings", words=tuple((ENGLISH | words).items()))
        yield Texts(language="es", namespace="ratings", words=tuple((SPANISH | words).items()))
