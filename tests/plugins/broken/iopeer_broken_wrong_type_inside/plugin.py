"""Returns a contribution whose fields have wrong types."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution, EnvVar
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin


class BrokenPlugin(Plugin[NoConfig]):
    """An environment variable is named by a number."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Contribute."""
        return [EnvVar(name="A"), EnvVar(name=3)]  # type: ignore[arg-type] # broken on purpose
