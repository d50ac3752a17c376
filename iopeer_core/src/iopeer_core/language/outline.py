"""Which fact stands where: the headings of a file and what is under each, before anything is understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from iopeer_core.language.context import Context
from iopeer_core.language.elsewhere import meant
from iopeer_core.language.lexer import HIDDEN, shade, split
from iopeer_core.language.markdown import Document, Fact, Heading, Misplaced, Prose, Skipped, Table
from iopeer_core.language.suggest import keyword
from iopeer_core.language.text import Text
from iopeer_core.language.vocabulary import Kind, Word
from iopeer_core.model.spec import Span


@dataclass(slots=True)
class Part:
    """What stands under one heading: a section, an entity, a block, the seeds of an entity."""

    heading: Text
    word: Word | None = None
    facts: list[Fact] = field(default_factory=list)
    docs: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    prose: list[Prose] = field(default_factory=list)  # what is left out on purpose included


@dataclass(slots=True)
class EntityPart(Part):
    """An entity: its fields are the facts, its blocks by name; those of one name add up."""

    name: Text | None = None
    notes: list[Text] = field(default_factory=list)
    blocks: dict[str, Part] = field(default_factory=dict)


@dataclass(slots=True)
class Outline:
    """All files of one spec; sections of one name add up."""

    title: Text | None = None
    docs: list[str] = field(default_factory=list)
    sections: dict[str, Part] = field(default_factory=dict)
    entities: list[EntityPart] = field(default_factory=list)
    seeds: list[Part] = field(default_factory=list)
    labels: list[Part] = field(default_factory=list)  # per language
    notes: list[str] = field(default_factory=list)
    prose: list[Prose] = field(default_factory=list)  # before the first section
    headings: dict[str, str] = field(default_factory=dict)  # section → the language of its first heading

    def facts(self, section: str) -> list[Fact]:
        """The facts right under a section's heading."""
        part = self.sections.get(section)
        return part.facts if part else []


TABLES = "Seeds"
LABELS = "Labels"
FREE = "Notes"
PARENT = "Entities"


class Walk:
    """One pass over the nodes of a file, into an outline."""

    def __init__(self, document: Document, outline: Outline, context: Context, *, main: bool) -> None:
        self.document, self.outline, self.context, self.main = document, outline, context, main
        self.section: Part | None = None
        self.part: Part | None = None  # where facts go
        self.muted = 0  # the level of the unknown heading that we are under
        self.notes_from: int | None = None

    def run(self) -> None:
        """Walk to the end."""
        for node in self.document.nodes():
            if self.context.problems.full:
                return
            if isinstance(node, Heading):
                self._heading(node)
            elif isinstance(node, Misplaced):
                if node.code in _SWALLOWS or not (self.muted or self._is_free):
                    self.context.problems.add(node.code, node.span, node.suggestion)
            elif not self.muted and not self._is_free:
                self._content(node)
        self._end_notes(len(self.document.lines))

    @property
    def _is_free(self) -> bool:
        return self.notes_from is not None

    def _heading(self, node: Heading) -> None:
        if self._is_free and node.level > 2:
            return
        if self.muted and node.level > self.muted:
            return
        self.muted = 0
        self._comments(node.text)
        self._end_notes(node.line - 1)
        if node.level > 4:
            self._misplaced(node)
        else:
            handlers: dict[int, Callable[[Heading], None]] = {
                1: self._title, 2: self._start_section, 3: self._start_entity, 4: self._start_block,
            }  # fmt: skip
            handlers[node.level](node)

    def _meant(self, heading: str, kind: Kind) -> str | None:
        """The heading that was meant, in the language of those before it."""
        language = next(iter(self.outline.headings.values()), "en")
        return meant(heading, self.context.words, language, kind) or keyword(heading, self.context.words, kind)

    def _comments(self, text: Text) -> None:
        """Those that are closed are blank by now."""
        at = shade(text.value, self.context.words).find("<!--")
        if at >= 0:
            self.context.problems.add("E024", text.cut(at))

    def _misplaced(self, node: Heading) -> None:
        self.context.problems.add("E014", node.text, heading=node.text.raw)
        self.muted = node.level

    def _title(self, node: Heading) -> None:
        if self.outline.title or not self.main:
            self.context.problems.add("E011", node.text, title=node.text.raw)
        elif not node.text:
            self.context.problems.add("E010", node.text)
        else:
            self.outline.title = node.text
        self.section = self.part = None

    def _start_section(self, node: Heading) -> None:
        words = self.context.words
        found = words.exact(node.text.value, "section")
        if found is None:
            heading = node.text.value
            self.context.problems.add("E012", node.text, lambda: self._meant(heading, "section"), section=node.text.raw)
            self.muted, self.section, self.part = 2, None, None
            return
        name = found.word.name
        self.outline.headings.setdefault(name, found.language)
        self.section = self.part = self.outline.sections.setdefault(name, Part(node.text, found.word))
        self.notes_from = node.line if name == FREE else None

    def _start_entity(self, node: Heading) -> None:
        name = self.section.word.name if self.section and self.section.word else ""
        if name == PARENT:
            entity = EntityPart(node.text, name=node.text)
            entity.name, entity.notes = entity_heading(node.text, self.context)
            self.outline.entities.append(entity)
            self.part = entity
        elif name == TABLES:
            self.part = Part(node.text)
            self.outline.seeds.append(self.part)
        elif name == LABELS and self.section:
            self.part = Part(node.text, self.section.word)
            self.outline.labels.append(self.part)
        else:
            self._misplaced(node)

    def _start_block(self, node: Heading) -> None:
        if not (self.section and self.section.word and self.section.word.name == PARENT and self.outline.entities):
            self._misplaced(node)
            return
        words = self.context.words
        found = words.exact(node.text.value, "block")
        if found is None:
            heading = node.text.value
            self.context.problems.add("E013", node.text, lambda: self._meant(heading, "block"), block=node.text.raw)
            self.muted = 4
            return
        self.part = self.outline.entities[-1].blocks.setdefault(found.word.name, Part(node.text, found.word))

    def _content(self, node: Fact | Table | Prose) -> None:
        """A fact, a table or prose under the present heading."""
        part = self.part
        if isinstance(node, Fact):
            self._comments(node.text)
        if isinstance(node, Prose):
            self._prose(node)
        elif isinstance(node, Table):
            if part is not None and part in self.outline.seeds:
                part.tables.append(node)
            else:
                self.context.problems.add("E016", node.span)
        elif node.text.value.startswith("?"):
            self.context.problems.add("E027", node.text, question=node.text.cut(1).raw)
        elif part is None or part in self.outline.seeds or self._holds_none(part):
            self.context.problems.add("E015", node.text, text=node.text.raw)
        else:
            part.facts.append(node)

    def _holds_none(self, part: Part) -> bool:
        """Whether facts stand under the headings of a section alone."""
        return part is self.section and part.word is not None and part.word.name in {PARENT, TABLES, LABELS}

    def _prose(self, node: Prose) -> None:
        """Documentation belongs to the entity or plugin's part that it stands in, else to the app."""
        part = self.part
        (part.prose if part else self.outline.prose).append(node)
        if isinstance(node, Skipped):
            return
        if isinstance(part, EntityPart) or (part and part.word and part.word.plugin):
            part.docs.append(node.text)
        elif part and part.word and part.word.kind == "block":
            self.outline.entities[-1].docs.append(node.text)
        else:
            self.outline.docs.append(node.text)

    def _end_notes(self, line: int) -> None:
        if self.notes_from is not None:
            text = self.document.source(self.notes_from, line)
            if text:
                self.outline.notes.append(text)
            self._headings_in_notes(self.notes_from, line)
        self.notes_from = None

    def _headings_in_notes(self, first: int, end: int) -> None:
        """Notes are free, but a section whose heading lacks its space would vanish in them."""
        for number, line in enumerate(self.document.lines[first:end], start=first + 1):
            found = NO_SPACE.fullmatch(line)
            if found and self.context.words.exact(found[2], "section"):
                span = Span(file=self.document.file, line=number, column=1, end_column=len(line) + 1)
                self.context.problems.add("E020", span, f"{found[1]} {found[2]}", text=line.strip())


NO_SPACE = re.compile(r"\s*\\?([#＃]{1,6})\s*([^\s#＃].*?)\s*#*\s*")
"""What is meant as a heading, and is a paragraph."""
_SWALLOWS = frozenset({"E023", "E024"})  # what is not closed hides the rest of the file, wherever it stands


def entity_heading(text: Text, context: Context) -> tuple[Text, list[Text]]:
    """`Name (was Old, plural Names)` → the name and the notes."""
    shaded = shade(text.value, context.words)
    opened = shaded.find(HIDDEN)
    if opened <= 0 or not text.value.endswith(")") or text.value[opened] != "(":
        return text, []
    return text.cut(0, opened), split(text.cut(opened + 1, -1), ",", context.words)
