"""Random edits of generated files that keep them valid: comments of their own line, and at the end of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from random import Random

COMMENTS = {
    ".py": ("#", ""),
    ".toml": ("#", ""),
    ".yml": ("#", ""),
    ".yaml": ("#", ""),
    ".ini": ("#", ""),
    ".ts": ("//", ""),
    ".tsx": ("//", ""),
    ".mjs": ("//", ""),
    ".css": ("/*", " */"),
    ".md": ("<!--", " -->"),
    ".sh": ("#", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What was done to a file: each of its lines that is the user's, with the line that it took the place of."""

    path: str
    text: str
    lines: dict[str, str | None] = field(default_factory=dict)  # new line → old line; None where it was inserted
    inside: bool = False  # in a hunk that the new version changes


def hunks(old: str, new: str) -> list[tuple[int, int]]:
    """The lines of an old text that a new one changes: half-open ranges, empty where lines are inserted."""
    matcher = SequenceMatcher(None, old.split("\n"), new.split("\n"), autojunk=False)
    return [(i1, i2) for tag, i1, i2, _, _ in matcher.get_opcodes() if tag != "equal"]


def edit(path: str, old: str, new: str | None, number: int, rng: Random, *, inside: bool) -> Edit | None:
    """One edit of a file; None where it has no comments, or no such place.

    Args:
        path: the file's.
        old: its text.
        new: what the next generation makes of it; None where it makes none.
        number: makes the edit's lines known.
        rng: where.
        inside: in a hunk that changes, if there is one.
    """
    marks = COMMENTS.get(PurePosixPath(path).suffix)
    lines = old.split("\n")
    if marks is None or len(lines) < 3:
        return None
    changing = hunks(old, new) if new is not None else [(0, len(lines))]
    place = _place(lines, changing, rng, inside=inside)
    if place is None:
        return None
    mark = f"{marks[0]} edit-{number}{marks[1]}"
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
    if rng.random() < 0.5 and lines[place].strip() and not lines[place].rstrip().endswith("\\"):
        line = f"{lines[place]}  {mark}"
        kept: dict[str, str | None] = {line: lines[place]}
        edited = [*lines[:place], line, *lines[place + 1 :]]
    else:
        line = f"{indent}{mark}"
        kept = {line: None}
        edited = [*lines[:place], line, *lines[place:]]
    touched = any(begin - 1 <= place <= end for begin, end in changing)
    return Edit(path=path, text="\n".join(edited), lines=kept, inside=touched)


def _place(lines: Sequence[str], changing: Sequence[tuple[int, int]], rng: Random, *, inside: bool) -> int | None:
    """A line in a hunk that changes, or as far from all as can be had at random."""
    if inside:
        wide = [line for begin, end in changing for line in range(begin, max(end, begin + 1)) if line < len(lines) - 1]
        return rng.choice(wide) if wide else None
    free = [line for line in range(len(lines) - 1) if all(line < begin - 1 or line > end for begin, end in changing)]
    return rng.choice(free) if free else None
