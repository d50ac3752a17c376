"""What somebody may have meant by a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that is nearest to `word`, if any is near."""
    from difflib import get_close_matches

    folded = {name.lower(): name for name in sorted(known, reverse=True)}
    close = get_close_matches(word.lower(), sorted(folded), n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence for the user: the nearest name, else all of them; empty where none is known."""
    names = sorted(known)
    near = nearest(word, names)
    if near:
        return f"did you mean {near!r}?"
    return f"known: {', '.join(names)}" if names else ""
