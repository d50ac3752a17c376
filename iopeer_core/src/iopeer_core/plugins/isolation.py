"""What a plugin's code cannot do to the rest of a run by accident. It is trusted code: this is no sandbox."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TextIO

from iopeer_core.plugins.failures import without
from iopeer_core.runs.run import Event, Listener, Run


@contextmanager
def isolated(run: Run, plugin: str, secrets: Iterable[str] = ()) -> Iterator[None]:
    """Call plugin code inside: what it prints is logged, the working directory and the environment are put back.

    Standard output may be JSON for a machine; what the plugin writes to standard error is left alone.

    Args:
        run: told of printed lines (`plugin.output`) and of what was put back (`warning`).
        plugin: whose code it is.
        secrets: texts that are blotted out of what it prints; read when it prints.
    """
    folder, environment = _folder(), dict(os.environ)
    printed = _Lines(run, plugin, secrets)
    listeners = run.listeners[:]
    run.listeners[:] = [_outside(listener, sys.stdout) for listener in listeners]
    try:
        with redirect_stdout(printed):
            yield
    finally:
        printed.end()
        run.listeners[:] = listeners
        if folder and _folder() != folder:
            os.chdir(folder)
            _tell(run, plugin, "the working directory")
        if dict(os.environ) != environment:
            changed = sorted({name for name, _ in dict(os.environ).items() ^ environment.items()})
            os.environ.clear()
            os.environ.update(environment)
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


def _outside(listener: Listener, stdout: TextIO) -> Listener:
    """A listener that writes where it would outside: a console's own lines are nothing that the plugin printed."""

    def listen(event: Event) -> None:
        with redirect_stdout(stdout):
            listener(event)

    return listen


def _tell(run: Run, plugin: str, what: str) -> None:
    run.emit("warning", message=f"the plugin {plugin!r} changed {what}; it was put back")


def _folder() -> Path | None:
    try:
        return Path.cwd()
    except OSError:
        return None  # the folder is no more


class _Lines(io.TextIOBase):
    """A text stream whose lines become events."""

    def __init__(self, run: Run, plugin: str, secrets: Iterable[str]) -> None:
        self._run = run
        self._plugin = plugin
        self._secrets = secrets
        self._rest = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._run.emit("plugin.output", plugin=self._plugin, line=without(self._secrets, line))
        return len(text)

    def end(self) -> None:
        """Emit what stands after the last newline."""
        if self._rest:
            self.write("\n")
