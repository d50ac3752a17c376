"""From Markdown to the nodes that carry a spec: headings, facts (bullets), tables, prose, all with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from iopeer_core.language.text import Origin, Text
from iopeer_core.model.spec import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Heading:
    """`## Text`; `end_line` is the last line of the file that it covers (exclusive, from 1)."""

    level: int
    text: Text
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A bullet: its paragraph, the later paragraphs that document it, and its last line."""

    text: Text
    paragraphs: tuple[Prose, ...]
    end_line: int

    @property
    def docs(self) -> tuple[str, ...]:
        """The later paragraphs, each on one line."""
        return tuple(" ".join(prose.text.split()) for prose in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """A GFM table: rows of cells, the first is the header."""

    rows: tuple[tuple[Text, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs, quotes, and what else Markdown has that is documentation."""

    source: str  # as it stands
    span: Span  # of its first line
    is_flowing: bool = True  # whether spaces before a line, and tabs, mean nothing in it

    @property
    def text(self) -> str:
        """What it says."""
        if not self.is_flowing:
            return self.source
        return "\n".join(line.strip().replace("\t", " ") for line in self.source.split("\n"))

    def lines(self) -> Iterator[Text]:
        """Its lines that are not blank, each as it could be read."""
        for number, line in enumerate(self.source.split("\n")):
            content = line.strip()
            if content:
                start = (0, self.span.line + number, line.find(content) + 1)
                yield Text.whole(Origin(self.span.file, content.replace("\t", " "), (start,)))


@dataclass(frozen=True, slots=True)
class Skipped(Prose):
    """What is left out on purpose: fenced code, with its fences, or a comment."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Something that cannot carry a fact; `code` says what it is, `suggestion` the line that could."""

    code: str
    span: Span
    suggestion: str | None = None


Node = Heading | Fact | Table | Prose | Misplaced


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark's blocks and GFM's tables; inlines are read raw, and `[x]: y` is no link definition here."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["inline", "text_join", "reference"])


class Document:
    """The lines of one file and the nodes they make."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self._tokens: list[Token] = _parser().parse(text)

    def nodes(self) -> Iterator[Node]:
        """The nodes in their order."""
        at = 0
        while at < len(self._tokens):
            end = self._end(at)
            yield from self._node(at, end)
            at = end

    def source(self, first: int, end: int) -> str:
        """The lines from `first` to `end` (from 0, exclusive) as they stand, but for white space at their ends."""
        return "\n".join(line.rstrip() for line in self.lines[first:end]).strip("\n")

    def _end(self, at: int) -> int:
        """The index after the token that closes the one at `at`."""
        depth = 0
        for index in range(at, len(self._tokens)):
            depth += self._tokens[index].nesting
            if depth <= 0:
                return index + 1
        return len(self._tokens)

    def _node(self, at: int, end: int) -> Iterator[Node]:
        token = self._tokens[at]
        first, last = token.map or (0, 0)
        match token.type:
            case "heading_open":
                inline = self._tokens[at + 1]
                yield Heading(int(token.tag[1:]), self._text(inline, (first, first + 1)), first + 1)
            case "bullet_list_open":
                yield from self._facts(at, end)
            case "table_open":
                rows = [t.map[0] for t in self._tokens[at:end] if t.type == "tr_open" and t.map]
                yield Table(tuple(self._cells(row) for row in rows), self._span(first))
                yield from (Misplaced("E122", self._span(row)) for row in rows if self._has_no_bar(row))
            case "ordered_list_open" | "code_block":
                yield from self._no_bullets("E022" if token.type == "code_block" else "E021", first, last)
            case _:
                code = self._fault(token, last)
                if code:
                    yield Misplaced(code, self._span(first))
                elif token.type != "hr":
                    kind = Skipped if _is_skipped(token) else Prose
                    is_flowing = token.type in {"paragraph_open", "blockquote_open"}
                    yield kind(self.source(first, last), self._span(first), is_flowing)

    def _fault(self, token: Token, last: int) -> str | None:
        """The problem of something that hides what follows it."""
        if token.type == "fence":
            return None if _is_closed(token, self.lines[last - 1]) else "E023"
        if not _is_comment(token):
            return None
        # A comment within a comment: the first was not closed, and has swallowed what stands between them.
        return None if "-->" in token.content and token.content.count("<!--") == 1 else "E024"

    def _no_bullets(self, code: str, first: int, end: int) -> Iterator[Misplaced]:
        """Lines that could be facts but for their marks or their spaces, each with the line that is one."""
        for number in range(first, end):
            line = self.lines[number].strip()
            mended = NUMBERED.sub("- ", line)
            if line:
                is_bullet = _BULLET.match(mended)
                span = self._line(number) if is_bullet else self._span(number)
                yield Misplaced(code, span, mended if is_bullet else None)

    def _facts(self, at: int, end: int) -> Iterator[Node]:
        """The items of a list."""
        item = at + 1
        while item < end - 1:
            item_end = self._end(item)
            yield from self._fact(item, item_end)
            item = item_end

    def _fact(self, at: int, end: int) -> Iterator[Node]:
        """One item: a paragraph is the fact, later ones document it, anything else is a problem."""
        item = self._tokens[at]
        first, last = item.map or (0, 0)
        text: Text | None = None
        docs: list[Prose] = []
        problems: list[Misplaced] = []
        child = at + 1
        while child < end - 1:
            token, child_end = self._tokens[child], self._end(child)
            where = token.map or (first, last)
            if token.type == "paragraph_open" and text is None:
                text = self._text(self._tokens[child + 1], (where[0], where[1]))
            elif token.type == "paragraph_open":
                docs.append(Prose(self.source(where[0], where[1]), self._span(where[0])))
            elif token.type == "bullet_list_open":
                problems += self._no_bullets("E025", where[0], where[1])
            elif token.type in {"fence", "html_block"} and (code := self._fault(token, where[1])):
                problems.append(Misplaced(code, self._span(where[0])))
            elif not _is_skipped(token):
                problems.append(Misplaced("E025", self._span(where[0])))
            child = child_end
        if text:
            yield Fact(text, tuple(docs), self._last_line(first, last))
        elif not problems:
            problems.append(Misplaced("E026", self._span(first)))
        yield from problems

    def _last_line(self, first: int, end: int) -> int:
        """The last line, from 1, of lines `first` to `end` that is not blank."""
        while end > first + 1 and not self.lines[end - 1].strip():
            end -= 1
        return end

    def _span(self, line: int) -> Span:
        """A whole line, counted from 0."""
        text = self.lines[line] if line < len(self.lines) else ""
        start = len(text) - len(text.lstrip())
        return Span(file=self.file, line=line + 1, column=start + 1, end_column=max(len(text.rstrip()), start + 1) + 1)

    def _line(self, line: int) -> Span:
        """A whole line with the spaces before it, counted from 0."""
        return Span(file=self.file, line=line + 1, column=1, end_column=len(self.lines[line].rstrip()) + 1)

    def _text(self, inline: Token, where: tuple[int, int]) -> Text:
        """The raw text of a paragraph or heading, its lines joined, comments blanked."""
        parts: list[str] = []
        starts: list[tuple[int, int, int]] = []
        offset = 0
        for number, line in enumerate(inline.content.split("\n"), start=(inline.map or where)[0]):
            content = line.strip()
            column = max(self.lines[number].find(content) if number < len(self.lines) else 0, 0)
            starts.append((offset, number + 1, column + 1))
            parts.append(content.replace("\t", " "))
            offset += len(content) + 1
        return Text.whole(Origin(self.file, without_comments(" ".join(parts)), tuple(starts)))

    def _cells(self, line: int) -> tuple[Text, ...]:
        """The cells of a table's row; a bar after a backslash is a bar."""
        raw = self.lines[line]
        content = raw.strip()
        start = len(raw) - len(raw.lstrip())
        bars = [match.start() for match in _BAR.finditer(content)]
        edges = bars if bars[:1] == [0] else [-1, *bars]
        if not edges or edges[-1] != len(content) - 1:
            edges = [*edges, len(content)]
        return tuple(self._cell(content[a + 1 : b], line, start + a + 1) for a, b in pairwise(edges))

    def _has_no_bar(self, line: int) -> bool:
        """Whether a row of a table has no bar, or one that counts as a letter in its first place."""
        return "|" not in self.lines[line] or self.lines[line].lstrip().startswith(r"\|")

    def _cell(self, raw: str, line: int, column: int) -> Text:
        left = len(raw) - len(raw.lstrip())
        origin = Origin(
            self.file, raw.strip().replace("\t", " ").replace(r"\|", "|"), ((0, line + 1, column + left + 1),)
        )
        return Text(origin.raw, 0, origin)


_BAR = re.compile(r"(?<!\\)\|")
_BULLET = re.compile(r"[-*+]\s")
NUMBERED = re.compile(r"^[0-9]{1,9}[.)]\s+")


def _is_comment(token: Token) -> bool:
    return token.type == "html_block" and token.content.lstrip().startswith("<!--")


def _is_skipped(token: Token) -> bool:
    """Whether a block says nothing: code, a comment, a line across."""
    return token.type in {"fence", "hr"} or _is_comment(token)


def _is_closed(fence: Token, last_line: str) -> bool:
    """Whether a code fence ends before the file does."""
    first, end = fence.map or (0, 0)
    closing = last_line.strip()
    return end - first > 1 and closing.startswith(fence.markup) and not closing.strip(fence.markup[0])


def without_comments(text: str) -> str:
    """`text` with each `<!-- … -->` outside quotes and backticks made spaces, so that columns stay."""
    if "<!--" not in text:
        return text
    out: list[str] = []
    at = 0
    search = 0
    while match := _COMMENT_OR_QUOTED.search(text, search):
        search = match.end()
        if match[0] == "<!--":
            search = text.find("-->", search) + 3
            if search < 3:
                break
            out += [text[at : match.start()], " " * (search - match.start())]
            at = search
    return "".join([*out, text[at:]])


_COMMENT_OR_QUOTED = re.compile(r'"[^"]*"|`[^`]*`|<!--')
