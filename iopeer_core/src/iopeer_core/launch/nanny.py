"""Runs one command, and ends whatever it leaves behind: a program of its own, by the standard library alone.

A daemon leaves its session, so ending the group is not enough. This process adopts what its command orphans (Linux: a
"child subreaper"), so all that is left beneath it is the command's, whoever else runs commands at the same time.

Its standard input is a socket. When that is closed, which it is however the other side ends, the command is ended; the
command's exit code is written to it, or `!` and the number of the error that kept it from starting.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
"""Of prctl(2)."""


def main(command: list[str]) -> None:
    """Run a command to its end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        group = os.posix_spawnp(
            command[0],
            command,
            os.environ,
            setsid=True,
            setsigdef=(signal.SIGPIPE, signal.SIGXFSZ),
            file_actions=((os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),),
        )
    except OSError as error:
        _tell(f"!{error.errno}")
        return
    threading.Thread(target=_until_closed, args=(group,), daemon=True).start()
    _, status = os.waitpid(group, 0)
    end_group(group)
    while orphans := list(_children()):
        for orphan in orphans:  # its own children are adopted then, and found by the next look
            _kill(orphan)
    _tell(str(os.waitstatus_to_exitcode(status)))


def end_group(group: int, number: int = signal.SIGKILL) -> None:
    """Send a signal to every process of a group that is still there."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _until_closed(group: int) -> None:
    os.read(0, 1)
    end_group(group)


def _tell(text: str) -> None:
    with suppress(OSError):  # who asked is gone
        os.write(0, text.encode())


def _kill(child: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def _children() -> Iterator[int]:
    """The ids of our children; none where the system has no `/proc`."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            # "pid (name) state parent …", and a name has any letters.
            state = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            if int(state.rpartition(")")[2].split()[1]) == os.getpid():
                yield int(folder.name)


if __name__ == "__main__":
    main(sys.argv[1:])
