"""What the user may have meant: legal spellings within a third of their length in edits."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from iopeer_core.language.text import fold
from iopeer_core.language.vocabulary import Kind, Lexicon, Word

LONGEST = 60
"""Texts longer than this are nobody's typing slip, and comparing them costs time."""
MOST_CANDIDATES = 1_000
"""So many names are compared with what was written."""


def distance(a: str, b: str, limit: int) -> int:
    """How many letters to add, drop, change or swap with a neighbour from `a` to `b`; `limit + 1` where it is more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    older: list[int] = []
    old = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        new = [i]
        for j, y in enumerate(b, start=1):
            cost = min(old[j - 1] + (x != y), old[j] + 1, new[j - 1] + 1)
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            new.append(cost)
        if min(new) > limit:
            return limit + 1
        older, old = old, new
    return old[-1]


def edits(text: str, candidate: str) -> int | None:
    """The edits from `text` to `candidate` where they are few enough to suggest it."""
    limit = len(candidate) // 3
    found = distance(text, candidate, limit)
    return found if found <= limit else None


def nearest(text: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `text`, the first of equals, if any is like it."""
    wanted = fold(text)
    if len(wanted) > LONGEST:
        return None
    scored = ((edits(wanted, fold(candidate)), candidate) for candidate in candidates)
    found = [(score, candidate) for score, candidate in islice(scored, MOST_CANDIDATES) if score is not None]
    return min(found, key=lambda item: item[0])[1] if found else None


def nearest_word(text: str, words: Lexicon, *kinds: Kind) -> tuple[Word, str] | None:
    """The keyword most like `text`, and the language of its spelling."""
    wanted = fold(text)
    if len(wanted) > LONGEST:
        return None
    found: tuple[int, Word, str] | None = None
    for word in words.of(*kinds):
        for language, forms in word.forms.items():
            for form in forms:
                score = edits(wanted, fold(form))
                if score is not None and (found is None or score < found[0]):
                    found = (score, word, language)
    return found[1:] if found else None


def keyword(text: str, words: Lexicon, *kinds: Kind, tail: str = "") -> str | None:
    """The keyword most like `text`: in English, and in the language that it looks like where that is another one."""
    found = nearest_word(text, words, *kinds)
    if not found:
        return None
    word, language = found
    forms = dict.fromkeys((word.form("en"), word.form(language)))
    return ", ".join(form + tail for form in forms)


def phrase(text: str, words: Lexicon, *kinds: Kind) -> str | None:
    """`betwen 1 and 10` → `between 1 and 10`: a keyword most like the beginning of `text`, and the rest as it is."""
    parts = text[: 4 * LONGEST].split()
    best: tuple[int, str] | None = None
    for count in range(min(len(parts), 4), 0, -1):
        head = fold(" ".join(parts[:count]))
        found = nearest_word(head, words, *kinds)
        if found is None:
            continue
        score = min(distance(head, fold(form), LONGEST) for form in found[0].forms[found[1]])
        if best is None or score < best[0]:
            rest = "".join(f" {part}" for part in parts[count:])
            best = (score, keyword(head, words, *kinds, tail=rest) or "")
    return best[1] if best else None
