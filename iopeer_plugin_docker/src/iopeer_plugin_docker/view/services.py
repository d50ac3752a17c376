"""The services of a compose file that run the product's own images: its tasks, then its processes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import EnvVar, Process, Task
from iopeer_core.errors import PluginError

from iopeer_plugin_docker.view.backing import Backing, needed
from iopeer_plugin_docker.view.images import Image, is_of, starting
from iopeer_plugin_docker.view.writing import literal

LISTEN = "LISTEN"
"""The setting of the address and port where the product answers."""
HEALTHY, STARTED, DONE = "service_healthy", "service_started", "service_completed_successfully"


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A service of the compose file: a process that stays, or a task that ends."""

    name: str
    image: Image
    builds: bool  # its image is built for it; others take the same
    command: tuple[str, ...] = ()  # another than the image's own
    depends: tuple[tuple[str, str], ...] = ()  # names, and the conditions
    needs: tuple[str, ...] = ()  # as the process says
    task: bool = False
    port: int = 0
    health: str = ""  # the path that is asked
    probe: tuple[str, ...] = ()  # another than the image's own
    probed: bool = True


def running(blueprint: Blueprint, images: Sequence[Image], backing: Sequence[Backing]) -> tuple[Running, ...]:
    """The tasks and processes of a plan as services.

    Args:
        blueprint: the plan.
        images: of its components.
        backing: the services that they may need.
    """
    plan = _Plan(blueprint, images, backing)
    return (*plan.tasks(), *plan.processes())


def entries(services: Sequence[Running]) -> tuple[Running, ...]:
    """Those that listen and that no other hands requests on to; what leads to most of the product comes first."""
    handed_to = {name for each in services for name in each.needs}
    found = (each for each in services if each.port and each.name not in handed_to)
    return tuple(sorted(found, key=lambda each: (-len(each.needs), each.name)))


class _Plan:
    def __init__(self, blueprint: Blueprint, images: Sequence[Image], backing: Sequence[Backing]) -> None:
        self._images = {image.name: image for image in images}
        self._variables = blueprint.all(EnvVar)
        self._tasks = starting(blueprint)
        self._processes = {each.name: each for each in blueprint.all(Process)}
        self._backing = {each.name: each for each in backing}

    def tasks(self) -> Iterator[Running]:
        """One after the other."""
        before: tuple[tuple[str, str], ...] = ()
        for task in self._tasks:
            image = self._images[task.component]
            yield Running(
                name=service_name(task.name),
                image=image,
                builds=image.main is None and task == self._first(image),
                command=task.command,
                depends=(*self._services(task.component), *before),
                task=True,
                probed=False,
            )
            before = ((service_name(task.name), DONE),)

    def processes(self) -> Iterator[Running]:
        """Each when what it needs is there."""
        for process in self._processes.values():
            image = self._images[process.component]
            probe = image.probe_of(process)
            yield Running(
                name=service_name(process.name),
                image=image,
                builds=process == image.main,
                command=() if process == image.main else image.command_of(process),
                depends=tuple(self._depends(process)),
                needs=tuple(service_name(name) for name in process.needs if name in self._processes),
                port=process.port,
                health=process.health,
                probe=() if process == image.main else probe,
                probed=bool(probe),
            )

    def _first(self, image: Image) -> Task:
        return next(task for task in self._tasks if task.component == image.name)

    def _services(self, component: str) -> Iterator[tuple[str, str]]:
        """The services that a component's settings name."""
        for name in self._backing:
            if any(each.service == name and is_of(each, component) for each in self._variables):
                yield name, HEALTHY

    def _depends(self, process: Process) -> Iterator[tuple[str, str]]:
        named = {name: HEALTHY for name in process.needs if name in self._backing}
        yield from (named | dict(self._services(process.component))).items()
        others = [self._processes[name] for name in process.needs if name in self._processes]
        yield from ((service_name(each.name), HEALTHY if each.port and each.health else STARTED) for each in others)
        if self._tasks and not others:
            yield service_name(self._tasks[-1].name), DONE


def environment(
    blueprint: Blueprint, component: str, backing: Sequence[Backing], *, proxies: int
) -> Iterator[tuple[str, str]]:
    """The variables that a component's services see, with what the compose file fills in.

    Args:
        blueprint: the plan.
        component: its name.
        backing: the services whose addresses are known.
        proxies: how many the compose file itself puts before the component.

    Raises:
        PluginError: a default cannot be written in a compose file.
    """
    urls = {each.name: f"http://{service_name(each.name)}:{each.port}" for each in blueprint.all(Process) if each.port}
    services = {each.name: each for each in backing}
    named = {each.service for each in blueprint.all(EnvVar) if is_of(each, component)}
    for service in backing:
        yield from service.variables if service.name in named else ()
    for each in blueprint.all(EnvVar):
        if is_of(each, component):
            one = services.get(each.service)
            address = one.url if one else "" if each.public else urls.get(each.address_of)
            counted = str(int(each.value or 0) + proxies) if each.proxies else each.value
            yield each.name, address or _value(replace(each, value=counted))


def _value(variable: EnvVar) -> str:
    if variable.production:
        return literal(variable.production)
    if variable.secret:
        return needed(variable.name)
    if "}" in variable.value or "${" in variable.value:
        raise PluginError(
            f"the default of {variable.name} has a brace, at which a compose file would end it: {variable.value}",
            how="contribute a `production` value, or a default without",
        )
    return f"${{{variable.name}:-{literal(variable.value)}}}"


def service_name(name: str) -> str:
    """A name as a compose file takes it, and as a host is called."""
    return re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-")
