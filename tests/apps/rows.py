"""Random seeds: values, and links to rows that seeds gave before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.apps.fields import TEXTS, Column

if TYPE_CHECKING:
    from tests.apps.specs import Author, Draft

MOST_ROWS = 3


def seeds(author: Author) -> list[str]:
    """`## Seeds`, of some entities without rules."""
    lines: list[str] = []
    for entity in author.entities:
        if entity is not author.account and not entity.ruled and author.chance(45):
            lines += _table(author, entity)
    return [f"## {author.say('section', 'Seeds')}", "", *lines] if lines else []


def _table(author: Author, entity: Draft) -> list[str]:
    linked = {other.label: other.labels for other in author.entities if other.labels}
    for column in entity.columns:
        if column.type == "belongs to":
            column.samples = linked.get(column.target, ())
    needed = [c for c in entity.columns if c.required and (c.type == "belongs to" or not c.defaulted)]
    if any(not column.samples for column in needed):
        return []
    columns = [c for c in entity.columns if c in needed or (c.samples and author.chance(50))]
    if not columns:
        return []
    count = min(author.one(range(1, MOST_ROWS + 1)), *(len(c.samples) for c in columns if c.unique), MOST_ROWS)
    header = "| " + " | ".join(column.name for column in columns) + " |"
    rows = ["| " + " | ".join(_cell(author, column, index) for column in columns) + " |" for index in range(count)]
    if entity.display in columns and entity.display.type in TEXTS and count <= len(entity.display.samples):
        entity.labels = entity.display.samples[:count]
    return [f"### {entity.label}", "", header, "|" + " --- |" * len(columns), *rows, ""]


def _cell(author: Author, column: Column, index: int) -> str:
    value = column.samples[index % len(column.samples)]
    return author.say("literal", value) if column.type == "boolean" else value
