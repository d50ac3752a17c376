"""Forgets to return."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution, EnvVar
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin


class BrokenPlugin(Plugin[NoConfig]):
    """Forgets its `return`."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:  # type: ignore[return] # broken on purpose
        """Contribute."""
        [EnvVar(name="A")]
