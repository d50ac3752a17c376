"""Ends what we started when we are killed and can no longer do so ourselves.

A small process reads a pipe from us. It is told of every group of processes that begins and ends; when the pipe closes,
which it does however we end, the groups that are left are ended too.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import IO

_CODE = """
import os, sys
groups = set()
for line in sys.stdin:
    group = int(line[1:])
    groups.add(group) if line[0] == "+" else groups.discard(group)
for group in groups:
    try:
        os.killpg(group, 9)
    except OSError:
        pass
"""


def ready() -> None:
    """Have the keeper there before something begins that must not take it for its own."""
    _keeper()


@contextmanager
def kept(group: int) -> Iterator[None]:
    """Have a group of processes ended if we are killed meanwhile."""
    _tell(f"+{group}")
    try:
        yield
    finally:
        _tell(f"-{group}")


def _tell(line: str) -> None:
    with suppress(OSError):  # somebody has ended the keeper: then nobody keeps
        keeper = _keeper()
        keeper.write(line + "\n")
        keeper.flush()


@cache
def _keeper() -> IO[str]:
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _CODE], cwd="/", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, encoding="ascii", start_new_session=True,
    )  # fmt: skip
    if process.stdin is None:
        raise RuntimeError("a pipe was asked for")
    atexit.register(_dismiss, process)
    return process.stdin


def _dismiss(process: subprocess.Popen[str]) -> None:
    with suppress(OSError):
        process.communicate()
