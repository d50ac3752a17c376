"""The log of every run, kept in the project: `.iopeer/runs/<id>/log.jsonl`, an event a line."""

from __future__ import annotations

import json
import secrets
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from iopeer_core.runs.run import Event, plain

KEPT = 20
"""How many runs a project keeps."""


def new_id() -> str:
    """A run's id: sortable by time, unique on the machine. It never becomes part of the output."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f-") + secrets.token_hex(3)


class History:
    """Writes a run's events to its log as they come. A project that cannot be written to simply keeps no log.

    Args:
        state: the project's `.iopeer` folder.
        run_id: the run's id.
    """

    def __init__(self, state: Path, run_id: str) -> None:
        self.folder = state / "runs" / run_id
        self._log: TextIO | None = None
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._log = (self.folder / "log.jsonl").open("a", encoding="utf-8", errors="backslashreplace")

    @property
    def log(self) -> Path | None:
        """Where the log is; None where none could be kept."""
        return self.folder / "log.jsonl" if self._log else None

    def __call__(self, event: Event) -> None:
        """Append an event: a listener of the `Run`."""
        if self._log is None:
            return
        moment = datetime.fromtimestamp(event.time, UTC).isoformat(timespec="milliseconds")
        line = {"time": moment, "kind": event.kind, **event.data}
        with suppress(OSError):
            self._log.write(json.dumps(line, ensure_ascii=False, default=plain) + "\n")
            self._log.flush()

    def close(self) -> None:
        """Close the log and drop the oldest runs beyond `KEPT`."""
        if self._log is not None:
            with suppress(OSError):
                self._log.close()
            self._log = None
        with suppress(OSError):
            runs = sorted(self.folder.parent.iterdir())
            for old in runs[:-KEPT]:
                shutil.rmtree(old, ignore_errors=True)
