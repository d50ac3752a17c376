"""A backing service in a container: a database, a cache, a broker."""

from __future__ import annotations

from iopeer_core.blueprint.contributions import Service

from iopeer_plugin_docker.contributions import ServiceImage
from iopeer_plugin_docker.view.writing import filled


class Backing:
    """A service of the compose file that the product did not make.

    Args:
        service: what the product asks for.
        kind: how services of its kind run.
        image: another image than the kind's.
    """

    def __init__(self, service: Service, kind: ServiceImage, image: str | None) -> None:
        self.name = service.name
        self.user = kind.user
        self.secrets = kind.secrets
        self.scratch = kind.scratch
        self.volume = kind.volume
        self.volume_name = f"{service.name}-data"
        self.image = filled(image or kind.image, version=service.version or kind.version)
        self._values = {"name": service.name, "port": str(service.port)}
        self.health = tuple(self._filled(word) for word in kind.health)
        self.environment = tuple((name, self._filled(required(value, kind))) for name, value in kind.environment)
        self.variables = tuple((name, self._filled(required(value, kind))) for name, value in kind.variables)
        self.hint = self._filled(kind.hint)
        self.url = self._filled(required(kind.url, kind))

    def _filled(self, text: str) -> str:
        return filled(text, **self._values)


def required(text: str, kind: ServiceImage) -> str:
    """The text with its passwords written so that the compose file is refused without them."""
    for name in kind.secrets:
        text = text.replace(f"${{{name}}}", needed(name))
    return text


def needed(name: str) -> str:
    """A setting without which nothing starts."""
    return f"${{{name}:?run docker/init-env.sh}}"
