"""Has a fault in every hook."""

from __future__ import annotations

from typing import Any

from iopeer_core.blueprint.additions import Addition
from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.model.spec import Spec
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.runs.report import Selection, ZipExtras
from iopeer_core.tree.model import Patch


class BrokenPlugin(Plugin[NoConfig]):
    """Every hook has a fault of its own."""

    @hookimpl
    async def before_plan(self) -> list[Addition]:
        """Async."""
        return []

    @hookimpl(tryfirst=True)
    def after_plan(self) -> list[Contribution]:
        """Wants to be first."""
        return []

    @hookimpl
    def before_code(self, plan: Any) -> list[Contribution]:
        """Asks for an argument of another name."""
        return [plan]

    @hookimpl
    def after_code(self, tree: Spec) -> Patch | None:
        """Annotates its argument wrongly."""

    @hookimpl
    def before_tests(self, **arguments: Any) -> Selection | None:
        """Takes what comes."""

    def after_tests(self) -> Patch | None:
        """Is not marked."""

    @hookimpl
    def before_zip(self) -> dict[str, ZipExtras]:
        """Returns something else."""
        return {}

    @hookimpl(wrapper=True)
    def after_zip(self) -> None:
        """Wraps the others."""
