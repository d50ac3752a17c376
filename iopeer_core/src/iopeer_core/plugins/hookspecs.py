"""The eight hooks, in the order they are called. A plugin implements those it needs, with these names and types.

    spec.md ──read──▶ Spec ──plan──▶ Blueprint ──code──▶ Tree ──test──▶ Report ──zip──▶ generated.zip
                 before_plan   after_plan  before_code  after_code  before_tests  after_tests  before_zip after_zip

An implementation may take fewer arguments, by name. What it returns is data; iterables are read to their end by the
manager. Every plugin is called alone; when one fails, all failures are collected and the run stops (only
`after_tests` and `after_zip` may fail softly: they are reported and the run goes on).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pluggy

from iopeer_core.blueprint.additions import Addition
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Check, Contribution
from iopeer_core.blueprint.plan import Plan
from iopeer_core.model.spec import Spec
from iopeer_core.runs.report import Report, Selection, ZipExtras
from iopeer_core.tree.model import Patch, Tree

PROJECT = "iopeer"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The hooks' names, arguments and results."""

    @hookspec
    def before_plan(self, spec: Spec) -> Iterable[Addition]:
        """Add to the user's spec: entities, fields, roles, grants. All plugins see the same `spec`."""
        raise NotImplementedError

    @hookspec
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        """Contribute to the product; the plan's spec has everybody's additions."""
        raise NotImplementedError

    @hookspec
    def before_code(self, blueprint: Blueprint) -> Iterable[Contribution]:
        """Contribute what depends on others' contributions of `after_plan` (a CI job per `Check`)."""
        raise NotImplementedError

    @hookspec
    def after_code(self, tree: Tree, blueprint: Blueprint) -> Patch | None:
        """Change files of your own, once all are rendered."""
        raise NotImplementedError

    @hookspec
    def before_tests(self, tree: Tree, checks: tuple[Check, ...]) -> Selection | None:
        """Leave out planned checks, with the reason that the user is told."""
        raise NotImplementedError

    @hookspec
    def after_tests(self, report: Report, tree: Tree, blueprint: Blueprint) -> Patch | None:
        """Mend what failed, or look at what passed.

        Fixers go one at a time, by name; a patch to a file that the user edited is refused.
        """
        raise NotImplementedError

    @hookspec
    def before_zip(self, tree: Tree) -> ZipExtras | None:
        """Leave paths out of the archive, add documents to it."""
        raise NotImplementedError

    @hookspec
    def after_zip(self, archive: Path) -> None:
        """Do something with the finished archive. Not called in dry runs."""
        raise NotImplementedError
