"""CPU time and memory of a child process and its children, as the kernel counts them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """`cpu` in seconds, user and system, of the process and of the children it waited for; `memory` its peak in MB."""

    cpu: float
    memory: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is measured: a command in a folder.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        variables: added to the environment.
        before: called before each run, outside of the measure.
    """

    command: Sequence[str]
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None

    def once(self) -> Cost:
        """Run it and give what it cost.

        Raises:
            RuntimeError: it failed.
        """
        self.before()
        # Compiled modules are kept, as they are on everybody's machine.
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**inherited, **self.variables}
        with subprocess.Popen(
            self.command, cwd=self.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            words = process.stderr.read().decode() if process.stderr else ""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{' '.join(self.command)} ended with {process.returncode}: {words}")
        return Cost(cpu=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss / 1024)


def costs(*tasks: Task, times: int) -> list[Cost]:
    """The median cost of each task; they take turns, so that a busy moment of the machine burdens all of them.

    Args:
        tasks: what is compared.
        times: how often each runs, after a first run that fills the caches.
    """
    for task in tasks:
        task.once()
    rounds = [[task.once() for task in tasks] for _ in range(times)]
    return [
        Cost(cpu=median(cost.cpu for cost in column), memory=max(cost.memory for cost in column))
        for column in zip(*rounds, strict=True)
    ]
