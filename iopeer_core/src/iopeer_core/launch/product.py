"""A product that runs: its tasks are done, its processes are healthy, and all of them end with it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Component, Process, Task
from iopeer_core.environments.provide import Provided
from iopeer_core.errors import CheckFailed, PluginError
from iopeer_core.launch.ports import HOST, free_ports
from iopeer_core.launch.process import run_process
from iopeer_core.launch.service import TAIL, Service
from iopeer_core.launch.settings import addresses, base_variables

LONGEST = 1800.0
"""Seconds that a task may take."""
Tell = Callable[[str, str], None]
"""Gets the name of a task or process, and a line of its output."""


class Product:
    """Runs a product's processes while it is entered.

    Args:
        blueprint: its components, tasks, processes and settings.
        folder: where its files are.
        environment: gives the environment of a component.
        settings: variables of its processes.
        tell: gets their output.
        live: show changes of the code at once, where a process can.
        wanted: take the declared ports where they are free.
        only: the names of the processes to run, and those that they need; all by default.
    """

    def __init__(
        self,
        blueprint: Blueprint,
        folder: Path,
        *,
        environment: Callable[[Component], Provided],
        settings: Mapping[str, str],
        tell: Tell,
        live: bool = False,
        wanted: bool = False,
        only: Collection[str] = (),
    ) -> None:
        self._blueprint = blueprint
        self._folder = folder
        self._environment = environment
        self._tell = tell
        self._live = live
        self._components = {each.name: each for each in blueprint.all(Component)}
        self._processes = _in_order(blueprint.all(Process), only)
        self._open = ExitStack()
        self._ports = self._open.enter_context(free_ports(self._processes, wanted=wanted))
        self.addresses = {name: f"http://{HOST}:{port}" for name, port in self._ports.items()}
        """Where each process listens, by its name."""
        self.moved = {each.name: each.port for each in self._processes if each.port != self._ports.get(each.name, 0)}
        """The declared ports that are taken by others, by the name of the process that listens elsewhere."""
        self.variables = {**settings, **addresses(blueprint, self.addresses)}
        """What every command of the product sees beside the usual variables."""
        self._services: list[Service] = []

    def __enter__(self) -> Self:
        try:
            for stage in ("start",) if self._live else ("build", "start"):
                self.run_tasks(stage)
            for process in self._processes:
                self._start(process)
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def run_tasks(self, stage: str, more: Mapping[str, str] | None = None) -> None:
        """Do what is to be done once in a stage, for the components whose processes run.

        Raises:
            CheckFailed: a task fails.
        """
        mine = {process.component for process in self._processes}
        tasks = [task for task in self._blueprint.all(Task) if task.stage == stage]
        for task in sorted(tasks, key=lambda task: (task.order, task.name)):
            if stage == "pictures" or task.component in mine:
                self._run(task, more or {})

    def watch(self) -> None:
        """Wait until a process ends by itself, which none should.

        Raises:
            CheckFailed: one has.
        """
        while True:
            for service in self._services:
                if service.ended is not None:
                    raise service.failure(f"{service.name} has ended (exit code {service.ended})")
            time.sleep(0.2)

    def _run(self, task: Task, more: Mapping[str, str]) -> None:
        lines: list[str] = []

        def keep(line: str) -> None:
            lines.append(line)
            self._tell(task.name, line)

        command, variables = self._prepared(task.component, task.command, {})
        code = run_process(
            command, folder=self._folder, variables={**variables, **more}, on_line=keep, timeout=LONGEST
        )  # fmt: skip
        if code:
            tail = "\n".join(f"    {line}" for line in lines[-TAIL:])
            raise CheckFailed(f"the task {task.name!r} fails (exit code {code})\n{tail}")

    def _start(self, process: Process) -> None:
        port = self._ports.get(process.name, 0)
        chosen = process.live if self._live and process.live else process.command
        command, variables = self._prepared(process.component, chosen, {"host": HOST, "port": str(port)})
        service = Service(
            process.name,
            command,
            folder=self._folder,
            variables={**variables, "PORT": str(port)} if port else variables,
            on_line=lambda line: self._tell(process.name, line),
        )
        self._open.callback(service.stop)
        self._services.append(service)
        if process.health and port:
            service.until_healthy(self.addresses[process.name] + process.health)

    def _prepared(
        self, name: str, command: Sequence[str], values: Mapping[str, str]
    ) -> tuple[list[str], dict[str, str]]:
        """A command with its program found, and its variables."""
        component = self._components.get(name)
        if component is None:
            raise PluginError(f"{command[0]} runs in the component {name!r}, which nobody makes")
        provided = self._environment(component)
        path = provided.path(self._folder)
        return resolved(command, path, values), {**base_variables(path, component), **self.variables}


def resolved(command: Sequence[str], path: str, values: Mapping[str, str] | None = None) -> list[str]:
    """A command with its program found on a PATH, and `{port}` and the like filled in."""
    words = [_filled(word, values or {}) for word in command]
    return [shutil.which(words[0], path=path) or words[0], *words[1:]]


def _filled(word: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", value)
    return word


def _in_order(processes: Sequence[Process], only: Collection[str]) -> tuple[Process, ...]:
    """The processes, each behind those that it needs."""
    by_name = {process.name: process for process in processes}
    ordered: dict[str, Process] = {}

    def add(name: str, above: tuple[str, ...] = ()) -> None:
        process = by_name.get(name)
        if process is None or name in ordered or name in above:
            return
        for needed in process.needs:
            add(needed, (*above, name))
        ordered[name] = process

    for name in only or by_name:
        if name not in by_name:
            raise PluginError(f"the process {name!r} is needed, which nobody contributes")
        add(name)
    return tuple(ordered.values())
