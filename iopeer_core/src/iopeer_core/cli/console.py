"""What a person or a machine sees of a run: listeners of its events, nothing more.

Three kinds: a live one for terminals (rich), plain lines elsewhere, and JSON, one event a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from iopeer_core.cli.problems import show
from iopeer_core.counted import counted
from iopeer_core.language.problems import Problem
from iopeer_core.runs.run import Event, plain

TITLES = {
    "read": "Read the spec",
    "plan": "Plan",
    "code": "Write the code",
    "merge": "Merge with the folder",
    "test": "Test",
    "picture": "Take pictures",
    "write": "Write the folder",
    "zip": "Pack",
}


SHOWN = 20
"""How many paths of a kind a dry run names."""


class Console:
    """Plain lines on stdout, problems and warnings on stderr. Also the base of the others.

    Args:
        timings: whether to end with a table of stages and plugins.
    """

    def __init__(self, *, timings: bool = False) -> None:
        self.timings = timings
        self._notes: list[str] = []
        self._stages: list[tuple[str, float]] = []
        self._hooks: list[tuple[str, str, float]] = []
        self._made: dict[str, Any] = {}
        self._folder = Path()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the live display, if there is one."""

    def __call__(self, event: Event) -> None:
        """Show an event."""
        handler = getattr(self, "on_" + event.kind.replace(".", "_"), None)
        if handler is not None:
            handler(**event.data)

    def line(self, text: str, *, style: str = "") -> None:  # noqa: ARG002 - the live console styles it
        """Print a line of progress."""
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def note(self, text: str) -> None:
        """Print a warning or a problem."""
        sys.stdout.flush()
        sys.stderr.write(text + "\n")

    def busy(self, text: str) -> None:
        """Say what is being done right now; plain output says it when it is done."""

    def on_stage_started(self, stage: str) -> None:
        self._notes = []
        self.busy(TITLES.get(stage, stage))

    def on_stage_note(self, text: str) -> None:
        self._notes.append(text)

    def on_stage_finished(self, stage: str, ok: bool, seconds: float) -> None:
        self._stages.append((stage, seconds))
        mark = "✓" if ok else "✗"
        text = f"{mark} {TITLES.get(stage, stage):<24}{seconds:7.2f} s   {'; '.join(self._notes)}"
        self.line(text.rstrip(), style="green" if ok else "red")

    def on_environment_started(self, component: str) -> None:
        self.busy(f"Prepare the environment of {component}")

    def on_check_started(self, command: str, **_: object) -> None:
        self.busy(f"Test: {command}")

    def on_check_output(self, check: str, line: str) -> None:
        if line.strip():
            self.busy(f"Test {check}: {line.strip()[:100]}")

    def on_check_finished(self, check: str, outcome: str, seconds: float, reason: str) -> None:
        detail = f"skipped: {reason}" if outcome == "skipped" else f"{outcome} in {seconds:.1f} s"
        style = {"passed": "green", "failed": "red"}.get(outcome, "yellow")
        self.line(f"    {check}: {detail}", style=style)

    def on_fix_started(self, attempt: int, failing: list[str]) -> None:
        self.line(f"    mending, round {attempt}: {', '.join(failing)}", style="yellow")

    def on_fix_applied(self, author: str, note: str, paths: list[str]) -> None:
        self.line(f"    {author} mended {', '.join(paths)}{': ' + note if note else ''}", style="yellow")

    def on_blame_started(self, checks: list[str]) -> None:
        self.line(f"    looking whether what you edited breaks {', '.join(checks)}", style="yellow")

    def on_warning(self, message: str) -> None:
        self.note(f"warning: {message}")

    def on_run_started(self, spec: str, **_: object) -> None:
        self._folder = Path(spec).parent

    def on_problem(self, problem: Problem) -> None:
        for text in show([problem], self._folder, color=sys.stderr.isatty()):
            self.note(text)

    def on_hook_finished(self, plugin: str, hook: str, seconds: float, **_: Any) -> None:
        self._hooks.append((plugin, hook, seconds))

    def on_write_planned(self, **planned: Sequence[str]) -> None:
        for kind in ("new", "changed", "merged", "removed"):
            paths = planned[kind]
            for path in paths[:SHOWN]:
                self.line(f"    {kind:<9}{path}")
            if len(paths) > SHOWN:
                self.line(f"    {kind:<9}and {len(paths) - SHOWN} more; --json names all")

    def on_run_made(self, **made: Any) -> None:
        self._made = made

    def finish(self) -> None:
        """The last words of a run: what was made, how long it took, what to type next."""
        if self.timings:
            self.table(
                ("stage or hook", "seconds"),
                [(name, f"{seconds:.3f}") for name, seconds in self._stages]
                + [(f"{plugin} · {hook}", f"{seconds:.3f}") for plugin, hook, seconds in self._hooks],
            )
        made = self._made
        if not made:
            return
        self.line("")
        would = "Nothing was written. It would be: " if made["dry_run"] else ""
        files = f"{counted(made['files'], 'file')} for {counted(made['entities'], 'entity', 'entities')}"
        self.line(f"{would}{files} in {made['out']}/", style="bold")
        if "zip" in made:
            self.line(f"{made['zip']}: {made['zip_bytes'] / 1024:.0f} KB, SHA-256 {made['zip_sha256']}")
        if made["next"]:
            self.line(f"Next: {made['next']}", style="bold")

    def table(self, head: tuple[str, str], rows: list[tuple[str, str]]) -> None:
        """A table of two columns, the second one of numbers."""
        width = max(len(cell) for cell, _ in (head, *rows))
        for left, right in (head, *rows):
            self.line(f"{left:<{width}}  {right:>9}")


class JsonConsole(Console):
    """One JSON object a line: {"time", "kind", …}."""

    def __call__(self, event: Event) -> None:
        if event.kind == "check.output":
            return
        data = {"time": round(event.time, 3), "kind": event.kind, **event.data}
        sys.stdout.write(json.dumps(data, ensure_ascii=False, default=plain) + "\n")
        sys.stdout.flush()

    def finish(self) -> None:
        """Nothing more: the events said it."""
