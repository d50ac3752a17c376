"""Names in the generated Python: of modules, classes, attributes and variables; and words for its docstrings."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Collection, Iterable
from zlib import crc32

from iopeer_core.model.names import identifier, pascal
from iopeer_core.tree.paths import is_device

from iopeer_plugin_fastapi.language import escape
from iopeer_plugin_fastapi.view import reserved

LONGEST_LITERAL = 72
"""Characters of a text that fit on one line of generated code."""


def attribute(name: str) -> str:
    """The name of a member of a model or schema: as the spec says, with `_` behind it where the word is taken."""
    taken = keyword.iskeyword(name) or name in reserved.ATTRIBUTES or name.startswith("model_")
    return f"{name}_" if taken else name


def variable(name: str) -> str:
    """The name of a variable or argument in the routers."""
    return f"{name}_" if name in reserved.VARIABLES else escape(name)


def function(*parts: str) -> str:
    """The name of a function that is made of several names: short enough for a line."""
    return _short("_".join(parts), "_")


def _short(name: str, between: str = "") -> str:
    """The name; where it is too long for a line, its beginning and what tells it apart."""
    rest = f"{between}{crc32(name.encode()):08x}"
    return name if len(name) <= LONGEST_LITERAL else f"{name[: LONGEST_LITERAL - len(rest)]}{rest}"


def module(folder: str, name: str) -> str:
    """The name of an entity's module in `backend/<folder>/`."""
    taken = keyword.iskeyword(name) or name in reserved.MODULES[folder] or is_device(name)
    return f"{name}_" if taken else name


def class_names(wanted: Iterable[tuple[str, str]], taken: Collection[str] = ()) -> dict[str, str]:
    """A class for each key: the wanted name, or with a suffix where the name is taken.

    Args:
        wanted: (key, identifier), the most important first.
        taken: names that are something else in this app.
    """
    names: dict[str, str] = {}
    for key, name in wanted:
        made = _short(pascal(name))
        while made in reserved.CLASSES or made in taken or made in names.values():
            made += "Model" if key.startswith("entity:") else "Choice"
        names[key] = made
    return names


def members(values: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The members of an enum: (NAME, value), names unlike each other."""
    made: dict[str, str] = {}
    for number, value in enumerate(values, start=1):
        name = identifier(value).upper() or f"CHOICE_{number}"
        while name in made or name in reserved.MEMBERS:
            name += "_"
        made[name] = value
    return tuple(made.items())


def quoted(text: str) -> str:
    """A Python string literal in double quotes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def wrapped(text: str, longest: int = LONGEST_LITERAL) -> str:
    """A Python string literal, in several where more characters than `longest` would not fit on a line."""
    if len(text) <= longest:
        return quoted(text)
    pieces = [""]
    for part in re.findall(r"\S*\s?", text):
        for start in range(0, len(part), longest):
            piece = part[start : start + longest]
            if len(pieces[-1]) + len(piece) > longest:
                pieces.append("")
            pieces[-1] += piece
    return f"({' '.join(quoted(piece) for piece in pieces if piece)})"


def raw(pattern: str) -> str:
    """A regex as a Python literal: raw where that can be written."""
    plain = '"' not in pattern and "\n" not in pattern and not pattern.endswith("\\")
    return f'r"{pattern}"' if plain and len(pattern) <= LONGEST_LITERAL else wrapped(pattern)


def pieces(pattern: str) -> str:
    """A regex as raw literals, on several lines where it is long; it holds no double quotes."""
    parts = re.findall(rf"(?:\\.|[^\\]){{1,{LONGEST_LITERAL // 2}}}", pattern)
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) > LONGEST_LITERAL:
            lines.append("")
        lines[-1] += part
    shown = "\n".join(f'r"{line}"' for line in lines)
    return shown if len(lines) == 1 else f"({shown})"


def prose(label: str) -> str:
    """A label within a sentence: small letters, unless it is an acronym."""
    return " ".join(word if word[1:2].isupper() else word[:1].lower() + word[1:] for word in label.split())


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop, safe inside a docstring."""
    text = text.strip().replace("\\", "\\\\").replace('"', "'")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def article(noun: str) -> str:
    """`a task`, `an order`, `a user`, `an hour`."""
    word = noun.lower()
    spoken = word.startswith(("a", "e", "i", "o", "u")) and not word.startswith(
        ("eu", "uni", "use", "usu", "one", "once")
    )
    return f"{'an' if spoken or word.startswith(('hour', 'honest', 'heir')) else 'a'} {noun}"
