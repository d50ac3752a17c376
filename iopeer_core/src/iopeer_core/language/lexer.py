"""Where the text of a fact may be cut: not inside quotes, backticks, brackets or a regex. Takes linear time."""

from __future__ import annotations

import re
from itertools import pairwise

from iopeer_core.language.text import Text
from iopeer_core.language.vocabulary import Lexicon

HIDDEN = "\0"
"""Stands in `shade` for every character that does not separate anything."""

_SPECIAL = re.compile(r'"[^"]*"|`[^`]*`|[(),/]')
_BACKTICKS = re.compile(r"`[^`]*`")
_DASH = re.compile(r"(?:^|(?<=\s))(?:—|–|--)(?=\s|$)")
_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])")
_REGEX_STEP = re.compile(r"\\.|/|[^\\/]+|\\$")
_REGEX_END = re.compile(r"\s*(?:,|$)|\s+(?:—|–|--)(?:\s|$)")


def shade(value: str, words: Lexicon) -> str:
    """`value` with all that is inside quotes, backticks, brackets or a regex hidden; its length stays."""
    out: list[str] = []
    at = segment = opened = depth = 0
    while found := _SPECIAL.search(value, at):
        start, end = found.span()
        if depth == 0:
            out.append(value[at:start])
        mark = found[0]
        if mark == "(":
            depth, opened = depth + 1, opened if depth else start
        elif mark == ")" and depth:
            depth -= 1
            if depth == 0:
                out.append(HIDDEN * (end - opened))
        elif depth == 0 and mark == "/" and _after_matches(value[segment:start], words):
            end = _regex_end(value, end)
            out.append(HIDDEN * (end - start))
        elif depth == 0:
            out.append(mark if len(mark) == 1 else HIDDEN * len(mark))
            segment = end if mark == "," else segment
        at = end
    out.append(value[opened:] if depth else value[at:])
    return "".join(out)


def _after_matches(before: str, words: Lexicon) -> bool:
    """Whether what stands before a slash in its segment is the modifier `matches`."""
    found = words.exact(before, "modifier") if len(before) < 40 else None
    return found is not None and found.word.name == "matches"


def _regex_end(value: str, at: int) -> int:
    """The index after the slash that ends a regex: the first unescaped one before a comma, a dash or the end."""
    while found := _REGEX_STEP.match(value, at):
        at = found.end()
        if found[0] == "/" and _REGEX_END.match(value, at):
            return at
    return len(value)


def label_and_rest(text: Text) -> tuple[Text, Text | None]:
    """`label: rest`, cut at the first colon outside backticks; no rest where there is no colon."""
    shaded = _BACKTICKS.sub(lambda m: HIDDEN * len(m[0]), text.value)
    colon = shaded.find(":")
    if colon < 0:
        return unticked(text), None
    return unticked(text.cut(0, colon)), text.cut(colon + 1)


def unticked(text: Text) -> Text:
    """`text` without the backticks around all of it."""
    value = text.value
    if len(value) > 1 and value[0] == value[-1] == "`" and "`" not in value[1:-1]:
        return text.cut(1, -1)
    return text


def unquoted(text: Text) -> Text:
    """`text` without the quotes around all of it."""
    value = text.value
    if len(value) > 1 and value[0] == value[-1] == '"' and '"' not in value[1:-1]:
        return Text(value[1:-1], text.start + 1, text.origin)
    return text


def fact_and_doc(text: Text, words: Lexicon) -> tuple[Text, str]:
    """The fact before the first dash outside quotes, and the documentation after it."""
    dash = _DASH.search(shade(text.value, words))
    if not dash:
        return text, ""
    return text.cut(0, dash.start()), " ".join(text.cut(dash.end()).raw.split())


def split(text: Text, mark: str, words: Lexicon) -> list[Text]:
    """`text` cut at each `mark` outside quotes, brackets and regexes; a comma between digits does not cut."""
    shaded = shade(text.value, words)
    places = [m.start() for m in _COMMA.finditer(shaded)] if mark == "," else _find_all(shaded, mark)
    edges = [-1, *places, len(shaded)]
    return [text.cut(a + 1, b) for a, b in pairwise(edges)]


def _find_all(text: str, mark: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(mark), text)]


def unclosed(value: str, words: Lexicon) -> tuple[str, int] | None:
    """The first quote, backtick or bracket without its partner, and its offset."""
    shaded = shade(value, words)
    found = re.search(r'["`()]', shaded)
    return (found[0], found.start()) if found else None
