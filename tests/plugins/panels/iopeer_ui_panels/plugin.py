"""Contributes one of each type that the frontend takes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from iopeer_core.blueprint.contributions import Contribution, Symbol, Where
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_nextjs.contributions import DashboardWidget, DetailPanel, FieldWidget, Page, Provider, Texts

FOLDER = "frontend/components/panels"


def component(file: str, name: str) -> Symbol:
    """A component of this plugin's templates."""
    return Symbol(component="frontend", module=f"{FOLDER}/{file}", name=name)


ABOUT = component("about", "About")
BANNER = component("banner", "Banner")
CLOCK = component("clock", "Clock")
PALETTE = component("palette-field", "PaletteField")
TRACE = component("trace", "Trace")
SYMBOLS = (ABOUT, BANNER, CLOCK, PALETTE, TRACE)


class PanelsPlugin(Plugin[NoConfig]):
    """Adds to every page, to the dashboard, to the page of each task, and to forms."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Its files, and where they are shown."""
        exports = {f"{symbol.module}.tsx": (symbol,) for symbol in SYMBOLS}
        yield from template_files(Path(__file__).parent / "templates", exports=exports)
        yield Page(path="about", symbol=ABOUT, title="panels.about", icon="Info", public=True)
        yield Page(path="about/team", symbol=ABOUT, title="panels.about")
        yield Provider(symbol=BANNER)
        yield DashboardWidget(symbol=CLOCK)
        yield DetailPanel(symbol=TRACE, entities=Where(kind="named", names=("task",)))
        yield FieldWidget(symbol=PALETTE, types=("color",), entities=Where(without=("team",)))
        yield Texts(language="en", namespace="panels", words=(("about", "About"), ("made", "Made with care.")))
        yield Texts(language="es", namespace="panels", words=(("about", "Acerca de"), ("made", "Hecho con cariño.")))
