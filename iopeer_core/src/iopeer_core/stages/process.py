"""A subprocess in a process group of its own: its output line by line, nothing of it left running afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from iopeer_core.errors import UserError


def run_process(
    command: Sequence[str], *, folder: Path, variables: Mapping[str, str], on_line: Callable[[str], None]
) -> int:
    """Run a command to its end.

    Args:
        command: the program (a path) and its arguments; never through a shell.
        folder: where it runs.
        variables: its whole environment.
        on_line: gets each line of both streams, without its end.

    Returns:
        The exit code; negative where a signal ended it.

    Raises:
        UserError: the program cannot be started.
    """
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise UserError(f"{command[0]} cannot be started: {error.strerror}") from error
    waiter = threading.Thread(target=_wait, args=(process,), daemon=True)
    waiter.start()
    try:
        with process:
            if process.stdout is not None:
                for line in process.stdout:
                    on_line(line.rstrip("\n"))
            return process.wait()
    finally:
        _end(process.pid)
        waiter.join()


def _wait(process: subprocess.Popen[str]) -> None:
    """End what the command leaves behind once it is gone: it holds the pipe that is read."""
    process.wait()
    _end(process.pid)


def _end(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
