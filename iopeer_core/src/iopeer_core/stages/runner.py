"""The stages as rows of a table, and the straight runner that walks it.

A stage is a function from values to values. What it takes and gives is declared by type, so another runner (a
durable one: queue, pause, retry) can walk the same table.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iopeer_core.errors import IopeerError, UserError
from iopeer_core.stages.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One row: `call(context, *values)` takes values of the types `takes` and returns a tuple of the types `gives`."""

    name: str
    takes: tuple[type, ...]
    gives: tuple[type, ...]
    call: Callable[..., tuple[object, ...]]


Values = Mapping[type, Any]


def run_stages(stages: Sequence[Stage], context: Context, start: Iterable[object]) -> Values:
    """Walk the table in its order.

    Args:
        stages: the rows; each must find what it takes among `start` and what earlier rows gave.
        context: handed to each.
        start: the first values.

    Returns:
        Every value by its type, the last of each type.

    Raises:
        UserError: whatever a stage raises; a cancelled run.
    """
    values: dict[type, object] = {type(value): value for value in start}
    for stage in stages:
        if context.run.cancelled:
            raise UserError("the run was cancelled; nothing was changed")
        values.update(_walk(stage, context, values))
    return values


def _walk(stage: Stage, context: Context, values: Mapping[type, object]) -> dict[type, object]:
    """Run one stage between its two events."""
    run = context.run
    run.emit("stage.started", stage=stage.name)
    began, ok = time.perf_counter(), False
    try:
        given = stage.call(context, *(values[kind] for kind in stage.takes))
        ok = True
    finally:
        run.emit("stage.finished", stage=stage.name, ok=ok, seconds=round(time.perf_counter() - began, 4))
    if len(given) != len(stage.gives) or not all(isinstance(v, k) for v, k in zip(given, stage.gives, strict=False)):
        names = ", ".join(kind.__name__ for kind in stage.gives)
        raise IopeerError(f"the stage {stage.name!r} must give ({names}), it gave {given!r:.200}")
    return dict(zip(stage.gives, given, strict=True))
