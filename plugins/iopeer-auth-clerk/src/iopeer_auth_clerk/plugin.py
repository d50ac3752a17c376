"""The hooks, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.additions import AddEntity, Addition
from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.blueprint.plan import Plan
from iopeer_core.model.spec import Spec
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin

from iopeer_auth_clerk.config import Config
from iopeer_auth_clerk.entities import entities
from iopeer_auth_clerk.product import contributions


class ClerkPlugin(Plugin[Config]):
    """Takes the login."""

    Config = Config

    @hookimpl
    def before_plan(self, spec: Spec) -> Iterable[Addition]:
        """The tables of what Clerk says of users, sessions and organizations."""
        yield from (AddEntity(entity=entity) for entity in entities(spec))

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        """Who calls, and what Clerk tells."""
        yield from contributions(plan)
