"""A subprocess in a session of its own: its output line by line, nothing of it left running afterwards.

A daemon leaves its session, so ending the group is not enough. While a command runs, this process adopts what it
orphans (Linux: a "child subreaper"), and ends it too.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.launch.keeper import kept, ready

PR_SET_CHILD_SUBREAPER = 36
"""Of prctl(2)."""


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
    ready()
    mine = frozenset(children())
    adopt(orphans=True)
    started: list[tuple[subprocess.Popen[str], threading.Thread]] = []
    clock: threading.Timer | None = None
    try:
        with deferred():
            process = _start(command, folder, variables)
            waiter = threading.Thread(target=_wait, args=(process, mine), daemon=True)
            started.append((process, waiter))
            waiter.start()
        if timeout is not None:
            clock = threading.Timer(timeout, end_group, (process.pid,))
            clock.start()
        with kept(process.pid), process:
            if process.stdout is not None:
                for line in process.stdout:
                    on_line(line.rstrip("\n"))
            return process.wait()
    finally:
        if clock:
            clock.cancel()
        for process, waiter in started:
            end_group(process.pid)
            waiter.join()
        adopt(orphans=False)


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


def _start(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
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


def _wait(process: subprocess.Popen[str], mine: Collection[int]) -> None:
    """End what the command leaves behind once it is gone: it holds the pipe that is read."""
    process.wait()
    end_group(process.pid)
    while orphans := [child for child in children() if child not in mine]:
        for orphan in orphans:  # its own children are adopted then, and found by the next look
            with suppress(ProcessLookupError, PermissionError):
                os.kill(orphan, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(orphan, 0)


def end_group(group: int, number: int = signal.SIGKILL) -> None:
    """Send a signal to every process of a group that is still there."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def adopt(*, orphans: bool) -> None:
    """Become the parent of what our descendants orphan, or stop to; where the system cannot, groups must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, int(orphans), 0, 0, 0)


def children() -> Iterator[int]:
    """The ids of our children; none where the system has no `/proc`."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            # "pid (name) state parent …", and a name has any letters.
            state = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            if int(state.rpartition(")")[2].split()[1]) == os.getpid():
                yield int(folder.name)
