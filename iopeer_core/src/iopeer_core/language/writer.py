"""Spec → canonical Markdown. `read(write(spec))` gives the same Spec, and `write(read(text))` is a fixed point.

One blank line around every heading, list, table and paragraph: a paragraph right under a bullet would be its
continuation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from iopeer_core.language.facts import Facts, field_label, label
from iopeer_core.model.spec import App, Bullet, Entity, Enum, Index, Label, PluginBlock, Rule, SeedTable, Spec

Placed = TypeVar("Placed", Entity, Enum, Rule, Index, SeedTable, Label)

WIDEST = 40
"""Columns of a table are padded up to this many characters; a longer cell does not widen the others."""


def write(spec: Spec, *, language: str | None = None) -> str:
    """Writes a Spec as Markdown.

    What IOPEER or a plugin added (`added_by`) is left out: it is not the user's.

    Args:
        spec: the spec.
        language: of the keywords, "en" or "es"; by default the one that the spec was written in. Where it is another
            one and the spec names no languages, they are written out, for the plurals follow them.
    """
    language = language or spec.language
    if language != spec.language and not spec.app.languages_given:
        spec = replace(spec, app=replace(spec.app, languages_given=True))
    facts = Facts(users(spec), language)
    return "\n\n".join(_document(facts)) + "\n"


def users(spec: Spec) -> Spec:
    """The Spec without what was added by others than its author."""
    entities = tuple(
        replace(entity, fields=tuple(item for item in entity.fields if not item.added_by))
        for entity in spec.entities
        if not entity.added_by
    )
    return replace(spec, entities=entities, roles=tuple(role for role in spec.roles if not role.added_by))


def in_file(nodes: Iterable[Placed]) -> list[Placed]:
    """Nodes in the order of the file that they were read from; those that are in none come last, as they are."""
    return sorted(nodes, key=lambda node: (not node.span.line, node.span.file, node.span.line))


def app_lines(facts: Facts, app: App) -> list[str]:
    """The bullets of `## App`."""
    lines = [facts.bullet(facts.say("languages"), ", ".join(app.languages))] if app.languages_given else []
    if app.currency:
        lines.append(facts.bullet(facts.say("currency"), app.currency))
    if app.account:
        lines.append(facts.bullet(facts.say("account"), facts.entity_name(app.account)))
    return lines + [facts.bullet(label(extra.name), extra.value) for extra in app.extras]


def bullet(facts: Facts, item: Bullet) -> str:
    """A bullet of a plugin's section or block."""
    return facts.bullet(label(item.label), item.text, item.doc) if item.label else facts.bullet(item.text, "", item.doc)


def table(rows: Sequence[Sequence[str]]) -> str:
    """A GitHub table, its first row the header; `|` in a cell is escaped."""
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    widths = [max(3, *(min(len(cell), WIDEST) for cell in column)) for column in zip(*escaped, strict=True)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in escaped]
    lines.insert(1, "-|-".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" if number != 1 else f"|-{line}-|" for number, line in enumerate(lines))


def seeds(facts: Facts, seed: SeedTable) -> str:
    """The rows of one entity, under its heading."""
    entity = facts.spec.entity(seed.entity)
    header = [field_label(entity, column) if entity else column for column in seed.columns]
    return table([header, *([cell or "" for cell in row] for row in seed.rows)])


def entity_lines(facts: Facts, entity: Entity) -> Iterator[str]:
    """An entity, its fields and its blocks: parts with a blank line between."""
    yield facts.heading(entity)
    yield from _prose(entity.doc)
    yield from _list(map(facts.field, entity.fields))
    blocks = (
        ("Rules", (facts.rule(item, entity) for item in in_file(entity.rules))),
        ("Indexes", (facts.index(item, entity) for item in in_file(entity.indexes))),
        ("Permissions", (facts.permission(item, entity) for item in entity.permissions)),
        ("Options", iter(facts.options(entity))),
    )
    for name, lines in blocks:
        if name == "Permissions" and entity.closed:
            yield f"#### {facts.say(name)}"  # it closes the entity
        yield from _section(facts, name, lines, marks="####")
    for block in entity.blocks:
        yield from _plugin("####", facts, block)


def _document(facts: Facts) -> Iterator[str]:
    spec = facts.spec
    yield f"# {spec.title}"
    yield from _prose(spec.doc)
    yield from _section(facts, "App", app_lines(facts, spec.app))
    yield from _section(facts, "Roles", map(facts.role, spec.roles))
    yield from _section(facts, "Enums", map(facts.enum, in_file(spec.enums)))
    if spec.entities or facts.language != "en":
        yield f"## {facts.say('Entities')}"
    for entity in in_file(spec.entities):
        yield from entity_lines(facts, entity)
    if spec.seeds:
        yield f"## {facts.say('Seeds')}"
    for seed in in_file(spec.seeds):
        yield f"### {facts.entity_name(seed.entity)}"
        yield seeds(facts, seed)
    if spec.labels:
        yield f"## {facts.say('Labels')}"
    labels = facts.labels(in_file(spec.labels))
    for language in dict.fromkeys(item.language for item, _ in labels):
        yield f"### {language}"
        yield from _list(line for item, line in labels if item.language == language)
    for section in spec.sections:
        yield from _plugin("##", facts, section)
    if spec.notes:
        yield f"## {facts.say('Notes')}"
        yield spec.notes.strip("\n")


def _section(facts: Facts, name: str, lines: Iterable[str], marks: str = "##") -> Iterator[str]:
    """A heading and its bullets; nothing where there are none."""
    found = list(lines)
    if found:
        yield f"{marks} {facts.say(name)}"
        yield from _list(found)


def _plugin(marks: str, facts: Facts, block: PluginBlock) -> Iterator[str]:
    yield f"{marks} {block.name}"
    yield from _prose(block.doc)
    yield from _list(bullet(facts, item) for item in block.bullets)


def _list(lines: Iterable[str]) -> Iterator[str]:
    """Bullets right under each other; those with paragraphs of their own apart, as Markdown asks for."""
    found = list(lines)
    if found:
        yield ("\n\n" if any("\n\n" in line for line in found) else "\n").join(found)


def _prose(text: str) -> Iterator[str]:
    if text:
        yield text.strip("\n")
