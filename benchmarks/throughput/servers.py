"""Starts the apps that are compared, each as one uvicorn worker on a port of its own, and reads their CPU time."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.throughput.client import Call, send

PATIENCE = 60
"""Seconds within which a server must answer."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running app: its name in the table, its process, its port on the loopback interface."""

    name: str
    pid: int
    port: int

    def cpu(self) -> float:
        """The microseconds of CPU, user and system, that all its threads have used."""
        files = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(file.read_text(encoding="ascii").split()[0]) for file in files) / 1000


@contextmanager
def serve(name: str, app: str, folder: Path, python: Path, variables: dict[str, str], probe: Call) -> Iterator[Server]:
    """Run an app until the end of the block.

    Args:
        name: what it is called in the table.
        app: `module:attribute`.
        folder: where the module is.
        python: the interpreter of its environment.
        variables: its settings.
        probe: what it answers with 200 once it is up.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-m", "uvicorn", app, "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, **variables, "PYTHONDONTWRITEBYTECODE": "1"}
    with Path(os.devnull).open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        _wait(process, port, probe, name)
        yield Server(name, process.pid, port)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int, probe: Call, name: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            answer = send(port, probe)
            if answer.status != 200:
                raise RuntimeError(f"{name} answers {answer.status}: {answer.body}")
            return
        time.sleep(0.1)
    raise RuntimeError(f"{name} does not start")
