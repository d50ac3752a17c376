"""A stretch of the source that knows where it stands, so that every problem can point at its characters."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from iopeer_core.model.names import without_accents
from iopeer_core.model.spec import Span

_CURLY = str.maketrans("“”„‟", '""""')

QUOTES = frozenset("\"'“”„‟‘’‚‛«»‹›")
"""What people and word processors put around words."""


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """`text` as keywords and choices are compared: small letters, no accents, single spaces."""
    return " ".join(without_accents(text).casefold().split())


@dataclass(frozen=True, slots=True)
class Origin:
    """The text of one fact, its lines joined by single spaces, and where each line begins in its file.

    `starts` holds (offset in `raw`, line, column) per line, lines and columns from 1.
    """

    file: str
    raw: str
    starts: tuple[tuple[int, int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """The place of `raw[start:end]`; of a stretch over several lines, its part on the first one."""
        index = max(bisect_right(self.starts, start, key=lambda item: item[0]) - 1, 0)
        offset, line, column = self.starts[index]
        limit = self.starts[index + 1][0] - 1 if index + 1 < len(self.starts) else len(self.raw)
        first = column + start - offset
        return Span(file=self.file, line=line, column=first, end_column=max(first, column + min(end, limit) - offset))


@dataclass(frozen=True, slots=True)
class Text:
    """`value` is the stretch with straight quotes, `start` its offset in the origin."""

    value: str
    start: int
    origin: Origin

    @classmethod
    def whole(cls, origin: Origin) -> Text:
        """All of an origin, stripped."""
        return cls(origin.raw.translate(_CURLY), 0, origin).strip()

    @property
    def span(self) -> Span:
        """Its place in the file."""
        return self.origin.span(self.start, self.start + len(self.value))

    @property
    def raw(self) -> str:
        """Its characters as the user wrote them."""
        return self.origin.raw[self.start : self.start + len(self.value)]

    def cut(self, start: int, end: int | None = None) -> Text:
        """The stretch from `start` to `end` of this one, stripped."""
        return Text(self.value[start:end], self.start + start, self.origin).strip()

    def strip(self) -> Text:
        """Without surrounding white space."""
        left = len(self.value) - len(self.value.lstrip())
        return Text(self.value.strip(), self.start + left, self.origin)

    def __bool__(self) -> bool:
        return bool(self.value)
