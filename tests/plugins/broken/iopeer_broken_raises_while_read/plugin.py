"""Raises while what it returned is read."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution, EnvVar
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin


class BrokenPlugin(Plugin[NoConfig]):
    """Fails after the first item."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Contribute."""
        yield EnvVar(name="A")
        raise ValueError("the second item is missing")
