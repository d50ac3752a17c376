"""Components that are called alike, or as the application's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from iopeer_core.blueprint.contributions import Contribution, Symbol
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_nextjs.contributions import DashboardWidget, FieldWidget, Page, Provider, Texts

FOLDER = "frontend/components"
NAMES = {
    "aa/panel": ("Panel",),
    "bb/panel": ("Panel",),
    "aa/color": ("Field",),
    "bb/color": ("Field",),
    "aa/others": ("Charts", "AuthProvider", "Page"),
}


class NamesakePanelsPlugin(Plugin[NoConfig]):
    """Contributes two of each."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Everything of both folders."""
        exports = {
            f"{FOLDER}/{file}.tsx": tuple(
                Symbol(component="frontend", module=f"{FOLDER}/{file}", name=name) for name in names
            )
            for file, names in NAMES.items()
        }
        yield from template_files(Path(__file__).parent / "templates", exports=exports)
        (one,), (other,), (by_type,), (by_name,), (charts, provider, page) = exports.values()
        for widget in (one, other, charts):
            yield DashboardWidget(symbol=widget)
        yield Provider(symbol=provider)
        yield Page(path="namesake", symbol=page, title="namesakes.title")
        yield Texts(language="en", namespace="namesakes", words=(("title", "Namesakes"),))
        yield FieldWidget(symbol=by_type, types=("color",))
        yield FieldWidget(symbol=by_name, fields=("name",))
