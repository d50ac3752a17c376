"""Returns what is no contribution."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution, EnvVar
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin


class BrokenPlugin(Plugin[NoConfig]):
    """Its second item is a text."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Contribute."""
        return [EnvVar(name="A"), "B"]  # type: ignore[list-item] # broken on purpose
