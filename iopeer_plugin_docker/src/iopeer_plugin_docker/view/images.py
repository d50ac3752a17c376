"""The images of a product: one for each component that runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Bundle, Component, Ecosystem, EnvVar, Pins, Process, Task
from iopeer_core.errors import PluginError

from iopeer_plugin_docker.contributions import SystemPackage
from iopeer_plugin_docker.view.writing import filled

HOST = "0.0.0.0"  # noqa: S104 - in a container: what is published of it is the compose file's matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image: what its Dockerfile says."""

    name: str  # the component's
    title: str
    tag: str
    base: str
    root: str
    manifests: tuple[str, ...]  # what is installed from
    files: tuple[str, ...]  # what it runs with beside its root
    system_packages: tuple[str, ...]
    install: tuple[str, ...]
    building: tuple[tuple[str, str], ...]  # variables of the build
    builds: tuple[tuple[str, ...], ...]
    prune: tuple[str, ...]
    packages: str
    programs: str
    variables: tuple[tuple[str, str], ...]
    bundle: Bundle | None
    processes: tuple[Process, ...]  # the first is what the image runs by itself
    probe: tuple[str, ...]  # with {url}

    @property
    def dockerfile(self) -> str:
        """Its path."""
        return (PurePosixPath(self.root) / "Dockerfile").as_posix()

    @property
    def context(self) -> frozenset[str]:
        """What it is made from."""
        return frozenset({self.root, *self.manifests, *self.files})

    @property
    def sources(self) -> tuple[str, ...]:
        """What is copied from the product: its root and the files beside it."""
        return tuple(sorted({self.root, *self.files}))

    def folders(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """For each folder, as COPY wants it, the paths of its files."""
        grouped: dict[str, list[str]] = {}
        for path in paths:
            grouped.setdefault(PurePosixPath(path).parent.as_posix(), []).append(path)
        for folder, names in sorted(grouped.items()):
            yield " ".join(sorted(names)), "./" if folder == "." else f"{folder}/"

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What is taken over from the build, and to where."""
        if self.bundle:
            return self.bundle.files
        inside = self.root == "." or PurePosixPath(self.packages).is_relative_to(self.root)
        built = self.sources if self.builds else ()
        packages = () if inside and self.builds else (self.packages,)
        return tuple((path, "./" if path == "." else path) for path in packages + built)

    @property
    def copied(self) -> tuple[str, ...]:
        """What is copied from the product as it is: its sources, where nothing is built of them."""
        return () if self.bundle or self.builds else self.sources

    @property
    def main(self) -> Process | None:
        """The process that the image runs by itself."""
        return self.processes[0] if self.processes else None

    @property
    def port(self) -> int:
        """That which it listens on, 0 for none."""
        return self.main.port if self.main else 0

    @property
    def command(self) -> tuple[str, ...]:
        """What it runs by itself."""
        if self.main is None:
            return ()
        return self.command_of(self.main)

    def command_of(self, process: Process) -> tuple[str, ...]:
        """The command of one of its processes."""
        command = self.bundle.command if self.bundle else process.command
        return tuple(self._listening(word, process.port) for word in command)

    def probe_of(self, process: Process) -> tuple[str, ...]:
        """The command that asks for a process's health; nothing where it cannot be asked."""
        if not process.port or not process.health:
            return ()
        url = f"http://127.0.0.1:{process.port}{process.health}"
        return tuple(filled(word, url=url) for word in self.probe)

    @property
    def environment(self) -> tuple[tuple[str, str], ...]:
        """The variables of what runs."""
        more = self.bundle.variables if self.bundle else ()
        path = () if self.bundle else (("PATH", f"/app/{self.programs}:$PATH"),)
        return path + self.variables + tuple((name, self._listening(value, self.port)) for name, value in more)

    @staticmethod
    def _listening(word: str, port: int) -> str:
        return filled(word, host=HOST, port=str(port))


def images_of(blueprint: Blueprint, bases: Mapping[str, str], product: str) -> tuple[Image, ...]:
    """The images of a plan, by their components' names.

    Args:
        blueprint: the plan.
        bases: other bases, by the ecosystem's name.
        product: what the names of images begin with.

    Raises:
        PluginError: nobody says how components of an ecosystem become images.
    """
    runs = {each.component for each in blueprint.all(Process)} | {task.component for task in starting(blueprint)}
    return tuple(_image(each, blueprint, bases, product) for each in blueprint.all(Component) if each.name in runs)


def starting(blueprint: Blueprint) -> tuple[Task, ...]:
    """The tasks that are done before the processes start, in their order."""
    return _ordered(blueprint, "start")


def _ordered(blueprint: Blueprint, stage: str) -> tuple[Task, ...]:
    found = (task for task in blueprint.all(Task) if task.stage == stage)
    return tuple(sorted(found, key=lambda task: (task.order, task.name)))


def _image(component: Component, blueprint: Blueprint, bases: Mapping[str, str], product: str) -> Image:
    ecosystem = next((each for each in blueprint.all(Ecosystem) if each.name == component.ecosystem), None)
    if ecosystem is None or not ecosystem.image:
        raise PluginError(
            f"nobody says how {component.name!r}, of the ecosystem {component.ecosystem!r}, becomes an image",
            how="a plugin can: by an Ecosystem with an image",
        )
    name = component.name
    lock = next((pins.path for pins in blueprint.all(Pins) if pins.component == name), "")
    values = {"root": component.root, "manifest": component.manifest, "lock": lock}
    processes = _processes(blueprint, name)
    bundle = _bundle(blueprint, name, processes)
    return Image(
        name=name,
        title=component.title or name,
        tag=f"{product}-{name}",
        base=bases.get(ecosystem.name, ecosystem.image),
        root=component.root,
        manifests=tuple(path for path in (component.manifest, lock) if path),
        files=component.files,
        system_packages=tuple(each.name for each in blueprint.all(SystemPackage) if each.component == name),
        install=_filled(ecosystem.install if lock else ecosystem.install_unlocked, values),
        building=_constants(blueprint, name) + (bundle.building if bundle else ()),
        builds=tuple(task.command for task in _ordered(blueprint, "build") if task.component == name),
        prune=() if bundle else _filled(ecosystem.prune, values),
        packages=filled(ecosystem.packages, **values),
        programs=filled(ecosystem.programs, **values),
        variables=ecosystem.variables,
        bundle=bundle,
        processes=processes,
        probe=ecosystem.probe,
    )


def _processes(blueprint: Blueprint, component: str) -> tuple[Process, ...]:
    """Those of a component; what listens comes first."""
    found = (each for each in blueprint.all(Process) if each.component == component)
    return tuple(sorted(found, key=lambda each: (not each.port, each.name)))


def _bundle(blueprint: Blueprint, component: str, processes: Sequence[Process]) -> Bundle | None:
    """What is enough for the component: a bundle, where its one process is all that runs of it."""
    if len(processes) != 1 or any(task.component == component for task in starting(blueprint)):
        return None
    return next((each for each in blueprint.all(Bundle) if each.process == processes[0].name), None)


def _constants(blueprint: Blueprint, component: str) -> tuple[tuple[str, str], ...]:
    """The settings of a component that a build may read: no addresses, no secrets."""
    return tuple(
        (each.name, each.value)
        for each in blueprint.all(EnvVar)
        if is_of(each, component) and each.value and not (each.secret or each.service or each.address_of)
    )


def is_of(variable: EnvVar, component: str) -> bool:
    """Whether a component reads a setting; one that names no components is for all."""
    return not variable.runner and (not variable.components or component in variable.components)


def _filled(commands: Iterable[str], values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filled(command, **values) for command in commands)
