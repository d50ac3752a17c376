"""The hooks of the FastAPI plugin, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.additions import Addition
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, yielding
from iopeer_core.blueprint.plan import Plan
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.runs.report import Report
from iopeer_core.tree.model import Patch, Tree

from iopeer_plugin_fastapi import outbox
from iopeer_plugin_fastapi.config import FastapiConfig
from iopeer_plugin_fastapi.login import LOGIN, refuse_nobody
from iopeer_plugin_fastapi.mending import mend
from iopeer_plugin_fastapi.product import additions, contributions
from iopeer_plugin_fastapi.schema.revisions import Migrations
from iopeer_plugin_fastapi.view import AppView


class FastapiPlugin(Plugin[FastapiConfig]):
    """Makes a FastAPI backend: models, schemas, services, routers, migrations and the tests of all of them."""

    Config = FastapiConfig

    @hookimpl
    def before_plan(self) -> Iterable[Addition]:
        """The columns that signing in needs, where no other plugin does that."""
        return additions() if LOGIN in self.active else ()

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        """The backend's component, files, requirements, settings, processes, tasks, checks and operations."""
        return yielding(contributions(plan))

    @hookimpl
    def before_code(self, blueprint: Blueprint) -> Iterable[Contribution]:
        """The migrations, which are about others' tables and schema objects too, and the outbox where somebody hears.

        Somebody must say who calls.
        """
        refuse_nobody(blueprint)
        yield from Migrations(app=AppView(blueprint)).contributions()
        yield from yielding(outbox.contributions(blueprint))

    @hookimpl
    def after_tests(self, report: Report, tree: Tree, blueprint: Blueprint) -> Patch | None:
        """Mend what a failing check says in so many words."""
        return None if report.passed else mend(report, tree, blueprint)
