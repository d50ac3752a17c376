"""`check --fix`: puts in the place of what is wrong what was meant, where there is one answer.

A suggestion is taken only if the spec, read again, has no error that it did not have before. What stood under a
misspelled heading was not looked at, and a line is read up to its first slip: such a one is put right if what it shows
can be put right too. Names are put right only where no other name of the spec is as near. A fact never becomes
another one, and a value another value: what can be read in two ways is left to its author.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from iopeer_core.language.changes import ReplaceSpan
from iopeer_core.language.edit import replace_span
from iopeer_core.language.lines import Lines
from iopeer_core.language.problems import Problem
from iopeer_core.language.reader import Load, ReadResult, read
from iopeer_core.language.suggest import LONGEST, distance
from iopeer_core.language.text import fold
from iopeer_core.language.vocabulary import CORE, Grammar, Kind, Word, lexicon
from iopeer_core.model.spec import Span

Keys = Counter[tuple[int, str, str]]

ROUNDS = 5
"""Mending one problem may show another; so often the text is read again."""
TRIES = 300
"""So many changed texts are read at most: a large spec full of slips is mended in seconds, the rest by another call."""
DEPTH = 2
"""Problems that show when one is mended: under a heading, or in the rest of a line."""

_LINES = frozenset({"E020", "E021", "E022", "E025", "E029"})
"""Problems of a whole line: where it begins, and with what."""
_WORDS = re.compile(r"[^\W_][\w]*(?:[ -][\w]+)*")
_ELSEWHERE = re.compile(r"(?:line|línea) \d+|(?:in|en) .+?: - .*")
"""Help that speaks of another place than the problem's: what stands there is not to be replaced."""
_BULLET = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])\s+")


def fix(text: str, *, file: str = "spec.md", grammar: Grammar = CORE, load: Load | None = None) -> tuple[str, int]:
    """Applies the unambiguous suggestions until nothing changes any more.

    Args:
        text: the spec.
        file: its name; problems in files that it includes are left alone.
        grammar: the words of plugins.
        load: gives the files of `## Include`.

    Returns:
        The text, and how many problems it has less.
    """
    fixer = _Fixer(file, grammar, load)
    mended = fixer.settle(text, DEPTH)
    return mended, len(fixer.read(text).problems) - len(fixer.read(mended).problems)


@dataclass(slots=True)
class _Fixer:
    file: str
    grammar: Grammar
    load: Load | None
    tries: int = TRIES

    def read(self, text: str) -> ReadResult:
        return read(text, file=self.file, grammar=self.grammar, load=self.load)

    def settle(self, text: str, depth: int) -> str:
        """The text after as many rounds as change it."""
        for _ in range(ROUNDS):
            mended = self._round(text, depth)
            if mended == text:
                break
            text = mended
        return text

    def _round(self, text: str, depth: int) -> str:
        """The text with every suggestion that can be taken now."""
        problems = self.read(text).problems
        names = _names(text) if problems else Counter()
        lines = Lines.split(text)
        # A line that is no fact yet is also read as a part of the one above: that one is looked at in the next round.
        first = [p for p in problems if p.code in _LINES and p.suggestion] or problems
        changes = [change for p in first if p.file == self.file for change in self._change(p, lines, names)]
        changes.sort(key=lambda change: (change.span.line, change.span.column))
        apart = [b for a, b in zip([None, *changes], changes, strict=False) if a is None or not _overlap(a, b)]
        return self._take(text, apart, _errors(problems), depth)

    def _take(self, text: str, changes: Sequence[ReplaceSpan], known: Keys, depth: int) -> str:
        """The text with as many of the changes as make no new error: all, or those of each half."""
        if not changes or not self.tries:
            return text
        self.tries -= 1
        mended = text
        for change in reversed(changes):
            mended = replace_span(mended, change)
        if not _errors(self.read(mended).problems) - known:
            return mended
        if len(changes) == 1:
            settled = self.settle(mended, depth - 1) if depth else mended
            return settled if depth and not _errors(self.read(settled).problems) - known else text
        half = len(changes) // 2
        # The later half first: the places of the earlier one stay right.
        return self._take(self._take(text, changes[half:], known, depth), changes[:half], known, depth)

    def _change(self, problem: Problem, lines: list[str], names: Counter[str]) -> Iterator[ReplaceSpan]:
        """What to write in the place of a problem, if that is clear."""
        suggestion = problem.suggestion or ""
        if not suggestion or not 0 < problem.line <= len(lines) or _ELSEWHERE.fullmatch(suggestion):
            return
        line = lines[problem.line - 1].rstrip("\r\n")
        start, end = problem.column - 1, problem.end_column - 1
        wrong = line[start:end]
        text = self._one(suggestion, wrong)
        if text is None or self._is_ambiguous(text, wrong, names):
            return
        if problem.code not in _LINES and _BULLET.fullmatch(line[:start]) and _label(wrong) not in {None, _label(text)}:
            return  # it would be another fact
        # A suggestion may say again what stands before or after the place: `one of: a | b` for `a, b`.
        before = next((n for n in range(len(text), 0, -1) if text[n - 1] == " " and line[:start].endswith(text[:n])), 0)
        after = next((n for n in range(len(text), 0, -1) if text[-n] == " " and line[end:].startswith(text[-n:])), 0)
        after = 0 if before + after > len(text) else after
        span = Span(file=problem.file, line=problem.line, column=start + 1, end_column=end + 1)
        yield ReplaceSpan(span=span, text=text[before : len(text) - after])

    def _one(self, suggestion: str, wrong: str) -> str | None:
        """The one thing that is suggested; of the spellings of one keyword the nearest."""
        options = suggestion.split(", ")
        words = [self._word(option) for option in options]
        if len(options) > 1 and all(words):
            if any(word is not words[0] for word in words):
                kinds = [word.kind for word in words if word]
                is_field = kinds[0] in {"type", "relation"} and set(kinds[1:]) == {"modifier"}
                return suggestion if is_field else None
            return min(options, key=lambda option: distance(fold(wrong), fold(option), LONGEST))
        is_link = words[0] is not None and words[0].kind == "relation"
        return suggestion if " | " not in suggestion or ": " in suggestion or is_link else None

    def _word(self, text: str) -> Word | None:
        found = lexicon(self.grammar.words).match(text, *_KINDS)
        return found.word if found else None

    def _is_ambiguous(self, text: str, wrong: str, names: Counter[str]) -> bool:
        """Whether another name of the spec is as near to what is written as the one that is suggested."""
        target, written = fold(text.strip('`"')), fold(wrong.strip('`"'))
        if target not in names or len(written) > LONGEST:
            return False
        near = distance(written, target, LONGEST)
        return any(other not in {target, written} and distance(written, other, near) <= near for other in names)


def _label(fact: str) -> str | None:
    """What a fact is about; none of what is no whole fact."""
    head, colon, _ = fact.partition(":")
    return fold(head.strip("` ")) if colon else None


_KINDS: tuple[Kind, ...] = get_args(Kind)


def _names(text: str) -> Counter[str]:
    """What facts and entities are called: the words of headings and before colons."""
    heads = (line.strip().lstrip("#-*+ ").partition(":")[0] for line in text.splitlines() if line[:1] in "#-*+ ")
    return Counter(fold(match[0]) for head in heads if (match := _WORDS.match(head.strip("`"))))


def _errors(problems: Sequence[Problem]) -> Keys:
    """Errors as they are told apart when columns have moved."""
    errors = (problem for problem in problems if problem.severity == "error")
    return Counter((problem.line, problem.code, " ".join(problem.values.values())) for problem in errors)


def _overlap(first: ReplaceSpan, second: ReplaceSpan) -> bool:
    return first.span.line == second.span.line and second.span.column < first.span.end_column
