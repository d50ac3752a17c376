"""Mutations that break the meaning: each must be reported at its line, or where it has a consequence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from string import ascii_lowercase

from iopeer_core.language.vocabulary import lexicon

from tests.fuzz.lines import Line, changed, grammar_parts, keywords, parse, pick, starts_with_keyword


@dataclass(frozen=True, slots=True)
class Broken:
    """A text with something wrong, and the lines (from 1) where a problem is a fair answer."""

    text: str
    lines: frozenset[int]


Breaker = Callable[[Random, str], Broken | None]

_BELONGS = re.compile(r"(?:belongs to|many to many|has many|has one|pertenece a|muchos a muchos) ", re.IGNORECASE)


def _at(text: str, line: Line, new: str, also: frozenset[int] = frozenset()) -> Broken:
    """A line changed: it and `also` are where a problem may be."""
    return Broken(changed(text, line, new), frozenset({line.number + 1}) | also)


def _mentions(text: str, name: str) -> frozenset[int]:
    """The lines, from 1, that have a name in them."""
    return frozenset(i for i, line in enumerate(text.split("\n"), start=1) if name.casefold() in line.casefold())


def typo(rng: Random, word: str) -> str:
    """A word with a letter lost, doubled, changed or swapped."""
    at = rng.randrange(len(word) - 1)
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + rng.choice(ascii_lowercase) + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + rng.choice(ascii_lowercase) + word[at:],
        ]
    )


def keyword_typo(rng: Random, text: str) -> Broken | None:
    """A slip in a keyword."""
    line = pick(rng, [line for line in parse(text) if keywords(line)])
    if line is None:
        return None
    start, end, word, _ = rng.choice(keywords(line))
    if word.name in {"created at", "updated at"} or end - start < 3:
        return None
    new = typo(rng, line.text[start:end])
    if starts_with_keyword(line, new):
        return None
    return _at(text, line, line.text[:start] + new + line.text[end:])


def heading_typo(rng: Random, text: str) -> Broken | None:
    """A slip in the heading of a section or block."""
    line = pick(rng, [line for line in parse(text) if re.match(r"##(##)? ", line.text)])
    if line is None:
        return None
    marks, _, title = line.text.partition(" ")
    new = typo(rng, title)
    known = lexicon().exact(new.strip(), "section" if marks == "##" else "block")
    return None if known or not new.strip() else _at(text, line, f"{marks} {new}")


def no_colon(rng: Random, text: str) -> Broken | None:
    """A fact without its colon."""
    found = [line for line in parse(text) if line.is_field or line.block in {"Permissions", "Rules"}]
    line = pick(rng, [line for line in found if line.is_fact and ":" in line.text])
    return _at(text, line, line.text.replace(":", "", 1)) if line and line.text.count(":") == 1 else None


def no_comma(rng: Random, text: str) -> Broken | None:
    """Two modifiers or grants without the comma between them."""
    line = pick(rng, [line for line in parse(text) if grammar_parts(line) and ", " in line.text])
    if line is None:
        return None
    start, end = rng.choice(grammar_parts(line))
    commas = [match.start() for match in re.finditer(", ", line.text[:end]) if match.start() >= start]
    inside = [at for at in commas if line.text.count("(", 0, at) > line.text.count(")", 0, at)]
    # After choices the words that follow would be one more choice.
    places = [at for at in commas if at not in inside and "|" not in line.text[:at].rpartition(", ")[2]]
    if not places:
        return None
    at = rng.choice(places)
    return _at(text, line, line.text[:at] + line.text[at + 1 :])


def choices_by_comma(rng: Random, text: str) -> Broken | None:
    """Choices with commas."""
    line = pick(rng, [line for line in parse(text) if line.is_field and re.search("(one of|uno de):", line.text)])
    return _at(text, line, line.text.replace(" |", ",")) if line else None


def one_choice(rng: Random, text: str) -> Broken | None:
    """A choice of one."""
    line = pick(rng, [line for line in parse(text) if line.is_field and re.search("(one of|uno de):", line.text)])
    return _at(text, line, re.sub(r" \|[^,—]*", "", line.text)) if line else None


def same_field(rng: Random, text: str) -> Broken | None:
    """A field that stands twice."""
    lines = parse(text)
    line = pick(rng, [line for line in lines if line.is_field])
    if line is None:
        return None
    label = rng.choice([line.label, line.label.upper(), line.label.replace(" ", "_")])
    return _at(text, line, f"{line.text}\n- {label}: text", frozenset({line.number + 2}))


def same_heading(rng: Random, text: str) -> Broken | None:
    """An entity that stands twice."""
    line = pick(rng, [line for line in parse(text) if line.section == "Entities" and line.text.startswith("### ")])
    if line is None:
        return None
    name = line.text[4:].partition(" (")[0]
    return _at(text, line, f"### {name}\n\n- one more: text\n\n{line.text}", frozenset({line.number + 5}))


def same_role(rng: Random, text: str) -> Broken | None:
    """A role or an enum that stands twice."""
    line = pick(rng, [line for line in parse(text) if line.is_fact and line.section in {"Roles", "Enums"}])
    return _at(text, line, f"{line.text}\n{line.text}", frozenset({line.number + 2})) if line else None


def unknown_name(rng: Random, text: str) -> Broken | None:
    """A reference to nothing."""
    lines = [line for line in parse(text) if line.is_fact]
    kinds: list[tuple[list[Line], str]] = [
        ([line for line in lines if line.is_field and _BELONGS.search(line.text)], "target"),
        ([line for line in lines if line.block == "Permissions"], "role"),
        ([line for line in lines if " (" in line.text and line.block == "Permissions"], "only"),
        ([line for line in lines if line.block == "Indexes"], "index"),
        ([line for line in lines if line.block == "Rules"], "rule"),
        ([line for line in lines if line.section == "App" and re.match("- (account|cuenta)", line.text)], "account"),
    ]
    found, kind = rng.choice(kinds)
    line = pick(rng, found)
    if line is None:
        return None
    new = {
        "target": lambda: _BELONGS.sub(lambda m: m[0] + "Zzqx", line.text, count=1),
        "role": lambda: "- zzqx" + line.text[2 + len(line.label) :],
        "only": lambda: line.text.replace(" (", " (zzqx, "),
        "index": lambda: line.text.replace("- ", "- zzqx + ", 1),
        "rule": lambda: line.text.replace(": ", ": zzqx + " if "+" in line.text else ": zzqx > 1 and ", 1),
        "account": lambda: line.text.partition(":")[0] + ": Zzqx",
    }[kind]()
    return _at(text, line, new)


def no_entity(rng: Random, text: str) -> Broken | None:
    """An entity gone that others link to."""
    lines = parse(text)
    headings = [line for line in lines if line.text.startswith("###") and not line.text.startswith("####")]
    entities = [line for line in headings if line.section == "Entities"]
    line = pick(rng, entities)
    if line is None:
        return None
    name = line.text[4:].partition(" (")[0]
    following = [other.number for other in lines if other.number > line.number and re.match("#{2,3} ", other.text)]
    rest = text.split("\n")
    del rest[line.number : min(following, default=len(rest))]
    new = "\n".join(rest)
    linked = re.compile(rf"(?:{_BELONGS.pattern})(?:[\w ]+\| )?{re.escape(name)}\b", re.IGNORECASE)
    usual = name.casefold() in {"user", "usuario"}  # without it, the account is added
    return Broken(new, _mentions(new, name)) if linked.search(new) and not usual else None


def no_field(rng: Random, text: str) -> Broken | None:
    """A field gone that a rule or index names."""
    lines = parse(text)
    rules = pick(rng, [line for line in lines if line.is_fact and line.block in {"Rules", "Indexes"}])
    if rules is None:
        return None
    fields: list[Line] = []
    for other in lines[: rules.number]:
        fields = [] if other.text.startswith("### ") else fields
        if other.is_field and re.search(rf"[`:+ -]\s*{re.escape(other.label)}\b", rules.text[1:]):
            fields.append(other)
    line = pick(rng, fields)
    if line is None:
        return None
    return Broken(changed(text, line, "<!-- -->"), frozenset({rules.number + 1}) | _mentions(text, line.label))


def bad_value(rng: Random, text: str) -> Broken | None:
    """A modifier whose value cannot be."""
    line = pick(rng, [line for line in parse(text) if line.is_field and not re.search("—|–|--|has |tiene ", line.text)])
    if line is None:
        return None
    bad = rng.choice(
        ["max many", "min 7,5", "between 9 and 1", "matches /[A-Z/", "matches A", "default", "max", "on delete explode",
         'column "a b"', "default maybe so", "min", "inverse", "was", "requird", "required twice", "was ../"]
    )  # fmt: skip
    return _at(text, line, f"{line.text}, {bad}")


def misplaced(rng: Random, text: str) -> Broken | None:
    """Something at a place where it does not belong."""
    line = pick(rng, [line for line in parse(text) if line.is_field])
    if line is None:
        return None
    new = rng.choice(
        [
            line.text.replace("- ", "1. ", 1),
            f"{line.text}\n    - nested: text",
            f"{line.text}\n  > quoted",
            f"# Second title\n\n{line.text}",
            f"##### Deep\n\n{line.text}",
            f"- created at: datetime\n{line.text}",
            f"- ?\n{line.text}",
            f"- \n{line.text}",
            f"\n| a |\n|---|\n| b |\n\n{line.text}",
        ]
    )
    more = frozenset(range(line.number + 1, line.number + 1 + new.count("\n") + 1))
    return _at(text, line, new, more)


def unclosed(rng: Random, text: str) -> Broken | None:
    """A quote, bracket or regex that does not end."""
    found = [line for line in parse(text) if line.is_fact and re.search(r'[)"`/]', line.text) and grammar_parts(line)]
    line = pick(rng, [line for line in found if not re.search("—|–|--", line.text)])
    if line is None:
        return None
    at = rng.choice([match.start() for match in re.finditer(r'[)"`]', line.text)] or [0])
    return _at(text, line, line.text[:at] + line.text[at + 1 :]) if at else None


def no_title(rng: Random, text: str) -> Broken | None:
    """No title."""
    line = parse(text)[0]
    return _at(text, line, rng.choice(["", "A plain paragraph."]), frozenset({0, 2}))


BREAKERS: tuple[Breaker, ...] = (
    keyword_typo, keyword_typo, heading_typo, no_colon, no_comma, choices_by_comma, one_choice, same_field,
    same_heading, same_role, unknown_name, unknown_name, no_entity, no_field, bad_value, bad_value, misplaced,
    unclosed, no_title,
)  # fmt: skip


def break_(rng: Random, text: str) -> tuple[Broken, str] | None:
    """A broken text, and the name of what broke it."""
    breaker = rng.choice(BREAKERS)
    found = breaker(rng, text)
    return (found, breaker.__name__) if found and found.text != text else None
