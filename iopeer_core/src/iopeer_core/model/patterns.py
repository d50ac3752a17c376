r"""Regexes of users: which are read alike by Python, JavaScript and PostgreSQL, and match in bounded time.

The subset: literals, escapes of punctuation, `\d \w \s` and their opposites, `\t \n \r`, `.`, classes, groups
`(…)` and `(?:…)`, bars, `^ $`, and the quantifiers `* + ? {m,n}` with counts up to PostgreSQL's 255, lazy or not.
A repeated group must be deterministic (one way to match each text), else a hostile value could take exponential time;
outside of groups at most two repetitions in a row may match the same characters, which keeps time quadratic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 500
DEEPEST = 10
MOST_REPEATS = 255
LONG_REPEAT = 16
MOST_IN_A_ROW = 2

_ALL = (1 << 129) - 1  # a bit per ASCII character, and one for all others
_OTHERS = 1 << 128


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a regex is refused: the problem's code, and the part of it that is meant."""

    code: str
    part: str


class _Refused(Exception):
    def __init__(self, code: str, part: str) -> None:
        super().__init__(code)
        self.fault = Fault(code, part)


@dataclass(frozen=True, slots=True)
class _Atom:
    """One character of the set `mask`; an anchor has an empty one."""

    mask: int


@dataclass(frozen=True, slots=True)
class _Group:
    """One of several sequences."""

    branches: tuple[tuple[_Node, ...], ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    """`body` from `least` to `most` times, none is without end."""

    body: _Atom | _Group
    least: int
    most: int | None
    source: str


_Node = _Atom | _Group | _Repeat


def fault(pattern: str) -> Fault | None:
    """What is wrong with a pattern, or none."""
    if len(pattern) > LONGEST:
        return Fault("E060", f"{len(pattern)} > {LONGEST}")
    try:
        group = _Parser(pattern).whole()
        _check_groups(group)
        _check_rows(group, _Row(0, 0))
        re.compile(pattern)
    except _Refused as refused:
        return refused.fault
    except (re.error, OverflowError, RecursionError) as error:
        return Fault("E058", str(error))
    return None


def _bit(character: str) -> int:
    return 1 << ord(character) if character.isascii() else _OTHERS


def _mask(characters: Iterator[str] | str) -> int:
    mask = 0
    for character in characters:
        mask |= _bit(character)
    return mask


_DIGITS = _mask("0123456789") | _OTHERS
_WORD = _mask("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") | _OTHERS
_SPACE = _mask(" \t\n\r\f\v") | _OTHERS
_CLASSES = {
    "d": _DIGITS, "w": _WORD, "s": _SPACE,
    "D": _ALL & ~_DIGITS | _OTHERS, "W": _ALL & ~_WORD | _OTHERS, "S": _ALL & ~_SPACE | _OTHERS,
}  # fmt: skip
_CONTROLS = {"t": _bit("\t"), "n": _bit("\n"), "r": _bit("\r")}
_COUNT = re.compile(r"\{([0-9]{1,6})(,([0-9]{0,6}))?\}")


class _Parser:
    """Recursive descent over the subset."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0

    def whole(self) -> _Group:
        group = self.branches()
        if self.at < len(self.pattern):
            raise _Refused("E058", ")")
        return group

    def branches(self) -> _Group:
        found = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            found.append(self.sequence())
        return _Group(tuple(found))

    def sequence(self) -> tuple[_Node, ...]:
        nodes: list[_Node] = []
        while (character := self.peek()) and character not in "|)":
            start = self.at
            atom = self.atom()
            nodes.append(self.repeated(atom, start))
        return tuple(nodes)

    def repeated(self, atom: _Atom | _Group, start: int) -> _Node:
        least, most = 1, None
        match self.peek():
            case "*":
                least = 0
            case "+":
                least = 1
            case "?":
                least, most = 0, 1
            case "{":
                least, most = self.counts()
            case _:
                return atom
        self.at += 1
        if isinstance(atom, _Atom) and not atom.mask:
            raise _Refused("E058", self.pattern[start : self.at])
        if self.peek() == "?":
            self.at += 1
        if self.peek() in {"*", "+", "?", "{"}:
            raise _Refused("E060", self.pattern[start : self.at + 1])
        return _Repeat(atom, least, most, self.pattern[start : self.at])

    def counts(self) -> tuple[int, int | None]:
        """`{m}`, `{m,}`, `{m,n}`, up to its closing brace."""
        found = _COUNT.match(self.pattern, self.at)
        if not found:
            raise _Refused("E060", "{")
        least = int(found[1])
        most = least if found[2] is None else int(found[3]) if found[3] else None
        if max(least, most or 0) > MOST_REPEATS:
            raise _Refused("E060", found[0])
        if most is not None and most < least:
            raise _Refused("E058", found[0])
        self.at = found.end() - 1
        return least, most

    def atom(self) -> _Atom | _Group:
        character = self.pattern[self.at]
        self.at += 1
        match character:
            case "(":
                return self.group()
            case "[":
                return self.character_class()
            case "\\":
                return _Atom(self.escape())
            case ".":
                return _Atom(_ALL)
            case "^" | "$":
                return _Atom(0)
            case "*" | "+" | "?":
                raise _Refused("E058", character)
            case "{" | "}" | "]":
                raise _Refused("E060", character)
            case _:
                return _Atom(_bit(character))

    def group(self) -> _Group:
        """After `(`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Refused("E060", "(" * self.depth)
        if self.peek() == "?":
            if not self.pattern.startswith("?:", self.at):
                raise _Refused("E060", "(" + self.pattern[self.at : self.at + 3])
            self.at += 2
        group = self.branches()
        if self.peek() != ")":
            raise _Refused("E058", "(")
        self.at += 1
        self.depth -= 1
        return group

    def escape(self, *, inside: bool = False) -> int:
        """After a backslash."""
        character = self.peek()
        self.at += 1
        if character in _CLASSES and not (inside and character.isupper()):
            return _CLASSES[character]
        if character in _CONTROLS:
            return _CONTROLS[character]
        if not character or character.isalnum() or not character.isascii():
            raise _Refused("E060" if character else "E058", "\\" + character)
        return _bit(character)

    def character_class(self) -> _Atom:
        """After `[`."""
        start = self.at - 1
        negated = self.peek() == "^"
        self.at += negated
        mask = 0
        if self.peek() == "]":
            raise _Refused("E060", self.pattern[start : self.at + 1])
        while (character := self.peek()) != "]":
            if not character:
                raise _Refused("E058", self.pattern[start:])
            if character == "[" or self.pattern[self.at : self.at + 2] in {"--", "&&", "||", "~~"}:
                raise _Refused("E060", self.pattern[start : self.at + 2])
            mask |= self.member(start)
        self.at += 1
        return _Atom(_ALL & ~mask | _OTHERS if negated else mask)

    def member(self, start: int) -> int:
        """A character, an escape or a range of a class."""
        first = self.pattern[self.at]
        self.at += 1
        if first == "\\":
            first = self.peek()
            mask = self.escape(inside=True)
        else:
            mask = _bit(first)
        if self.peek() != "-" or self.pattern[self.at + 1 : self.at + 2] in {"]", ""}:
            return mask
        self.at += 1
        last = self.peek()
        self.at += 1
        if last == "\\":
            last = self.peek()
            self.escape(inside=True)
        if mask in _CLASSES.values() or not last or last in "[" or ord(last) < ord(first):
            raise _Refused("E058", self.pattern[start : self.at])
        return _mask(map(chr, range(ord(first), min(ord(last), 127) + 1))) | (0 if last.isascii() else _OTHERS)

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]


def _check_groups(node: _Node) -> None:
    """Refuse a repeated group that can match one text in several ways."""
    if isinstance(node, _Group):
        for branch in node.branches:
            for child in branch:
                _check_groups(child)
    elif isinstance(node, _Repeat):
        _check_groups(node.body)
        if isinstance(node.body, _Group) and node.most != 1 and _is_ambiguous(node.body):
            raise _Refused("E059", node.source)


@dataclass(slots=True)
class _Positions:
    """Glushkov's automaton: per position its set, and the positions that may follow, with as many ways as there are."""

    masks: list[int]
    follow: list[list[int]]


def _is_ambiguous(body: _Group) -> bool:
    """Whether `body`, repeated, has two ways to go on with the same character."""
    positions = _Positions([], [])
    nullable, first, last = _glushkov(body, positions)
    for end in last:
        positions.follow[end] += first
    return nullable or any(_overlap(ways, positions.masks) for ways in (first, *positions.follow))


def _overlap(ways: Sequence[int], masks: Sequence[int]) -> bool:
    taken = 0
    for way in ways:
        if masks[way] & taken:
            return True
        taken |= masks[way]
    return False


def _glushkov(node: _Node, positions: _Positions) -> tuple[bool, list[int], list[int]]:
    """Whether `node` matches the empty text, the positions it may begin with, and those it may end with."""
    if isinstance(node, _Atom):
        if not node.mask:
            return True, [], []
        positions.masks.append(node.mask)
        positions.follow.append([])
        place = len(positions.masks) - 1
        return False, [place], [place]
    if isinstance(node, _Repeat):
        nullable, first, last = _glushkov(node.body, positions)
        if node.most not in {node.least, 1}:
            for end in last:
                positions.follow[end] += first
        return nullable or node.least == 0, first, last
    found = [_sequence(branch, positions) for branch in node.branches]
    return (
        any(nullable for nullable, _, _ in found),
        [place for _, first, _ in found for place in first],
        [place for _, _, last in found for place in last],
    )


def _sequence(nodes: Sequence[_Node], positions: _Positions) -> tuple[bool, list[int], list[int]]:
    """The same of one after the other."""
    nullable, first, last = True, list[int](), list[int]()
    for node in nodes:
        empty, begins, ends = _glushkov(node, positions)
        for end in last:
            positions.follow[end] += begins
        first = [*first, *begins] if nullable else first
        last = [*last, *ends] if empty else ends
        nullable = nullable and empty
    return nullable, first, last


@dataclass(frozen=True, slots=True)
class _Row:
    """Repetitions in a row: what characters they may share, and how many they are."""

    mask: int
    count: int


def _check_rows(node: _Node, row: _Row) -> _Row:
    """Refuse too many repetitions in a row that nothing keeps apart; returns the row after `node`."""
    if isinstance(node, _Atom):
        return row if node.mask & row.mask or not node.mask else _Row(0, 0)
    if isinstance(node, _Group):
        ends = []
        for branch in node.branches:
            after = row
            for child in branch:
                after = _check_rows(child, after)
            ends.append(after)
        return _Row(mask=_union(end.mask for end in ends), count=max(end.count for end in ends))
    if node.most is not None and node.most - node.least < LONG_REPEAT:
        after = _check_rows(node.body, row)
        return row if node.least == 0 and after.count < row.count else after
    mask = _characters(node.body)
    count = row.count + 1 if mask & row.mask else max(row.count, 1)
    if count > MOST_IN_A_ROW:
        raise _Refused("E059", node.source)
    return _Row(row.mask | mask, count)


def _union(masks: Iterator[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _characters(node: _Node) -> int:
    """Every character that `node` may match."""
    if isinstance(node, _Atom):
        return node.mask
    if isinstance(node, _Repeat):
        return _characters(node.body)
    return _union(_characters(child) for branch in node.branches for child in branch)


def examples(pattern: str, count: int, *, shortest: int = 0, longest: int = 255) -> tuple[str, ...]:
    """Texts that a pattern finds, unlike each other: at most `count`, fewer where there are not so many.

    Args:
        pattern: one that has no `fault`.
        count: how many to give; always the same ones.
        shortest: the least characters that a text may have.
        longest: the most.
    """
    tree = _Parser(pattern).whole()
    compiled = re.compile(pattern)
    found: dict[str, None] = {}
    for number in range(count * 20):
        text = _text(tree, _Choices(number + 1))
        if shortest <= len(text) <= longest and text == text.strip() and compiled.search(text):
            found[text] = None
        if len(found) == count:
            break
    return tuple(found)


@dataclass(slots=True)
class _Choices:
    """A sequence of numbers that look random and are the same everywhere (a linear congruential generator)."""

    state: int

    def below(self, limit: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


_PREFERRED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@:/+ "
_MORE = 3
"""How far beyond its least count a repetition goes."""


def _text(node: _Node, choices: _Choices) -> str:
    """A text that a node may stand for."""
    if isinstance(node, _Atom):
        if not node.mask:
            return ""
        wanted = [character for character in _PREFERRED if node.mask >> ord(character) & 1]
        wanted = wanted or [chr(code) for code in range(128) if node.mask >> code & 1] or ["é"]
        return wanted[choices.below(len(wanted))]
    if isinstance(node, _Repeat):
        most = node.least + _MORE if node.most is None else min(node.most, node.least + _MORE)
        times = node.least + choices.below(most - node.least + 1)
        return "".join(_text(node.body, choices) for _ in range(times))
    branch = node.branches[choices.below(len(node.branches))]
    return "".join(_text(part, choices) for part in branch)
