"""The lines of a spec and what stands on them: where `edit` finds the place of a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from markdown_it import MarkdownIt

from iopeer_core.language.sources import SPACES

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ENDING = re.compile(r"[\r\n]+\Z")
_MARK = re.compile(r"\s*[-*+]\s+")
_PARSER = MarkdownIt("commonmark").enable("table").disable("inline")


@dataclass(frozen=True, slots=True)
class Node:
    """A heading, a bullet, a table or a paragraph: the lines from `start` to before `end`, counted from 0.

    `fact` is the line after a bullet's first paragraph; `level` that of a heading.
    """

    kind: Literal["heading", "item", "table", "prose"]
    start: int
    end: int
    fact: int
    level: int = 0


@dataclass(slots=True)
class Lines:
    """The lines of a text, changed from the end upwards so that places stay right.

    Line ends and the bullets' marks stay those of the text.
    """

    text: str
    lines: list[str] = field(init=False)
    nodes: list[Node] = field(init=False)
    _patches: list[tuple[int, int, list[str]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.lines = self.split(self.text)
        self.nodes = list(_nodes(self.text, self.lines))

    @staticmethod
    def split(text: str) -> list[str]:
        """The lines of a text with their ends, as Markdown counts them."""
        return _LINE.findall(text)

    def title(self, node: Node) -> str:
        """The words of a heading, or of a bullet up to its colon."""
        line = self.lines[node.start].translate(SPACES).strip().lstrip("#-*+ ")
        return line if node.kind == "heading" else line.partition(":")[0].strip("` ")

    def at(self, line: int) -> int | None:
        """The index of the node that a line (from 1) belongs to."""
        return next((i for i, node in enumerate(self.nodes) if node.start < line <= node.end), None)

    def region(self, index: int) -> list[Node]:
        """A heading and what stands under it, up to the next one of its level or above."""
        level = self.nodes[index].level
        following = self.nodes[index + 1 :]
        stop = next((i for i, node in enumerate(following) if 0 < node.level <= level), len(following))
        return self.nodes[index : index + 1 + stop]

    def mark(self, node: Node) -> str:
        """The mark of a bullet, with the white space around it."""
        found = _MARK.match(self.lines[node.start])
        return found[0] if found else "- "

    def replace(self, start: int, end: int, text: str) -> None:
        """Other lines in the place of those from `start` to before `end`."""
        self._patches.append((start, end, text.split("\n")))

    def remove(self, start: int, end: int) -> None:
        """No such lines any more."""
        self._patches.append((start, end, []))

    def insert(self, at: int, text: str) -> None:
        """Lines before line `at`."""
        self._patches.append((at, at, text.split("\n")))

    def result(self) -> str:
        """The text after all changes; those at one place in the order in which they came."""
        found = _ENDING.search(self.lines[0]) if self.lines else None
        ending = found[0] if found else "\n"
        lines = list(self.lines)
        closed = not lines or bool(_ENDING.search(lines[-1]))
        if not closed:
            lines[-1] += ending
        order = sorted(enumerate(self._patches), key=lambda p: (p[1][0], p[1][1] > p[1][0], p[0]), reverse=True)
        for _, (start, end, new) in order:
            lines[start:end] = [line + ending for line in new]
        if not closed and lines:
            lines[-1] = _ENDING.sub("", lines[-1])
        return "".join(lines)


def _nodes(text: str, lines: list[str]) -> Iterator[Node]:
    """The outline; the blank lines after a node are not part of it."""
    depth = 0
    tokens = _PARSER.parse(text.translate(SPACES))
    for number, token in enumerate(tokens):
        if token.type in {"bullet_list_close", "ordered_list_close", "blockquote_close"}:
            depth -= 1
        elif token.type in {"bullet_list_open", "ordered_list_open", "blockquote_open"}:
            depth += 1
        elif token.map and token.type == "list_item_open" and depth == 1:
            start, end = token.map
            first = tokens[number + 1].map
            yield Node("item", start, _trim(lines, start, end), first[1] if first else end)
        elif token.map and depth == 0 and token.type in {"heading_open", "table_open", "paragraph_open"}:
            start, end = token.map
            kind: Literal["heading", "table", "prose"] = (
                "heading" if token.type == "heading_open" else "table" if token.type == "table_open" else "prose"
            )
            level = int(token.tag[1]) if kind == "heading" else 0
            yield Node(kind, start, _trim(lines, start, end), end, level)


def _trim(lines: list[str], start: int, end: int) -> int:
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end
