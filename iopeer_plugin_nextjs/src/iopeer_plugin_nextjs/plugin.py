"""The hooks of the Next.js plugin, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, yielding
from iopeer_core.blueprint.plan import Plan
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.tree.model import Patch, Tree

from iopeer_plugin_nextjs.config import NextjsConfig
from iopeer_plugin_nextjs.login import login
from iopeer_plugin_nextjs.product import contributions, pages
from iopeer_plugin_nextjs.running import BACKEND
from iopeer_plugin_nextjs.screens import screens
from iopeer_plugin_nextjs.unused import unused


class NextjsPlugin(Plugin[NextjsConfig]):
    """Makes a web application for the product's API, and its tests."""

    Config = NextjsConfig

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        """The frontend's component, files, packages, settings, processes and checks."""
        return yielding(contributions(plan))

    @hookimpl
    def before_code(self, blueprint: Blueprint) -> Iterable[Contribution]:
        """How accounts sign in, a file per page that other plugins contribute, and what there is to see."""
        yield from yielding(login(blueprint, whole=blueprint.plan.has(BACKEND)))
        yield from pages(blueprint)
        yield from screens(blueprint)

    @hookimpl
    def after_code(self, tree: Tree) -> Patch | None:
        """Leave out what this app does not use."""
        gone = unused(tree, self.name)
        return Patch(remove=gone) if gone else None
