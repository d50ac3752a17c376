"""What the templates ask: the product's images, and the services that run them, as Docker names things."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePosixPath

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import EnvVar, Service
from iopeer_core.errors import PluginError
from iopeer_core.model.names import identifier

from iopeer_plugin_docker.contributions import BaseImage, Gateway, ServiceImage
from iopeer_plugin_docker.view.backing import Backing
from iopeer_plugin_docker.view.images import Image, images_of, is_of
from iopeer_plugin_docker.view.services import Running, entries, environment, running


class ContainersView:
    """A product in containers.

    Args:
        blueprint: the plan.

    Raises:
        PluginError: nobody says how components of an ecosystem, or services of a kind, run in a container.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._bases = {each.purpose: each.image for each in blueprint.all(BaseImage)}
        self.slug = identifier(blueprint.spec.title).replace("_", "-") or "app"
        self.images = images_of(blueprint, self._bases, self.slug)
        self.backing = tuple(self._backing())

    def image(self, dockerfile: str) -> Image:
        """The image that a Dockerfile makes."""
        return next(image for image in self.images if image.dockerfile == dockerfile)

    @cached_property
    def running(self) -> tuple[Running, ...]:
        """The services of the compose file that the product's own images run as: tasks, then processes."""
        return running(self._blueprint, self.images, self.backing)

    def environment(self, image: Image) -> tuple[tuple[str, str], ...]:
        """The variables of the services that run an image."""
        is_behind = self.gateway is not None and self.front is not None and image == self.front.image
        return tuple(environment(self._blueprint, image.name, self.backing, proxies=int(is_behind)))

    @property
    def proxies(self) -> str:
        """The setting that counts the proxies before the one that people reach; "" where none does."""
        found = (each.name for each in self._blueprint.all(EnvVar) if each.proxies)
        known = {name for name, _ in self.environment(self.front.image)} if self.front else set()
        return next((name for name in found if name in known), "")

    @property
    def one_more(self) -> int:
        """How many proxies there are with one before the containers."""
        return 2 if self.gateway else 1

    @cached_property
    def published(self) -> tuple[Running, ...]:
        """What is reached from outside: of what listens, that which nothing else hands requests on to."""
        return entries(self.running)

    @property
    def front(self) -> Running | None:
        """Of those the one that people reach."""
        return self.published[0] if self.published else None

    @property
    def gateway(self) -> Gateway | None:
        """The NGINX before it, if there is to be one."""
        found = self._blueprint.all(Gateway)
        return found[0] if found and self.front else None

    @property
    def gateway_image(self) -> str:
        """The image of the NGINX."""
        return self._bases.get("nginx", self.gateway.image if self.gateway else "")

    @property
    def listen(self) -> str:
        """Where the product answers by default: an address and a port of the machine."""
        return f"127.0.0.1:{self.front.port}" if self.front else ""

    @cached_property
    def own_secrets(self) -> tuple[str, ...]:
        """The settings that hold passwords of the services."""
        return tuple(sorted({name for each in self.backing for name in each.secrets}))

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        """The settings that are made fresh on first use."""
        others = {
            each.name
            for each in self._blueprint.all(EnvVar)
            if each.secret and any(is_of(each, image.name) for image in self.images)
        }
        return tuple(sorted(others | {*self.own_secrets}))

    @property
    def context(self) -> tuple[str, ...]:
        """What images are built from: paths of the product, sorted; nothing where that is all of it."""
        roots = {image.root for image in self.images}
        paths = {path for image in self.images for path in image.context}
        return () if "." in roots else tuple(sorted(path for path in paths if not _within(path, roots - {path})))

    @property
    def hints(self) -> tuple[str, ...]:
        """What whoever runs the services must know, as Markdown."""
        return tuple(each.hint for each in self.backing if each.hint)

    @property
    def volumes(self) -> tuple[str, ...]:
        """The names of the volumes."""
        return tuple(each.volume_name for each in self.backing if each.volume)

    def _backing(self) -> list[Backing]:
        """The services that somebody's settings ask for, and those that the product cannot do without."""
        kinds = {each.kind: each for each in self._blueprint.all(ServiceImage)}
        found: list[Backing] = []
        for service in self._blueprint.all(Service):
            kind = kinds.get(service.kind)
            if kind is not None:
                found.append(Backing(service, kind, self._bases.get(service.kind)))
            elif not service.optional:
                raise PluginError(
                    f"nobody says how the service {service.name!r} of the kind {service.kind!r} runs in a container",
                    how="a plugin can: by a ServiceImage of iopeer_plugin_docker.contributions",
                )
        return found


def _within(path: str, folders: Iterable[str]) -> bool:
    return any(PurePosixPath(path).is_relative_to(folder) for folder in folders)
