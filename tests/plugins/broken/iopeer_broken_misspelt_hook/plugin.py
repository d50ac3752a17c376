"""Misspells a hook."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin


class BrokenPlugin(Plugin[NoConfig]):
    """It would never be called."""

    @hookimpl
    def after_plann(self) -> Iterable[Contribution]:
        """Contribute."""
        return []
