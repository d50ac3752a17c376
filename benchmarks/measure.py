"""CPU time and memory of a child process and its children, as the kernel counts them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """`cpu` in seconds, user and system, of the process and of the children it waited for; `memory` its peak in MB."""

    cpu: float
    memory: float


def once(command: Sequence[str], *, folder: Path, variables: Mapping[str, str] | None = None) -> Cost:
    """Run a command and give what it cost.

    Raises:
        RuntimeError: it failed.
    """
    environment = {**os.environ, **(variables or {})}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        words = process.stderr.read().decode() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {words}")
    return Cost(cpu=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss / 1024)


def cost(
    command: Sequence[str], *, folder: Path, variables: Mapping[str, str] | None = None, times: int = 5
) -> Cost:
    """The median of several runs, the first one (cold caches) left out."""
    once(command, folder=folder, variables=variables)
    costs = [once(command, folder=folder, variables=variables) for _ in range(times)]
    return Cost(cpu=median(c.cpu for c in costs), memory=max(c.memory for c in costs))
