"""The hooks, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, Guide
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.render.renderer import template_files

from iopeer_devops_github.config import Config
from iopeer_devops_github.contributions import Repository
from iopeer_devops_github.guides import body
from iopeer_devops_github.workflow import Workflow


class GithubPlugin(Plugin[Config]):
    """Makes the workflow that checks the product on GitHub, and has Dependabot keep what it is made of new."""

    Config = Config

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """The product's repository."""
        yield Repository(**self.config.model_dump())

    @hookimpl
    def before_code(self, blueprint: Blueprint) -> Iterable[Contribution]:
        """The workflow, the settings of Dependabot, and a section of the product's README."""
        workflow = Workflow(blueprint=blueprint)
        yield from template_files(Path(__file__).parent / "templates")
        yield Guide(title="GitHub", body=body(workflow.jobs, workflow.repository, blueprint.spec.language), order=90)
