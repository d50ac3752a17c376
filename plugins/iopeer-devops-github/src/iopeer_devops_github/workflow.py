"""The jobs of the workflow, out of what all plugins say of the product: one for each component, and one for the whole."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Check, Component, Ecosystem, EnvVar, File, Pins, Process, Service, Task
from iopeer_core.errors import PluginError

from iopeer_devops_github.contributions import Repository
from iopeer_devops_github.known import CHECKOUT, SERVICES, SET_UPS, UPLOAD, Served, SetUp

HOST = "127.0.0.1"
CACHE = "${{ runner.temp }}"
"""A folder that outlives a step."""
INSTALLING = 10
"""Minutes for what is not a check."""
CONTAINER = "Dockerfile"
BILLS = "bills-of-materials"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a job: commands, or an action."""

    name: str
    run: tuple[str, ...] = ()
    uses: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    always: bool = False  # where a step before it has failed too


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job: steps on a machine of its own."""

    key: str
    name: str
    steps: tuple[Step, ...]
    minutes: int
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Workflow:
    """What the templates see.

    Args:
        blueprint: the plan, and what all plugins contribute.
    """

    blueprint: Blueprint

    @cached_property
    def repository(self) -> Repository:
        """Where the product lies."""
        return next(iter(self.blueprint.all(Repository)), Repository())

    # -- the jobs

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """All of them."""
        return tuple(self._jobs())

    def _jobs(self) -> Iterator[Job]:
        checks = self.blueprint.all(Check)
        for component in self.blueprint.all(Component):
            own = [each for each in checks if each.component == component.name and not each.needs]
            if own:
                yield self._of_component(component, own)
            for service in dict.fromkeys(each.service for each in own if each.service):
                yield self._on_service(component, service, [each for each in own if each.service == service])
        together = [each for each in checks if each.needs]
        if together:
            yield self._of_product(together)
        if images := self._images:
            yield Job(key="images", name="Images", steps=(_checkout(), *images), minutes=4 * INSTALLING)
        yield self._bills()

    def _of_component(self, component: Component, checks: Iterable[Check]) -> Job:
        steps = tuple(_checked(each) for each in checks)
        minutes = INSTALLING + sum(each.timeout for each in checks) // 60
        return Job(
            key=component.name,
            name=component.title or component.name,
            steps=(_checkout(), *self._set_up([component]), *steps),
            minutes=minutes,
        )

    def _on_service(self, component: Component, name: str, checks: Iterable[Check]) -> Job:
        """The checks of a component that run on a service too, once more."""
        service = next(each for each in self.blueprint.all(Service) if each.name == name)
        served = _served(service)
        start = Step(name=f"Start {service.kind}", run=served.start)
        steps = (_checked(each, {each.service_variable: served.url}) for each in checks)
        return Job(
            key=f"{component.name}-{service.kind}",
            name=f"{component.title or component.name} ({service.kind})",
            steps=(_checkout(), *self._set_up([component]), start, *steps),
            minutes=INSTALLING + sum(each.timeout for each in checks) // 60,
        )

    def _of_product(self, checks: list[Check]) -> Job:
        """The checks that find the product running: it is built, begun with an empty database, and started."""
        needed = self._needed(name for each in checks for name in each.needs)
        names = {*(each.component for each in checks), *(each.component for each in needed)}
        components = [each for each in self.blueprint.all(Component) if each.name in names]
        tasks = sorted(self.blueprint.all(Task), key=lambda task: (task.order, task.name))
        built = [self._task(each) for each in tasks if each.stage == "build" and each.component in names]
        begun = [self._task(each) for each in tasks if each.stage == "start" and each.component in names]
        return Job(
            key="product",
            name="The whole product",
            steps=(
                _checkout(),
                *self._set_up(components),
                self._secrets(),
                *built,
                *begun,
                *(self._started(each) for each in needed),
                *(_checked(each) for each in checks),
                Step(
                    name="What the processes wrote",
                    run=tuple(f"cat {_log(each)}" for each in needed),
                    always=True,
                ),
            ),
            minutes=2 * INSTALLING + sum(each.timeout for each in checks) // 60,
            variables=self._settings(needed, checks),
        )

    def _bills(self) -> Job:
        """What the product is made of, component by component, as files that the run keeps."""
        components = self.blueprint.all(Component)
        set_ups = {each.ecosystem: _set_up_of(each) for each in components}
        steps = [Step(name="Make the folder", run=(f"mkdir {BILLS}",))]
        for component in components:
            bill = tuple(self._filled(each, component) for each in set_ups[component.ecosystem].bill)
            steps.append(Step(name=f"Bill of {component.name}", run=bill))
        keep = Step(
            name="Keep the bills",
            uses=UPLOAD.uses,
            options={"name": BILLS, "path": self._from_root(BILLS), "if-no-files-found": "error"},
        )
        programs = self._programs(components)
        return Job(
            key="bills",
            name="Bills of materials",
            steps=(_checkout(), *programs, *steps, keep),
            minutes=2 * INSTALLING,
        )

    # -- steps

    def _set_up(self, components: Iterable[Component]) -> Iterator[Step]:
        components = tuple(components)
        yield from self._programs(components)
        installed: set[tuple[str, ...]] = set()
        for component in components:
            ecosystem = self._ecosystem(component)
            commands = tuple(self._filled(each, component) for each in ecosystem.develop or ecosystem.install)
            if commands in installed:
                continue
            installed.add(commands)
            path = self._filled(ecosystem.programs, component)
            known = (f'echo "$PWD/{path}" >> "$GITHUB_PATH"',) if path else ()
            yield Step(name=f"Install what {component.name} needs", run=(*commands, *known))

    def _programs(self, components: Iterable[Component]) -> Iterator[Step]:
        """The programs of ecosystems, each once, in the version that images have."""
        for name in dict.fromkeys(each.ecosystem for each in components):
            component = next(each for each in components if each.ecosystem == name)
            set_up = _set_up_of(component)
            version = self._ecosystem(component).image.rpartition(":")[2].partition("-")[0]
            yield Step(name=f"Set {name} up", uses=set_up.action.uses, options={set_up.version: version})

    def _task(self, task: Task) -> Step:
        return Step(name=task.title or task.name, run=(shlex.join(task.command),))

    def _started(self, process: Process) -> Step:
        command = shlex.join(_placed(part, process) for part in process.command)
        url = f"http://{HOST}:{process.port}{process.health}"
        wait = f"timeout 90 sh -c 'until curl --fail --silent --output /dev/null {url}; do sleep 1; done'"
        return Step(name=f"Start {process.name}", run=(f"nohup {command} > {_log(process)} 2>&1 &", wait))

    def _secrets(self) -> Step:
        """Secrets of this run alone."""
        names = [each.name for each in self.blueprint.all(EnvVar) if each.secret and each.components]
        return Step(
            name="Make secrets for this run",
            run=tuple(f'echo "{name}=$(openssl rand -hex 32)" >> "$GITHUB_ENV"' for name in names),
        )

    @property
    def _images(self) -> tuple[Step, ...]:
        """A step for each image that the product has a file for."""
        paths = [each.path for each in self.blueprint.all(File) if each.path.rpartition("/")[2] == CONTAINER]
        return tuple(
            Step(name=f"Build {path}", run=(f"docker build --quiet --file {shlex.quote(path)} .",)) for path in paths
        )

    # -- facts

    def _needed(self, names: Iterable[str]) -> list[Process]:
        """Processes and those that they need, each after what it needs."""
        known = {each.name: each for each in self.blueprint.all(Process)}
        found: dict[str, Process] = {}

        def take(name: str) -> None:
            if name not in found:
                for other in known[name].needs:
                    take(other)
                found[name] = known[name]

        for name in names:
            take(name)
        return list(found.values())

    def _settings(self, processes: Iterable[Process], checks: Iterable[Check]) -> dict[str, str]:
        """The product's settings for checks, and where its processes are."""
        addresses = {each.name: f"http://{HOST}:{each.port}" for each in processes}
        found = {each.name: each.checks or each.value for each in self.blueprint.all(EnvVar) if not each.secret}
        found |= {each.name: addresses[each.address_of] for each in self._addressed if each.address_of in addresses}
        found |= {f"{name.upper().replace('-', '_')}_URL": url for name, url in addresses.items()}
        found |= {name: value for each in checks for name, value in each.variables if "{" not in value}
        return {name: value for name, value in sorted(found.items()) if value}

    @property
    def _addressed(self) -> list[EnvVar]:
        return [each for each in self.blueprint.all(EnvVar) if each.address_of]

    def _ecosystem(self, component: Component) -> Ecosystem:
        return next(each for each in self.blueprint.all(Ecosystem) if each.name == component.ecosystem)

    def _filled(self, text: str, component: Component) -> str:
        """A command with the paths of a component."""
        lock = next((each.path for each in self.blueprint.all(Pins) if each.component == component.name), "")
        bill = f"{BILLS}/{component.name}.json"
        values = {"root": component.root, "manifest": component.manifest, "lock": lock, "bill": bill}
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _from_root(self, path: str) -> str:
        return f"{self.repository.folder}/{path}" if self.repository.folder else path

    # -- what Dependabot looks at

    @property
    def updated(self) -> tuple[tuple[str, str], ...]:
        """The ecosystems that are kept new, by Dependabot's names, and their folders."""
        found = [("github-actions", "/")]
        for component in self.blueprint.all(Component):
            folder = self._from_root(component.manifest.rpartition("/")[0]).rstrip("/")
            found.append((_set_up_of(component).updates, f"/{folder}"))
        for each in self.blueprint.all(File):
            folder, _, name = each.path.rpartition("/")
            if name == CONTAINER:
                found.append(("docker", f"/{self._from_root(folder)}"))
        return tuple(dict.fromkeys(found))


def _checkout() -> Step:
    return Step(name="Check the code out", uses=CHECKOUT.uses, options={"persist-credentials": "false"})


def _checked(check: Check, variables: Mapping[str, str] | None = None) -> Step:
    found = {name: value.replace("{cache}", CACHE) for name, value in check.variables} | dict(variables or {})
    return Step(name=check.title or check.name, run=(shlex.join(check.command),), variables=found)


def _set_up_of(component: Component) -> SetUp:
    found = SET_UPS.get(component.ecosystem)
    if found is None:
        raise PluginError(
            f"nothing is known of how GitHub's machines get {component.ecosystem!r}, which {component.name!r} needs",
            how="take 'github' out of the plugins, or ask its authors for that ecosystem",
        )
    return found


def _served(service: Service) -> Served:
    found = SERVICES.get(service.kind)
    if found is None:
        raise PluginError(
            f"nothing is known of how {service.kind!r} is started on GitHub's machines, on which checks run too",
            how="take 'github' out of the plugins, or ask its authors for that service",
        )
    return found


def _placed(part: str, process: Process) -> str:
    return part.replace("{host}", HOST).replace("{port}", str(process.port))


def _log(process: Process) -> str:
    return f"{process.name}.log"
