"""The hooks of the backend that is none."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.blueprint.operations import auth_operations, standard_operations
from iopeer_core.blueprint.plan import Plan
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin


class OperationsPlugin(Plugin[NoConfig]):
    """Contributes what every backend answers."""

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        """The operations of every entity, and those that sign in."""
        yield from standard_operations(plan)
        yield from auth_operations(plan)
