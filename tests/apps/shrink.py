"""Makes a failing spec smaller: leaves out entities, blocks and bullets as long as the app fails in the same stage."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from iopeer_core.language.reader import read

from tests.apps.harness import App, judge
from tests.apps.postgres import Server

_HEADING = re.compile(r"(#{2,4}) ")


def shrunk(app: App, server: Server | None, *, seconds: float, cache: Path) -> str:
    """The smallest spec found in that time whose app fails in the same stage.

    Args:
        app: a failing one.
        server: the PostgreSQL that it failed on, if it did.
        cache: as `judge` takes it.
        seconds: after which the smallest one so far is given.
    """
    best = app.spec.splitlines()
    until = time.monotonic() + seconds
    progress = True
    while progress and time.monotonic() < until:
        progress = False
        for start, end in list(_parts(best)):
            smaller = best[:start] + best[end:]
            if time.monotonic() > until:
                break
            if _fails(smaller, app.stage, server, cache):
                best, progress = smaller, True
                break
    return "\n".join(best) + "\n"


def _parts(lines: list[str]) -> Iterator[tuple[int, int]]:
    """What may be left out: what stands under each heading, the largest first; then each bullet and row."""
    heads = [(index, len(found[1])) for index, line in enumerate(lines) if (found := _HEADING.match(line))]
    stretches = []
    for number, (start, depth) in enumerate(heads):
        end = next((at for at, other in heads[number + 1 :] if other <= depth), len(lines))
        stretches.append((start, end))
    yield from sorted(stretches, key=lambda part: part[0] - part[1])
    for index, line in enumerate(lines):
        if line.startswith(("- ", "| ", "> ")):
            yield index, index + 1


def _fails(lines: list[str], stage: str, server: Server | None, cache: Path) -> bool:
    text = "\n".join(lines) + "\n"
    if read(text).errors:
        return False
    with tempfile.TemporaryDirectory(prefix="shrink-") as folder:
        server = server if "postgresql" in stage else None
        (app,) = judge([text], Path(folder), server=server, only=stage, cache=cache)
        return app.stage == stage
