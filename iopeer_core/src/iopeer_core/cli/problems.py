"""Problems of a spec on a terminal: the message, the line it is about, carets under the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from iopeer_core.language.problems import Problem
from iopeer_core.language.sources import read_bounded

RED, YELLOW, BOLD, RESET = "\033[31m", "\033[33m", "\033[1m", "\033[0m"


def show(problems: Iterable[Problem], folder: Path, *, color: bool) -> Iterator[str]:
    """Each problem as text.

    Args:
        problems: in the order to show.
        folder: what their files are relative to.
        color: whether to use a terminal's colours.
    """

    @cache
    def lines(file: str) -> list[str]:
        try:
            text = read_bounded(folder / file).decode("utf-8-sig", errors="replace")
        except OSError:
            return []
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    for problem in problems:
        source = lines(problem.file)
        text = problem.render(source[problem.line - 1] if 0 < problem.line <= len(source) else None)
        yield _colored(text, problem) if color else text


def _colored(text: str, problem: Problem) -> str:
    head, newline, rest = text.partition("\n")
    tint = RED if problem.severity == "error" else YELLOW
    return f"{BOLD}{head.replace(problem.code, tint + problem.code + RESET + BOLD, 1)}{RESET}{newline}{rest}"
