"""The console of a terminal: a spinner with what is being done, finished lines above it, colours."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console as RichConsole
from rich.table import Table
from rich.text import Text

from iopeer_core.cli.console import Console


class LiveConsole(Console):
    """Shows a run with rich."""

    def __init__(self, *, timings: bool = False) -> None:
        super().__init__(timings=timings)
        self._out = RichConsole(highlight=False)
        self._err = RichConsole(stderr=True, highlight=False)
        self._status = self._out.status("")

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._status.stop()

    def line(self, text: str, *, style: str = "") -> None:
        """Print a finished line above the spinner."""
        self._out.print(Text(text, style=style), soft_wrap=True)

    def note(self, text: str) -> None:
        """Print a warning or a problem."""
        self._err.print(Text.from_ansi(text), soft_wrap=True)

    def busy(self, text: str) -> None:
        """Say beside the spinner what is being done."""
        self._status.update(Text(text, overflow="ellipsis", no_wrap=True))

    def table(self, head: tuple[str, str], rows: list[tuple[str, str]]) -> None:
        """A table of two columns, the second one of numbers."""
        table = Table(head[0])
        table.add_column(head[1], justify="right")
        for row in rows:
            table.add_row(*row)
        self._out.print(table)
