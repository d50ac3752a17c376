"""Changes a spec's text and touches only the lines concerned: comments, order, prose and line ends stay.

The change is applied to the Spec; then every fact whose canonical line differs before and after is written anew at its
place. So what is read from the new text is the changed Spec, by construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iopeer_core.errors import SpecError
from iopeer_core.language.changes import Change, ReplaceSpan, apply
from iopeer_core.language.facts import Facts, field_label
from iopeer_core.language.lines import Lines, Node
from iopeer_core.language.reader import ReadResult, read
from iopeer_core.language.text import fold
from iopeer_core.language.vocabulary import CORE, Grammar, Kind, lexicon
from iopeer_core.language.writer import app_lines, entity_lines
from iopeer_core.model.names import identifier
from iopeer_core.model.spec import NOWHERE, Entity, SeedTable, Span, Spec

SECTIONS = ("App", "Roles", "Enums", "Entities", "Seeds", "Labels")
Line = tuple[Span, str]
"""A fact: where it stands and how it is written."""


def edit(text: str, change: Change, *, spec: Spec | None = None, grammar: Grammar = CORE) -> str:
    """Applies one change to a spec's text.

    Args:
        text: the spec, in one file.
        change: what to change.
        spec: what `text` is read into, where it is known already (with the files that it includes).
        grammar: the words of plugins, where `spec` is not given.

    Raises:
        SpecError: the text has errors, the change does not fit it (see `changes.apply`), or it would make a spec with
            errors.
    """
    if isinstance(change, ReplaceSpan):
        return replace_span(text, change)
    old = spec or _read(text, grammar)
    new = apply(old, change)
    edited = sync(text, old, new)
    if spec is None:
        _check(read(edited, grammar=grammar), new)
    return edited


def sync(text: str, old: Spec, new: Spec) -> str:
    """Writes what differs between two Specs into the text that the first was read from.

    Titles, prose, notes and the sections and blocks of plugins are not looked at.
    """
    return _Sync(Lines(text), Facts(old, old.language), Facts(new, old.language)).result()


def replace_span(text: str, change: ReplaceSpan) -> str:
    """The text with other words at a place; a place outside of it changes nothing."""
    lines, number = Lines.split(text), change.span.line - 1
    if not 0 <= number < len(lines):
        return text
    line = lines[number]
    lines[number] = line[: change.span.column - 1] + change.text + line[change.span.end_column - 1 :]
    return "".join(lines)


def _read(text: str, grammar: Grammar) -> Spec:
    result = read(text, grammar=grammar)
    if result.spec is None:
        first = result.errors[0]
        how = "mend it first: `iopeer check --fix`"
        raise SpecError("a spec with errors is not edited", where=f"line {first.line}: {first.message}", how=how)
    return result.spec


def _check(result: ReadResult, expected: Spec) -> None:
    """Nothing is written that would not be read as what was asked for."""
    if result.errors:
        first = result.errors[0]
        raise SpecError(f"this change would make a spec with errors: {first.message}", where=f"line {first.line}")
    if result.spec != expected:
        raise SpecError("this change has no spelling in a spec", how="look for signs such as quotes in its names")


@dataclass(frozen=True, slots=True)
class _Home:
    """Where facts of a kind live: under headings of this name and level, among the nodes of a region."""

    name: str
    level: int
    nodes: Sequence[Node]


@dataclass(slots=True)
class _Sync:
    lines: Lines
    before: Facts
    after: Facts

    def result(self) -> str:
        """The text with everything that differs."""
        old, new, whole = self.before.spec, self.after.spec, self.lines.nodes
        self._keyed(_Home("App", 2, whole), "app key", app_lines(self.before, old.app), app_lines(self.after, new.app))
        self._bullets(
            _Home("Roles", 2, whole),
            [(role.span, self.before.role(role)) for role in old.roles],
            [(role.span, self.after.role(role)) for role in new.roles],
        )
        self._bullets(
            _Home("Enums", 2, whole),
            [(enum.span, self.before.enum(enum)) for enum in old.enums],
            [(enum.span, self.after.enum(enum)) for enum in new.enums],
        )
        self._entities(old.entities, new.entities)
        self._seeds(old.seeds, new.seeds)
        self._bullets(
            _Home("Labels", 2, whole),
            [(item.span, line) for item, line in self.before.labels(old.labels)],
            [(item.span, line) for item, line in self.after.labels(new.labels)],
        )
        return self.lines.result()

    def _entities(self, old: Sequence[Entity], new: Sequence[Entity]) -> None:
        kept = {entity.span: entity for entity in new if entity.span.line}
        for entity in old:
            region = self.lines.region(self._index(entity.span))
            if entity.span in kept:
                self._entity(region, entity, kept[entity.span])
            else:
                self._remove(region[0].start, region[-1].end)
        added = [entity for entity in new if not entity.span.line]
        if added:
            text = "\n\n".join(part for entity in added for part in entity_lines(self.after, entity))
            last = max((self._index(entity.span) for entity in old), default=None)
            if last is None:
                self._open(_Home("Entities", 2, self.lines.nodes), text)
            else:
                self._paragraph(self.lines.region(last)[-1].end, text)

    def _entity(self, region: Sequence[Node], old: Entity, new: Entity) -> None:
        """What differs within an entity that stays."""
        if self.before.heading(old) != self.after.heading(new):
            self.lines.replace(region[0].start, region[0].fact, self.after.heading(new))
        self._bullets(
            _Home(self.lines.title(region[0]), 3, region),
            [(item.span, self.before.field(item)) for item in old.fields],
            [(item.span, self.after.field(item)) for item in new.fields],
        )
        self._permissions(_Home("Permissions", 4, region), old, new)
        self._bullets(
            _Home("Rules", 4, region),
            [(rule.span, self.before.rule(rule, old)) for rule in old.rules],
            [(rule.span, self.after.rule(rule, new)) for rule in new.rules],
        )
        self._bullets(
            _Home("Indexes", 4, region),
            [(index.span, self.before.index(index, old)) for index in old.indexes],
            [(index.span, self.after.index(index, new)) for index in new.indexes],
        )
        self._keyed(_Home("Options", 4, region), "option", self.before.options(old), self.after.options(new))

    def _permissions(self, home: _Home, old: Entity, new: Entity) -> None:
        """One line per role; where a role has several, they become one when they change."""
        before = [(line.span, self.before.permission(line, old)) for line in old.permissions]
        after = [(line.span, self.after.permission(line, new)) for line in new.permissions]
        self._bullets(home, before, after)
        for line, fact in zip(old.permissions, before, strict=True):
            first = self._index(line.span)
            others = {self._index(grant.span) for grant in line.grants} - {first}
            for index in sorted(others) if fact not in after else []:
                self.lines.remove(self.lines.nodes[index].start, self.lines.nodes[index].end)

    def _seeds(self, old: Sequence[SeedTable], new: Sequence[SeedTable]) -> None:
        """Names of entities and columns; a table of an entity that is gone goes too. Rows stay as they stand."""
        kept = {seed.span: seed for seed in new}
        for seed in old:
            changed = kept.get(seed.span)
            headings = [
                node for node in self._level(_Home("Seeds", 2, self.lines.nodes)) if self._names(node, seed.entity)
            ]
            for heading in headings:
                region = self.lines.region(self.lines.nodes.index(heading))
                if changed is None:
                    self._remove(region[0].start, region[-1].end)
                    continue
                name = self.after.entity_name(changed.entity)
                if self.before.entity_name(seed.entity) != name:
                    self.lines.replace(heading.start, heading.fact, f"### {name}")
                columns = dict(zip(self._columns(self.before, seed), self._columns(self.after, changed), strict=True))
                for table in (node for node in region if node.kind == "table"):
                    self._header(table, {identifier(old): new for old, new in columns.items() if old != new})

    def _header(self, table: Node, columns: dict[str, str]) -> None:
        """The first row of a table with other names of columns."""
        line = self.lines.lines[table.start].rstrip("\r\n")
        cells = re.split(r"(\s*(?<!\\)\|\s*)", line)
        renamed = "".join(columns.get(identifier(cell), cell) if cell.strip(" |") else cell for cell in cells)
        if renamed != line:
            self.lines.replace(table.start, table.start + 1, renamed)

    def _columns(self, facts: Facts, seed: SeedTable) -> list[str]:
        entity = facts.spec.entity(seed.entity)
        return [field_label(entity, name) if entity else name for name in seed.columns]

    def _names(self, heading: Node, entity: str) -> bool:
        found = self.before.spec.entity(entity)
        names = {found.names.singular, found.names.plural} if found else {entity}
        return identifier(self.lines.title(heading).strip("`")) in names

    def _level(self, home: _Home) -> list[Node]:
        """The headings of the next level under the headings of a home."""
        found, inside = [], False
        for node in home.nodes:
            if node.kind == "heading" and node.level <= home.level:
                inside = self._is(node, home)
            elif inside and node.kind == "heading" and node.level == home.level + 1:
                found.append(node)
        return found

    def _keyed(self, home: _Home, kind: Kind, old: Iterable[str], new: Iterable[str]) -> None:
        """Facts that a key names: they are found by it, in either language."""
        items = [node for node in self._under(home) if node.kind == "item"]

        def place(line: str) -> Line:
            key = _key(line[2:].partition(":")[0], kind)
            node = next((node for node in items if _key(self.lines.title(node), kind) == key), None)
            return (Span(line=node.start + 1) if node else NOWHERE), line

        self._bullets(home, [place(line) for line in old], [place(line) for line in new])

    def _bullets(self, home: _Home, old: Sequence[Line], new: Sequence[Line]) -> None:
        """Facts one by one: gone, written anew, added after the last."""
        known, kept = dict(old), {span for span, _ in new}
        for span in known:
            if span not in kept:
                node = self.lines.nodes[self._index(span)]
                self.lines.remove(node.start, node.end)
        added = []
        for span, text in new:
            if span not in known or not span.line:
                added.append(text)
            elif text != known[span]:
                self._rewrite(self.lines.nodes[self._index(span)], known[span], text)
        if added and old:
            node = self.lines.nodes[max(self._index(span) for span, _ in old)]
            mark = self.lines.mark(node)
            self.lines.insert(node.end, "\n".join(_marked(text, mark) for text in added))
        elif added:
            self._open(home, "\n".join(added))

    def _rewrite(self, node: Node, before: str, after: str) -> None:
        """A fact in other words; its later paragraphs stay as they stand unless they differ."""
        mark = self.lines.mark(node)
        first, _, rest = after.partition("\n")
        if rest == before.partition("\n")[2]:
            self.lines.replace(node.start, node.fact, _marked(first, mark))
        else:
            self.lines.replace(node.start, node.end, _marked(after, mark))

    def _open(self, home: _Home, text: str) -> None:
        """The first fact of its kind: under the heading where there is one, else with a heading."""
        for number, node in enumerate(home.nodes):
            if self._is(node, home):
                after = [node, *home.nodes[number + 1 :]]
                stop = next((i for i, other in enumerate(after) if i and other.kind != "prose"), len(after))
                self._paragraph(after[stop - 1].end, text)
                return
        text = f"{'#' * home.level} {self.after.say(home.name)}\n\n{text}"
        later = SECTIONS[SECTIONS.index(home.name) + 1 :] if home.level == 2 else ()
        following = (node for node in home.nodes if any(self._is(node, _Home(name, 2, home.nodes)) for name in later))
        before = next(following, None)
        if before:
            self.lines.insert(before.start, text + "\n")
        else:
            self._paragraph(home.nodes[-1].end if home.level > 2 else len(self.lines.lines), text)

    def _paragraph(self, at: int, text: str) -> None:
        """Text with a blank line before and after it."""
        lines = self.lines.lines
        before = "\n" if at and lines[at - 1].strip() else ""
        after = "\n" if at < len(lines) and lines[at].strip() else ""
        self.lines.insert(at, before + text + after)

    def _remove(self, start: int, end: int) -> None:
        """Lines and the blank ones after them."""
        lines = self.lines.lines
        while end < len(lines) and not lines[end].strip():
            end += 1
        self.lines.remove(start, end)

    def _under(self, home: _Home) -> list[Node]:
        """The nodes under the headings of a home."""
        found, inside = [], False
        for node in home.nodes:
            if node.kind == "heading":
                inside = self._is(node, home)
            elif inside:
                found.append(node)
        return found

    def _is(self, node: Node, home: _Home) -> bool:
        if node.kind != "heading" or node.level != home.level:
            return False
        kind: Kind = "section" if home.level == 2 else "block"
        return _key(self.lines.title(node), kind) == _key(home.name, kind)

    def _index(self, span: Span) -> int:
        found = self.lines.at(span.line)
        if found is None:
            raise SpecError("what is to be changed stands in another file", where=f"{span.file}:{span.line}")
        return found


def _key(title: str, kind: Kind) -> str:
    """The name of a keyword in either language; any other word as it is compared."""
    found = lexicon().exact(title.strip("`"), kind)
    return found.word.name if found else fold(title.strip("`"))


def _marked(text: str, mark: str) -> str:
    """A fact with the bullet of its neighbours."""
    first, *others = text.split("\n")
    indent = " " * len(mark)
    return "\n".join([mark + first[2:], *(indent + line.strip() if line.strip() else "" for line in others)])
