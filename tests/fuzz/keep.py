"""Mutations that keep the meaning: another spelling of the same spec, which must be read as an equal one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from iopeer_core.language.vocabulary import lexicon

from tests.fuzz.lines import Line, changed, grammar_parts, keywords, parse, pick

Mutation = Callable[[Random, str], str]

_DASH = re.compile(r" (?:—|–|--) ")
_QUOTED = re.compile(r'"([^"\n]*)"')


def case(rng: Random, text: str) -> str:
    """Keywords and references in capitals or small letters."""
    line = pick(rng, [line for line in parse(text) if grammar_parts(line)])
    if line is None:
        return text
    changes: list[Callable[[str], str]] = [str.upper, str.lower, str.title]
    new, change = line.text, rng.choice(changes)
    for start, end in grammar_parts(line):
        new = new[:start] + change(new[start:end]) + new[end:]
    return changed(text, line, new)


def heading_case(rng: Random, text: str) -> str:
    """Headings of sections and blocks in other letters, or closed by signs as Markdown allows."""
    line = pick(rng, [line for line in parse(text) if re.match(r"##(##)? ", line.text) and "#" not in line.text[5:]])
    if line is None:
        return text
    marks, _, title = line.text.partition(" ")
    title = rng.choice([title.upper(), title.lower(), without_accents(title), f" {title}  ", f"{title} {marks}"])
    return changed(text, line, f"{marks} {title}")


def without_accents(text: str) -> str:
    """Letters without their accents, but for ñ, which is a letter of its own in names."""
    kept = text.replace("ñ", "\0").replace("Ñ", "\1")
    plain = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return plain.replace("\0", "ñ").replace("\1", "Ñ")


def accents(rng: Random, text: str) -> str:
    """Keywords and references without accents, or with them as separate signs."""
    line = pick(rng, [line for line in parse(text) if grammar_parts(line)])
    if line is None:
        return text
    changes: list[Callable[[str], str]] = [without_accents, lambda part: unicodedata.normalize("NFD", part)]
    change = rng.choice(changes)
    new = line.text
    for start, end in reversed(grammar_parts(line)):
        new = new[:start] + change(new[start:end]) + new[end:]
    return changed(text, line, new)


def language(rng: Random, text: str) -> str:
    """A keyword in any of its spellings, in either language."""
    line = pick(rng, [line for line in parse(text) if keywords(line)])
    if line is None:
        return text
    start, end, word, _ = rng.choice(keywords(line))
    names = {"created at", "updated at"}
    if word.name in names:
        return text
    form = rng.choice([form for forms in word.forms.values() for form in forms])
    return changed(text, line, line.text[:start] + form + line.text[end:])


def heading_language(rng: Random, text: str) -> str:
    """A heading in the other language; that of the entities only where the languages of the app are said."""
    said = re.search(r"^- (languages|idiomas):", text, re.MULTILINE)
    found = []
    for line in parse(text):
        marks, _, title = line.text.partition(" ")
        kind = {"##": "section", "####": "block"}.get(marks)
        match = lexicon().exact(title.strip(" #"), kind) if kind else None  # type: ignore[arg-type] # of the table
        if match and (said or match.word.name != "Entities"):
            found.append((line, marks, match.word))
    if not found:
        return text
    line, marks, word = rng.choice(found)
    return changed(text, line, f"{marks} {rng.choice([word.form('en'), word.form('es')])}")


def modifier_order(rng: Random, text: str) -> str:
    """The modifiers of a field in another order."""
    line = pick(rng, [line for line in parse(text) if line.is_field and line.text.count(", ") > 1])
    if line is None or re.search(r"/[^ ]*, ?[^ ]*/", line.text):
        return text
    dash = _DASH.search(line.text)
    fact, doc = (line.text[: dash.start()], line.text[dash.start() :]) if dash else (line.text, "")
    head, *rest = re.split(r", (?![^(\"]*[)\"])", fact)
    rng.shuffle(rest)
    return changed(text, line, ", ".join([head, *rest]) + doc)


def optional(rng: Random, text: str) -> str:
    """`optional`, where it is so anyway."""
    kinds = r": (text|date|url|phone|fecha|enlace|texto largo|markdown|json|duration)(,|$)"
    found = [
        line
        for line in parse(text)
        if line.is_field and re.search(kinds, line.text) and not re.search("(?i)requ|oblig|opti|opci|—|–|--", line.text)
    ]
    line = pick(rng, found)
    return changed(text, line, f"{line.text}, {rng.choice(['optional', 'opcional'])}") if line else text


def dashes(rng: Random, text: str) -> str:
    """Another dash before the documentation."""
    line = pick(rng, [line for line in parse(text) if line.is_fact and _DASH.search(line.text)])
    return changed(text, line, _DASH.sub(f" {rng.choice(['—', '–', '--'])} ", line.text, count=1)) if line else text


def spaces(rng: Random, text: str) -> str:
    """More white space between the words of a fact, and after it."""
    line = pick(rng, [line for line in parse(text) if grammar_parts(line)])
    if line is None:
        return text
    start, end = rng.choice(grammar_parts(line))
    part = re.sub(r" +", lambda _: rng.choice([" ", "  ", "\t", "   "]), line.text[start:end])
    mark = rng.choice(["- ", "-  ", "-   ", " - "])
    return changed(text, line, mark + line.text[2:start] + part + line.text[end:] + rng.choice(["", " ", "  ", "\t"]))


def wrapped(rng: Random, text: str) -> str:
    """A fact on two lines."""
    line = pick(rng, [line for line in parse(text) if grammar_parts(line)])
    if line is None:
        return text
    places = [
        match.start()
        for start, end in grammar_parts(line)
        for match in re.finditer(r" (?=[^\W\d_])", line.text[:end])
        if match.start() > start
    ]
    if not places:
        return text
    at = rng.choice(places)
    return changed(text, line, f"{line.text[:at]}\n{rng.choice(['', '  ', '    '])}{line.text[at + 1 :]}")


def blank_lines(rng: Random, text: str) -> str:
    """A blank line before or after a heading, or none before one."""
    line = pick(rng, [line for line in parse(text) if line.text.startswith("##")])
    if line is None:
        return text
    return changed(text, line, rng.choice([f"\n{line.text}", f"{line.text}\n\n", f"\n\n\n{line.text}"]))


def comments(rng: Random, text: str) -> str:
    """A comment or a code block before a heading."""
    line = pick(rng, [line for line in parse(text) if line.text.startswith("##") and line.section != "Notes"])
    if line is None:
        return text
    what = rng.choice(
        ["<!-- - x: text -->", "```\n- x: text\n## Y\n```", "<!--\n\n## Entities\n\n-->", "~~~~\n# T\n~~~~"]
    )
    return changed(text, line, f"{what}\n\n{line.text}")


def line_ends(rng: Random, text: str) -> str:
    """Line ends of other systems, a byte order mark, no last line end."""
    return rng.choice(
        [text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text, text.rstrip("\n"), text + "\n\n\n"]
    )


def backticks(rng: Random, text: str) -> str:
    """Backticks around the name that a fact begins with."""
    found = [
        line
        for line in parse(text)
        if line.is_field or (line.is_fact and line.section in {"Roles", "Enums"}) or line.block == "Permissions"
    ]
    line = pick(rng, [line for line in found if line.text.startswith("- ") and "`" not in line.label])
    if line is None or line.label in {"public", "público"}:
        return text
    return changed(text, line, f"- `{line.label}`{line.text[2 + len(line.label) :]}")


def bullets(rng: Random, text: str) -> str:
    """Another mark for all bullets."""
    mark = rng.choice(["*", "+"])
    lines = parse(text)
    return "\n".join(
        mark + line.text[1:] if line.text.startswith("- ") and line.section != "Notes" else line.text for line in lines
    )


def quotes(rng: Random, text: str) -> str:
    """Curly quotes."""
    line = pick(rng, [line for line in parse(text) if line.is_fact and _QUOTED.search(line.text)])
    return changed(text, line, _QUOTED.sub("“\\1”", line.text)) if line else text


def twice(rng: Random, text: str) -> str:
    """A section that is left and taken up again."""
    line = pick(rng, [line for line in parse(text) if line.section == "Entities" and line.text.startswith("### ")])
    return changed(text, line, f"## {rng.choice(['Entities', 'entities'])}\n\n{line.text}") if line else text


def _parts(text: str, marks: str, section: str = "") -> tuple[list[str], list[list[str]]]:
    """The lines before the first heading of a level, and the groups of lines that each such heading begins."""
    head: list[str] = []
    groups: list[list[str]] = []
    for line in parse(text):
        if line.text.startswith(f"{marks} ") and (not section or line.section == section):
            groups.append([line.text])
        elif groups:
            groups[-1].append(line.text)
        else:
            head.append(line.text)
    return head, groups


def section_order(rng: Random, text: str) -> str:
    """The sections in another order, each closed by a blank line."""
    head, groups = _parts(text, "##")
    notes = [group for group in groups if re.match("## (notes|notas)", group[0], re.IGNORECASE)]
    others = [group for group in groups if group not in notes]
    rng.shuffle(others)
    return "\n".join("\n".join([*group, ""]) for group in [head, *others, *notes])


def entity_order(rng: Random, text: str) -> str:
    """The entities of a section in another order."""
    head, sections = _parts(text, "##")
    out = ["\n".join(head)]
    for section in sections:
        first, entities = _parts("\n".join(section), "###")
        if parse(section[0])[0].section == "Entities":
            rng.shuffle(entities)
        out += ["\n".join([*group, ""]) for group in [first, *entities]]
    return "\n".join(out)


def block_order(rng: Random, text: str) -> str:
    """The blocks of each entity in another order."""
    out: list[str] = []
    group: list[list[str]] = []

    def flush() -> None:
        rng.shuffle(group)
        out.extend(line for block in group for line in [*block, ""])
        group.clear()

    for line in parse(text):
        if line.text.startswith("#### ") and line.section == "Entities":
            group.append([line.text])
        elif group and not line.text.startswith(("# ", "## ", "### ")):
            group[-1].append(line.text)
        else:
            flush()
            out.append(line.text)
    flush()
    return "\n".join(out)


def fact_order(rng: Random, text: str) -> str:
    """The lines of permissions, rules or indexes in another order."""
    lines = parse(text)
    blocks = {"Permissions", "Rules", "Indexes", "Options"}
    starts = [line for line in lines if line.text.startswith("#### ") and line.block in blocks]
    start = pick(rng, starts)
    if start is None:
        return text
    facts: list[Line] = []
    for line in lines[start.number + 1 :]:
        if line.text.startswith("#"):
            break
        facts += [line] if line.is_fact else []
    shuffled = [fact.text for fact in facts]
    rng.shuffle(shuffled)
    new = [line.text for line in lines]
    for fact, other in zip(facts, shuffled, strict=True):
        new[fact.number] = other
    return "\n".join(new)


# Those that read the lines of a canonical text come first, those that break them up last.
STRUCTURE: tuple[Mutation, ...] = (section_order, entity_order, block_order, fact_order)
WORDS: tuple[Mutation, ...] = (language, heading_language, modifier_order, optional, accents, case, backticks, dashes)
LAYOUT: tuple[Mutation, ...] = (quotes, spaces, wrapped, heading_case, comments, twice, blank_lines, bullets, line_ends)


def mutate(rng: Random, text: str) -> tuple[str, list[str]]:
    """A text of the same meaning, and the names of the mutations that made it."""
    chosen = [
        *rng.sample(STRUCTURE, rng.choice([0, 0, 1, 2])),
        *rng.choices(WORDS, k=rng.choice([0, 1, 2, 4])),
        *rng.sample(LAYOUT[:1], rng.choice([0, 1])),
        *sorted(rng.sample(LAYOUT[1:], rng.choice([0, 1, 2])), key=LAYOUT.index),
    ]
    for mutation in chosen:
        text = mutation(rng, text)
    return text, [mutation.__name__ for mutation in chosen]
