"""What other plugins may hand to the containers: their public interface, version 1.

Data only. Ecosystems, components, processes, tasks, services and settings are the core's types: whatever a plugin
contributes of them gets its image and its place in docker-compose.yml. These types say what the core does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from iopeer_core.blueprint.contributions import Contribution, Merge

VERSION = "1.0"
"""The contract's version: the minor part grows with additions, the major one with breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPackage(Contribution):
    """A package of the base image's distribution (Debian) that a component needs where it runs."""

    merge = Merge.UNION
    refers = MappingProxyType({"component": "component"})
    component: str
    name: str

    @property
    def key(self) -> tuple[str, ...]:
        return (self.component, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceImage(Contribution):
    """How services of a kind run: their image, how they are asked for their health, what they keep.

    Values may hold `{name}` and `{port}`, the service's, and `${VARIABLE}`, a setting of the `.env` file.
    """

    kind: str  # as in Service.kind
    image: str  # "{version}" is the service's
    version: str  # where the service names none
    url: str  # what settings hold that name the service
    variables: tuple[tuple[str, str], ...] = ()  # what else their components see: a password that fits in no URL
    health: tuple[str, ...]  # a command of the image
    environment: tuple[tuple[str, str], ...] = ()
    user: str = ""
    volume: str = ""  # the folder of its data
    scratch: tuple[str, ...] = ("/tmp",)  # noqa: S108 - folders in the container that it writes to and nobody keeps
    secrets: tuple[str, ...] = ()  # settings that hold its passwords, made fresh on first use
    hint: str = ""  # Markdown for the README: what whoever runs it must know

    @property
    def key(self) -> tuple[str, ...]:
        return (self.kind,)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseImage(Contribution):
    """Another image than an `Ecosystem`, a `ServiceImage` or the `Gateway` names."""

    purpose: str  # the ecosystem, the kind of service, or "nginx"
    image: str

    @property
    def key(self) -> tuple[str, ...]:
        return (self.purpose,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway(Contribution):
    """An NGINX before the process that browsers reach."""

    image: str
    body_limit: str  # "10m"
    port: int = 8080

    @property
    def key(self) -> tuple[str, ...]:
        return ()
