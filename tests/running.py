"""Something that runs until it is interrupted, and what it has printed: `iopeer up`, most of all."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.projects import Project

PATIENCE = 60


class Running:
    """`iopeer up`, and what it has printed."""

    def __init__(self, process: subprocess.Popen[str], output: Path) -> None:
        self.process = process
        self._output = output

    @property
    def text(self) -> str:
        return self._output.read_text(encoding="utf-8")

    def until(self, pattern: str, patience: float = PATIENCE) -> re.Match[str]:
        """Wait until it has printed something."""
        deadline = time.monotonic() + patience
        while (found := re.search(pattern, self.text)) is None:
            assert time.monotonic() < deadline, self.text
            assert self.process.poll() is None or re.search(pattern, self.text), self.text
            time.sleep(0.05)
        return found

    def address(self, name: str) -> str:
        return self.until(rf"  {name}: (http\S+)")[1]

    def end(self, number: int = signal.SIGINT) -> int:
        """Ask it to end, as a terminal asks all that it runs; gives its exit code."""
        os.killpg(self.process.pid, number)
        return self.process.wait(PATIENCE)


@contextmanager
def up(project: Project, *options: str, **variables: str) -> Iterator[Running]:
    """`iopeer up` while this is entered."""
    output = project.folder.parent / "output.txt"
    output.write_text("", encoding="utf-8")
    with ended(Running(project.start("up", *options, **variables), output)) as running:
        yield running


@contextmanager
def ended(running: Running) -> Iterator[Running]:
    """Something that runs while this is entered, and then ends."""
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.end()


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def left_in(folder: Path) -> list[psutil.Process]:
    """The processes that work in a folder and do not end."""
    found: list[psutil.Process] = []
    for _ in range(100):
        found = [one for one in psutil.process_iter(["cwd"]) if str(one.info["cwd"] or "").startswith(str(folder))]
        if not found:
            break
        time.sleep(0.1)
    return found
