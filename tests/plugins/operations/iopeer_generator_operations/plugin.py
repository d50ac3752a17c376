"""The hooks of the backend that is none."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.blueprint.operations import auth_operations, standard_operations
from iopeer_core.model.spec import Spec
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin


class OperationsPlugin(Plugin[NoConfig]):
    """Contributes what every backend answers."""

    @hookimpl
    def after_plan(self, spec: Spec) -> Iterable[Contribution]:
        """The operations of every entity, and those that sign in."""
        yield from standard_operations(spec)
        yield from auth_operations(spec)
