"""One process that keeps running: its output line by line, its health, its end."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from iopeer_core.errors import CheckFailed, UserError
from iopeer_core.launch.keeper import kept, ready
from iopeer_core.launch.process import end_group

PATIENCE = 120.0
"""Seconds that a process may take to be healthy."""
GRACE = 5.0
"""Seconds that it has to end by itself."""
TAIL = 25
"""How many of its last lines a message shows."""


class Service:
    """A running process, in a session of its own.

    Args:
        name: what it is called in messages.
        command: the program (a path) and its arguments; never through a shell.
        folder: where it runs.
        variables: its whole environment.
        on_line: gets each line of both streams.

    Raises:
        UserError: it cannot be started.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        folder: Path,
        variables: Mapping[str, str],
        on_line: Callable[[str], None],
    ) -> None:
        self.name = name
        self._last: deque[str] = deque(maxlen=TAIL)
        self._on_line = on_line
        ready()
        try:
            self._process = subprocess.Popen(
                command, cwd=folder, env=dict(variables), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise UserError(f"{name} cannot be started: {command[0]}: {error.strerror}") from error
        self._kept = ExitStack()
        self._kept.enter_context(kept(self._process.pid))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def ended(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.poll()

    def until_healthy(self, url: str) -> None:
        """Wait until an address answers without an error.

        Raises:
            CheckFailed: it ends before, or takes too long.
        """
        import httpx

        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.ended is not None:
                raise self.failure(f"{self.name} has ended (exit code {self.ended})")
            with suppress(httpx.HTTPError):
                if httpx.get(url, timeout=5, trust_env=False).is_success:
                    return
            time.sleep(0.1)
        raise self.failure(f"{self.name} does not answer at {url}")

    def failure(self, what: str) -> CheckFailed:
        """What went wrong, with the last lines of its output."""
        self._reader.join(timeout=1)
        return CheckFailed("\n".join([what, *(f"    {line}" for line in self._last)]))

    def stop(self) -> None:
        """End it and all that it started."""
        end_group(self._process.pid, signal.SIGTERM)
        try:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(GRACE)
        finally:  # who is impatient interrupts the wait
            end_group(self._process.pid)
            self._kept.close()
        self._process.wait()
        self._reader.join(timeout=GRACE)

    def _read(self) -> None:
        if self._process.stdout is None:
            return
        with self._process.stdout as lines:
            for line in lines:
                self._last.append(line.rstrip("\n"))
                self._on_line(line.rstrip("\n"))
