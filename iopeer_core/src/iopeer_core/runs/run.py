"""One execution: its id, its events, and what plugins may ask of it. Stages and hooks emit; others only listen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from iopeer_core.language.problems import Problem

Listener = Callable[["Event"], None]

_told = threading.local()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: `kind` is dotted ("stage.started", "hook.finished", "check.finished", "log", …)."""

    kind: str
    time: float  # seconds since the epoch
    data: Mapping[str, Any] = field(default_factory=dict)


def plain(value: object) -> object:
    """What JSON holds of a value in an event that it does not know: problems with all their members, others as text."""
    return value.as_json() if isinstance(value, Problem) else str(value)


@dataclass(slots=True, kw_only=True)
class Run:
    """One execution of the pipeline."""

    id: str
    dry_run: bool = False
    listeners: list[Listener] = field(default_factory=list)
    cancelled: bool = False

    def emit(self, kind: str, **data: Any) -> None:
        """Tell every listener. Data must be plain (JSON); secrets never belong in it."""
        event = Event(kind=kind, time=time.time(), data=data)
        outer, _told.now = telling(), True
        try:
            for listener in self.listeners:
                listener(event)
        finally:
            _told.now = outer


def telling() -> bool:
    """Whether this thread is in a listener of some run."""
    return getattr(_told, "now", False)
