"""What is wrong with a spec: values with a place, a code, a message in the user's language and a suggestion.

The catalogue of codes is `problems.toml`: per code a template of the message in each language, an explanation and an
example. Codes of errors begin with E, those of warnings with W.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from iopeer_core.language.text import Text
from iopeer_core.model.spec import Span

MOST = 500
"""So many problems are reported; more only bury the first."""
MOST_WARNINGS = 100
"""So many of them are warnings, so that no error is ever left out for them."""
MOST_SUGGESTED = 50
"""So many of them get a suggestion, which takes time to find among many names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A code of the catalogue: message templates per language, why it is a problem, and an example that has it."""

    code: str
    messages: Mapping[str, str]
    why: str
    example: str

    @property
    def title(self) -> str:
        """The English message with its placeholders named: `'NAME' stands twice`."""
        return self.messages["en"].replace("{", "").replace("}", "")


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Entry]:
    """All codes, in their order."""
    table = tomllib.loads(files("iopeer_core.language").joinpath("problems.toml").read_text("utf-8"))
    return {
        code: Entry(
            code=code,
            messages={key: value for key, value in entry.items() if len(key) == 2},
            why=entry["why"],
            example=entry.get("example", ""),
        )
        for code, entry in table.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem; lines and columns count from 1, `end_column` is exclusive; line 0 is the file as a whole."""

    file: str
    line: int
    column: int
    end_column: int
    code: str
    suggestion: str | None = None
    language: str = "en"
    values: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)  # a plugin's own, for a code that the catalogue has not

    @property
    def severity(self) -> Literal["error", "warning"]:
        """`error` or `warning`."""
        return "warning" if self.code.startswith("W") else "error"

    @property
    def message(self) -> str:
        """What is wrong, in `language` (English where the catalogue lacks it)."""
        messages = self.messages or catalogue()[self.code].messages
        return messages.get(self.language, messages["en"]).format_map(self.values)

    def translated(self, language: str) -> Problem:
        """The same in another language."""
        return replace(self, language=language)

    def as_json(self) -> dict[str, Any]:
        """For `iopeer check --json`."""
        place = {key: value for key, value in asdict(self).items() if key in {"file", "line", "column", "end_column"}}
        return {
            **place,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "suggestion": self.suggestion,
        }

    def render(self, line: str | None = None) -> str:
        """The problem for a terminal, with the source line and carets under its place where `line` is given."""
        head = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        out = [f"{head} {self.code} {self.message}"]
        if line is not None and self.line:
            out += _excerpt(line, self.line, self.column, self.end_column)
        if self.suggestion:
            help_ = {"es": "ayuda"}.get(self.language, "help")
            out.append(f"   {help_}: {self.suggestion}")
        return "\n".join(out)


WIDEST = 160
"""Characters of a source line that are shown."""


def _excerpt(line: str, number: int, column: int, end_column: int) -> list[str]:
    """The source line, cut around the place where it is long, and carets under the place."""
    first = max(0, column - 1 - WIDEST // 2) if len(line) > WIDEST else 0
    shown = "".join(c if c.isprintable() else " " for c in line[first : first + WIDEST])
    carets = min(max(end_column - column, 1), max(len(shown) - (column - 1 - first), 1))
    margin = f"{number:5} | "
    return [f"{margin}{shown}", " " * (len(margin) - 2) + "| " + " " * (column - 1 - first) + "^" * carets]


class Problems:
    """Collects the problems of one reading."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self._seen: set[tuple[str, str, int, int]] = set()
        self._warnings = 0

    @property
    def full(self) -> bool:
        """Whether so many were found that no more are looked for."""
        return len(self.found) >= MOST

    def add(
        self, code: str, at: Text | Span, suggestion: str | Callable[[], str | None] | None = None, **values: object
    ) -> None:
        """Report `code` at a place, once; `values` fill the message. A suggestion that costs time is a function."""
        span = at.span if isinstance(at, Text) else at
        problem = Problem(
            file=span.file,
            line=span.line,
            column=span.column,
            end_column=span.end_column,
            code=code,
            values={name: _short(str(value)) for name, value in values.items()},
        )
        if self._takes(problem):
            self.found.append(replace(problem, suggestion=self._suggested(suggestion)))

    def add_own(self, problem: Problem) -> None:
        """Report a problem of a plugin's, once; its values are as it gives them, but for their length."""
        values = {name: _short(str(value)) for name, value in problem.values.items()}
        if self._takes(problem):
            self.found.append(replace(problem, values=values))

    def _takes(self, problem: Problem) -> bool:
        """Whether a problem is new, and there is room for it."""
        key = (problem.code, problem.file, problem.line, problem.column)
        warns = problem.severity == "warning"
        if self.full or key in self._seen or (warns and self._warnings == MOST_WARNINGS):
            return False
        self._warnings += warns
        self._seen.add(key)
        return True

    def _suggested(self, suggestion: str | Callable[[], str | None] | None) -> str | None:
        if not callable(suggestion):
            return suggestion
        return suggestion() if len(self.found) < MOST_SUGGESTED else None

    def sorted(self, language: str) -> tuple[Problem, ...]:
        """All, by place, in a language."""
        ordered = sorted(self.found, key=lambda p: (p.line == 0, p.file, p.line, p.column, p.code))
        return tuple(problem.translated(language) for problem in ordered)


def _short(value: str) -> str:
    """A value as a message shows it: printable, and not the whole of a long line."""
    clean = "".join(c if c.isprintable() else " " for c in value)
    return clean if len(clean) <= 80 else clean[:79] + "…"


def document() -> str:
    """`docs/problems.md`: every code with its message, why it is a problem, and an example."""
    out = ["# Problems of a spec\n", "Made from `problems.toml`. Codes with W are warnings.\n"]
    for entry in catalogue().values():
        out.append(f"## {entry.code}: {entry.title}\n\n{entry.why.strip()}\n")
        if entry.example:
            out.append(f"```markdown\n{entry.example.strip()}\n```\n")
    return "\n".join(out)
