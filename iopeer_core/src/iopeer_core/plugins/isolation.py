"""What a plugin's code cannot do to the rest of a run by accident. It is trusted code: this is no sandbox."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TextIO

from iopeer_core.plugins.failures import without
from iopeer_core.runs.run import Run, telling
from iopeer_core.surroundings import guarded

CLONE_FS = 0x200
"""Of unshare(2)."""


@contextmanager
def isolated(run: Run, plugin: str, secrets: Iterable[str] = ()) -> Iterator[None]:
    """Call plugin code inside: what it prints is logged, the working directory and the environment are put back.

    Standard output may be JSON for a machine; what the plugin writes to standard error is left alone. Other runs in
    this process go on meanwhile, but for their plugins.

    Args:
        run: told of printed lines (`plugin.output`) and of what was put back (`warning`).
        plugin: whose code it is.
        secrets: texts that are blotted out of what it prints; read when it prints.
    """
    changed: list[str] = []
    _have_own_folder()
    with guarded() as environment:
        folder = _folder()
        printed = _Lines(run, plugin, secrets, sys.stdout)
        try:
            with redirect_stdout(printed):
                yield
        finally:
            printed.end()
            if folder and _folder() != folder:
                os.chdir(folder)
                _tell(run, plugin, "the working directory")
            changed += sorted({name for name, _ in dict(os.environ).items() ^ environment.items()})
    if changed:
        _tell(run, plugin, f"the environment ({', '.join(changed)})")


@contextmanager
def timed(run: Run, plugin: str, what: str) -> Iterator[None]:
    """Call plugin code inside, isolated; the run is told how long it took (`hook.finished`)."""
    began, ok = time.perf_counter(), False
    try:
        with isolated(run, plugin):
            yield
        ok = True
    finally:
        seconds = round(time.perf_counter() - began, 6)
        run.emit("hook.finished", plugin=plugin, hook=what, seconds=seconds, ok=ok)


def _have_own_folder() -> None:
    """Give this thread a working directory of its own, where the system can (Linux) and others run beside it."""
    if sys.platform == "linux" and threading.active_count() > 1:
        import ctypes

        ctypes.CDLL(None).unshare(CLONE_FS)


def _tell(run: Run, plugin: str, what: str) -> None:
    run.emit("warning", message=f"the plugin {plugin!r} changed {what}; it was put back")


def _folder() -> Path | None:
    try:
        return Path.cwd()
    except OSError:
        return None  # the folder is no more


class _Lines(io.TextIOBase):
    """A text stream whose lines become events; a console's own lines are nothing that the plugin printed.

    Args:
        run: gets the events.
        plugin: what prints.
        secrets: texts that are blotted out.
        console: where those write who listen to a run, this one or another.
    """

    def __init__(self, run: Run, plugin: str, secrets: Iterable[str], console: TextIO) -> None:
        self._console = console
        self._run = run
        self._plugin = plugin
        self._secrets = secrets
        self._rest = ""

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return telling() and self._console.isatty()

    def flush(self) -> None:
        if telling():
            self._console.flush()

    def write(self, text: str) -> int:
        if telling():
            return self._console.write(text)
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._run.emit("plugin.output", plugin=self._plugin, line=without(self._secrets, line))
        return len(text)

    def end(self) -> None:
        """Emit what stands after the last newline."""
        if self._rest:
            self.write("\n")
