"""The lines of a well-formed spec, as the fuzzer needs them: which parts are grammar, which are the user's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

from iopeer_core.language.vocabulary import Kind, Word, lexicon

SPECS = Path(__file__).resolve().parent.parent / "specs"
DOCS = Path(__file__).resolve().parents[2] / "docs"

# What is never touched inside a fact: quotes, backticks, regexes, the choices of `one of`.
_KEPT = re.compile(r'"[^"]*"|`[^`]*`|/(?:\\.|[^/])+/|(?:one of|uno de|una de):? [^,]*', re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_KINDS: dict[str, tuple[Kind, ...]] = {
    "": ("type", "relation", "modifier", "word", "literal"),
    "Permissions": ("verb", "word", "literal"),
}
_OTHERS: tuple[Kind, ...] = ("word", "literal")
_TWO_MEANINGS = frozenset({"no"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the section and the block that it stands in, by their English names."""

    number: int  # from 0
    text: str
    section: str
    block: str

    @property
    def is_fact(self) -> bool:
        """Whether it is a bullet of the core's grammar."""
        return self.text.startswith("- ") and self.section not in {"Notes", "Include", ""}

    @property
    def is_field(self) -> bool:
        """Whether it is a field."""
        return self.is_fact and self.section == "Entities" and not self.block

    @property
    def label(self) -> str:
        """The words before the colon."""
        return self.text[2:].partition(":")[0]


def base_specs() -> list[str]:
    """The specs that are mutated: the examples, and those of the documentation."""
    files = [SPECS / name for name in ("todo.md", "biblioteca.md", "tracker.md")]
    pages = (DOCS / "spec.md").read_text("utf-8")
    return [path.read_text("utf-8") for path in files] + re.findall(r"^```markdown\n(.*?)^```", pages, re.S | re.M)


def parse(text: str) -> list[Line]:
    """The lines of a spec written one fact a line."""
    found, section, block = [], "", ""
    for number, line in enumerate(text.split("\n")):
        marks, _, title = line.partition(" ")
        if marks == "##":
            known = lexicon().exact(title.strip(), "section")
            section, block = known.word.name if known else title, ""
        elif marks == "###":
            block = ""
        elif marks == "####":
            known = lexicon().exact(title.strip(), "block")
            block = known.word.name if known else title
        found.append(Line(number, line, section, block))
    return found


def changed(text: str, line: Line, new: str) -> str:
    """The text with another line in the place of one."""
    lines = text.split("\n")
    lines[line.number : line.number + 1] = new.split("\n")
    return "\n".join(lines)


def grammar_parts(line: Line) -> list[tuple[int, int]]:
    """The stretches of a fact that are keywords and references: after the colon, before the dash, unquoted."""
    if not line.is_fact or line.section in {"Roles", "Enums", "App", "Labels"}:
        return []
    start = 2 if line.block == "Indexes" else line.text.find(":") + 1
    dash = re.search(r" (?:—|–|--) ", line.text)
    end = dash.start() if dash else len(line.text)
    parts, at = [], start
    for kept in _KEPT.finditer(line.text, start, end):
        parts.append((at, kept.start()))
        at = kept.end()
    return [(a, b) for a, b in [*parts, (at, end)] if line.text[a:b].strip()]


def starts_with_keyword(line: Line, text: str) -> bool:
    """Whether a text begins with a keyword of the kinds that a line may have."""
    return lexicon().match(text, *_KINDS.get(line.block, _OTHERS)) is not None


def keywords(line: Line) -> list[tuple[int, int, Word, str]]:
    """The keywords of a fact: start, end, word, language."""
    found = []
    for start, end in grammar_parts(line):
        at = start
        while word := _WORDS.search(line.text, at, end):
            match = lexicon().match(line.text[word.start() : end], *_KINDS.get(line.block, _OTHERS))
            at = word.start() + match.end if match else word.end()
            if match and match.word.kind == "relation" and match.word.name not in {"one of", "list of"}:
                # What follows are names.
                found.append((word.start(), at, match.word, match.language))
                comma = line.text.find(",", at, end)
                at = comma if comma > 0 else end
            elif match and line.text[word.start() : at].casefold() not in _TWO_MEANINGS:
                found.append((word.start(), at, match.word, match.language))
    return found


def pick(rng: Random, items: list[Line]) -> Line | None:
    """One of the lines, if any."""
    return rng.choice(items) if items else None
