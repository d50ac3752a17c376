"""Raises in a hook."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin


class BrokenPlugin(Plugin[NoConfig]):
    """Fails when it is called."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Contribute."""
        raise KeyError("title")
