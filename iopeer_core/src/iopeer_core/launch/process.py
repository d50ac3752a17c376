"""A subprocess in a session of its own: its output line by line, nothing of it left running afterwards.

Each command has a [nanny](nanny.py) of its own, which ends what it leaves behind, and nothing else.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.launch import nanny
from iopeer_core.launch.nanny import end_group

__all__ = ["deferred", "end_group", "run_process"]


def run_process(
    command: Sequence[str],
    *,
    folder: Path,
    variables: Mapping[str, str],
    on_line: Callable[[str], None],
    timeout: float | None = None,
) -> int:
    """Run a command to its end.

    Args:
        command: the program (a path) and its arguments; never through a shell.
        folder: where it runs.
        variables: its whole environment.
        on_line: gets each line of both streams, without its end.
        timeout: seconds after which it is ended; None for never.

    Returns:
        The exit code; negative where a signal ended it.

    Raises:
        UserError: the program cannot be started.
    """
    ours, theirs = socket.socketpair()
    started: list[subprocess.Popen[str]] = []
    clock = threading.Timer(timeout, _end, (ours,)) if timeout is not None else None
    with ours:
        try:
            with theirs, deferred():
                started.append(process := _start(command, folder, variables, theirs))
            if clock:
                clock.start()
            if process.stdout is not None:
                for line in process.stdout:
                    on_line(line.rstrip("\n"))
            return _code(command, process.wait(), ours.recv(64).decode())
        finally:
            if clock:
                clock.cancel()
            _end(ours)
            for process in started:  # by now it is ending what is left
                process.wait()
                if process.stdout is not None:
                    process.stdout.close()


@contextmanager
def deferred() -> Iterator[None]:
    """Hear the signals that end us afterwards: between the start of a process and what ends it they would lose it."""
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    heeded = {number: handler for number, handler in before.items() if callable(handler)}
    if threading.current_thread() is not threading.main_thread():
        heeded = {}  # signals interrupt the main thread alone
    for number in heeded:
        signal.signal(number, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        for number, handler in heeded.items():
            signal.signal(number, handler)
        for late in heard:
            signal.raise_signal(late)


def _start(
    command: Sequence[str], folder: Path, variables: Mapping[str, str], channel: socket.socket
) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", nanny.__file__, *command],
            cwd=folder,
            env=dict(variables),
            stdin=channel.fileno(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise UserError(f"{command[0]} cannot be started: {error.strerror}") from error


def _end(channel: socket.socket) -> None:
    """Have a nanny end its command; what it tells of it can still be read."""
    with suppress(OSError):
        channel.shutdown(socket.SHUT_WR)


def _code(command: Sequence[str], own: int, told: str) -> int:
    """The exit code of a command, as its nanny told it; the nanny's own where somebody ended that.

    Raises:
        UserError: it could not be started.
    """
    if told.startswith("!"):
        raise UserError(f"{command[0]} cannot be started: {os.strerror(int(told[1:]))}")
    return int(told) if told else own
