"""What the plugin gives to a plan: what it knows, and a file for each component that runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, Ecosystem, EnvVar, File
from iopeer_core.errors import PluginError
from iopeer_core.render.renderer import template_files

from iopeer_plugin_docker.config import DockerConfig
from iopeer_plugin_docker.contributions import BaseImage, Gateway, ServiceImage
from iopeer_plugin_docker.guides import guides
from iopeer_plugin_docker.known import NGINX, POSTGRESQL
from iopeer_plugin_docker.view import ContainersView
from iopeer_plugin_docker.view.services import LISTEN

GATEWAY = "proxy"
"""The service that is the NGINX."""
TEMPLATES = Path(__file__).parent / "templates"
DOCKERFILE = "{root}/Dockerfile"
"""The template of a component's image."""


def contributions(config: DockerConfig) -> Iterator[Contribution]:
    """What every plan with containers has.

    Args:
        config: the project's settings.
    """
    yield replace(POSTGRESQL, default=True)
    for purpose, image in sorted(config.images.items()):
        yield BaseImage(purpose=purpose, image=image)
    if config.nginx:
        yield Gateway(image=NGINX, body_limit=config.body_limit)


def files(blueprint: Blueprint) -> Iterator[Contribution]:
    """The files that a plan's processes ask for; nothing where nothing runs.

    Args:
        blueprint: the plan.

    Raises:
        PluginError: a component's ecosystem or a service's kind is not known, or an image is for nothing.
    """
    _refuse_unused(blueprint)
    view = ContainersView(blueprint)
    if not view.images:
        return
    _refuse_twice(view)
    for image in view.images:
        yield File(path=image.dockerfile, template=f"{DOCKERFILE}.j2", default=True)
    for file in template_files(TEMPLATES, only=lambda path: path != DOCKERFILE):
        if view.gateway or file.path != "docker/nginx.conf":
            yield file
    for name in view.own_secrets:
        yield EnvVar(name=name, doc="Of the services in containers", secret=True, runner=True)
    if view.published:
        doc = "Where the containers answer; 0.0.0.0 is every address of the machine"
        yield EnvVar(name=LISTEN, value=view.listen, doc=doc, runner=True)
    yield from guides(view)


def _refuse_unused(blueprint: Blueprint) -> None:
    """Say which image of the settings nothing asks for: the name is misspelt."""
    known = {each.name for each in blueprint.all(Ecosystem)} | {each.kind for each in blueprint.all(ServiceImage)}
    for each in blueprint.all(BaseImage):
        if each.purpose not in known | {"nginx"}:
            raise PluginError(
                f"the image {each.image!r} is for {each.purpose!r}, which nothing is",
                where="[docker] images",
                how=f"use one of: {', '.join(sorted(known | {'nginx'}))}",
            )


def _refuse_twice(view: ContainersView) -> None:
    """Say which name two services of the compose file would have."""
    names = [each.name for each in view.running] + [each.name for each in view.backing]
    names += [GATEWAY] if view.gateway else []
    for name, times in Counter(names).items():
        if times > 1:
            raise PluginError(
                f"the service {name!r} is twice in docker-compose.yml: as a process, a task, a service or the NGINX",
                how="give one of them another name",
            )
