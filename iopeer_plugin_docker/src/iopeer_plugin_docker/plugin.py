"""The hooks of the Docker plugin, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, yielding
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin

from iopeer_plugin_docker.config import DockerConfig
from iopeer_plugin_docker.product import contributions, files


class DockerPlugin(Plugin[DockerConfig]):
    """Makes images of whatever the product runs, and a compose file that runs them together."""

    Config = DockerConfig

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """What is known of ecosystems and services, and the settings."""
        return yielding(contributions(self.config))

    @hookimpl
    def before_code(self, blueprint: Blueprint) -> Iterable[Contribution]:
        """A Dockerfile per component that runs, the compose file, and how to use them."""
        return yielding(files(blueprint))
