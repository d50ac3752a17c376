r"""Regexes of a spec as literals of JavaScript that match the same texts as the backend's.

The core lets through a portable subset alone. What differs: `\d` and `\w` mean any script's digits and letters to the
backend, ASCII's to JavaScript; with the flag `u`, without which `.` is half an emoji, only some characters may be
escaped, and a bare brace or bracket is an error.
"""

from __future__ import annotations

import re

_WORD = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}"
_NO_WORD = r"\p{S}\p{Z}\p{Cc}\p{Co}\p{Cn}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\p{No}"
_SHORT = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": f"[{_WORD}]", "W": f"[^{_WORD}]"}
_SHORT_IN_CLASS = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": _WORD, "W": _NO_WORD}
_NATIVE = frozenset("sStnr")
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_PIECE = re.compile(r"\\(?P<escaped>.)|\{(?P<counts>\d*,?\d*)\}|(?P<plain>.)", re.DOTALL)


def literal(pattern: str) -> str:
    """A pattern as a regex literal: `/^[A-Z]{2,6}$/u`.

    Args:
        pattern: from a spec, without its slashes.
    """
    parts: list[str] = []
    inside = False  # of a class
    for found in _PIECE.finditer(pattern):
        if found["escaped"]:
            parts.append(_escaped(found["escaped"], inside=inside))
        elif found["counts"] is not None:
            braces = found[0]
            quantifier = not inside and bool(re.fullmatch(r"\d+(,\d*)?", found["counts"]))
            parts.append(braces if quantifier else braces.replace("{", r"\{").replace("}", r"\}"))
        else:
            plain = found["plain"]
            parts.append(_plain(plain, inside=inside, first=_opens(parts)))
            inside = plain == "[" or (inside and (plain != "]" or _opens(parts[:-1])))
    return f"/{''.join(parts)}/u"


def shared(pattern: str) -> str:
    """A pattern of the core's formats, which says the same everywhere, as a regex literal.

    Args:
        pattern: from `iopeer_core.model.formats`.
    """
    return "/" + pattern.replace("/", r"\/") + "/"


def _opens(parts: list[str]) -> bool:
    """Whether a class has just begun, where `]` is a character like any other."""
    return bool(parts) and (parts[-1] == "[" or (len(parts) > 1 and parts[-1] == "^" and parts[-2] == "["))


def _escaped(character: str, *, inside: bool) -> str:
    """An escaped character: a set of characters, or itself."""
    known = _SHORT_IN_CLASS if inside else _SHORT
    if character in known:
        return known[character]
    if character in _NATIVE or character in _SYNTAX or (inside and character == "-"):
        return f"\\{character}"
    return character


def _plain(character: str, *, inside: bool, first: bool) -> str:
    """A character as it stands; those that the flag `u` or the literal's slashes forbid, escaped."""
    if character == "\n":
        return r"\n"
    if inside and character == "]" and first:
        return r"\]"
    if character == "/" or (inside and character in "[(){}|") or (not inside and character in "{}]"):
        return f"\\{character}"
    return character
