"""What only the whole spec shows: names that meet, inverses, links of `through`, rows that nobody could ever make.

A name is everything that it becomes: wire names and keys, inverses, paths, tables and columns (contract.md, Names).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from iopeer_core.language.defaults import check_defaults
from iopeer_core.language.field_types import UNKNOWN
from iopeer_core.language.problems import Problems
from iopeer_core.model.keys import key_field, keyed
from iopeer_core.model.relations import Relation, relations_of
from iopeer_core.model.spec import Entity, Field, PrimaryKeyRule, Span, Spec

RESERVED_FIELDS = frozenset({"created_at", "updated_at"})
RESERVED_PATHS = frozenset({"auth"})
Say = Callable[[str], str]
"""A keyword in the spec's language."""


def check_consistency(spec: Spec, problems: Problems, say: Say, *, account: str | None = None) -> None:
    """Report what does not fit together."""
    _check_paths(spec, problems)
    whole = _Whole(spec, account, problems, say)
    for entity in spec.entities:
        if problems.full:
            return
        whole.check_names(entity)
        whole.check_columns(entity)
        whole.check_inverses(entity)
        whole.check_throughs(entity)
        _check_keys(entity, problems, say)
        check_defaults(entity, problems)
        _check_was(entity, problems)
    whole.check_first_rows()


@dataclass(slots=True)
class _Claims:
    """Who has which name; the second one to claim it is the problem."""

    problems: Problems
    code: str
    where: str
    taken: dict[str, tuple[str, Span]] = field(default_factory=dict)

    def claim(self, name: str, what: str, span: Span, suggestion: str | None = None) -> None:
        """Take `name` for `what`, which stands at `span`."""
        if name not in self.taken:
            self.taken[name] = (what, span)
            return
        other, first = self.taken[name]
        line = f"line {first.line}" if first.line else None
        self.problems.add(self.code, span, suggestion or line, name=name, what=what, other=other, where=self.where)


def _check_paths(spec: Spec, problems: Problems) -> None:
    """Entities, enums, paths and tables."""
    names = _Claims(problems, "E110", spec.title)
    paths = _Claims(problems, "E111", spec.title)
    tables = _Claims(problems, "E116", spec.title)
    old = {entity.name for entity in spec.entities}
    for enum in spec.enums:
        names.claim(enum.name, enum.names.label, enum.span)
    for entity in spec.entities:
        names.claim(entity.name, entity.names.label, entity.span)
        paths.claim(entity.names.plural, entity.names.label, entity.span)
        if not entity.table:
            tables.taken.setdefault(entity.names.plural, (entity.names.label, entity.span))
        if entity.names.plural in RESERVED_PATHS:
            problems.add("E117", entity.span, name=entity.names.plural)
        if entity.was in old:
            problems.add("E098", entity.span, name=entity.was)
        old.add(entity.was or entity.name)
    for entity in spec.entities:
        if entity.table:
            tables.claim(entity.table.lower(), entity.names.label, entity.span)


class _Whole:
    """The entities and the links between them."""

    def __init__(self, spec: Spec, account: str | None, problems: Problems, say: Say) -> None:
        self.account, self.has_roles = account, bool(spec.roles)
        self.problems, self.say = problems, say
        self.entities = {entity.name: entity for entity in spec.entities}
        self.fields = {(entity.name, item.name): item for entity in spec.entities for item in entity.fields}
        self.outgoing: dict[tuple[str, str], Relation] = {}
        self.incoming: dict[str, list[Relation]] = {}
        self.between: dict[tuple[str, str], list[Relation]] = {}
        for relation in relations_of(spec):
            self.outgoing[relation.source, relation.field] = relation
            for target in relation.targets:
                self.incoming.setdefault(target, []).append(relation)
                self.between.setdefault((relation.source, target), []).append(relation)

    def keys(self, entity: Entity, item: Field) -> tuple[str, ...]:
        """The wire names under which a field is written."""
        relation = self.outgoing.get((entity.name, item.name))
        return relation.keys if relation else (item.name,)

    def check_names(self, entity: Entity) -> None:
        """The wire names of an entity: its fields, their keys, and the inverses of links to it."""
        names = _Claims(self.problems, "E110", entity.names.label)
        reserved = RESERVED_FIELDS | ({"deleted_at"} if entity.soft_delete else set())
        for item in entity.fields:
            if item.name in reserved or (item.name == "id" and not item.primary_key):
                suggestion = f"{item.names.label}: integer, {self.say('primary key')}" if item.name == "id" else None
                self.problems.add("E018", item.span, suggestion, name=item.name)
            for name in dict.fromkeys((item.name, *self.keys(entity, item))):
                names.claim(name, item.names.label, item.span)
        for relation in self.incoming.get(entity.name, []):
            inverse = relation.inverse_of(entity.name)
            here = self.fields.get((entity.name, inverse.singular))
            if here and _named_target(here) == relation.source:
                continue  # a has many/has one is the name of this very link's other side
            link = self.fields[relation.source, relation.field]
            suggestion = f"{self.say('inverse')} {link.names.label} {inverse.label}"
            what = f"{self.entities[relation.source].names.label}.{link.names.label}"
            if inverse.singular in reserved | {"id"}:
                self.problems.add("E018", link.span, name=inverse.singular)
            names.claim(inverse.singular, what, link.span, suggestion)

    def columns_of_its_own(self, entity: Entity) -> tuple[str, ...]:
        """What a table has beside the columns of the fields: a key where none is declared, moments, what signs in."""
        key = () if key_field(entity) else ("id",)
        kept: tuple[str, ...] = ()
        if entity.name == self.account:
            kept = ("password_hash", "role") if self.has_roles and not entity.field("role") else ("password_hash",)
        return (*key, *sorted(RESERVED_FIELDS), *(("deleted_at",) if entity.soft_delete else ()), *kept)

    def check_columns(self, entity: Entity) -> None:
        """The database's names of an entity's columns."""
        columns = _Claims(self.problems, "E116", entity.names.label)
        stored = [item for item in entity.fields if item.type.kind not in {"has many", "has one", "many to many"}]
        for name in self.columns_of_its_own(entity):
            columns.taken.setdefault(name, ("IOPEER", Span()))
        for item in stored:
            for name in () if item.column else self.keys(entity, item):
                columns.taken.setdefault(name, (item.names.label, item.span))  # those that meet have been told
        for item in stored:
            if item.column:
                columns.claim(item.column.lower(), item.names.label, item.span)

    def check_inverses(self, entity: Entity) -> None:
        """A has many/has one names the other side of exactly one link, a has one that of a unique one."""
        for item in entity.fields:
            target = self.entities.get(_named_target(item))
            if target is None or any(other.type is UNKNOWN for other in target.fields):
                continue
            links = self.between.get((target.name, entity.name), [])
            meant = [relation for relation in links if relation.inverse_of(entity.name).singular == item.name]
            if len(meant) != 1:
                unique = f", {self.say('unique')}" if item.type.kind == "has one" else ""
                none = f"- {entity.names.label}: {self.say('belongs to')} {entity.names.label}{unique}"
                several = f"- {links[0].field}: …, {self.say('inverse')} {item.names.label}" if links else ""
                there = f"{self.say('in')} {target.names.label}: {several or none}"
                values = {"name": item.names.label, "target": target.names.label, "entity": entity.names.label}
                self.problems.add("E112", item.span, there, count=len(links), **values)
            elif meant[0].inverse_many != (item.type.kind == "has many"):
                wanted = self.say("has many" if meant[0].inverse_many else "has one")
                suggestion = f"{item.names.label}: {wanted} {target.names.label}"
                self.problems.add("E113", item.span, suggestion, name=item.names.label, link=meant[0].field)

    def check_throughs(self, entity: Entity) -> None:
        """The entity between two others holds one link to each side."""
        for item in entity.fields:
            through = self.entities.get((item.type.through or "") if item.type.kind == "many to many" else "")
            if through is None or any(other.type is UNKNOWN for other in through.fields):
                continue
            sides = (entity.name, *self.outgoing[entity.name, item.name].targets)
            links = [other.type.targets for other in through.fields if other.type.kind == "belongs to"]
            if any(links.count((side,)) != sides.count(side) for side in sides):
                self.problems.add("E114", item.span, through=through.names.label, name=item.names.label)

    def check_first_rows(self) -> None:
        """Links that every row must have and that lead back to it: no first row could be made."""
        done: set[str] = set()
        for start in self.entities:
            path = [(start, self._needs(start))]
            on_path = {start}
            while path:
                name, needs = path[-1]
                target, item = next(needs, ("", None))
                if item is None:
                    done.add(name)
                    on_path.discard(name)
                    path.pop()
                elif target in on_path:
                    self.problems.add("E115", item.span, name=item.names.label)
                elif target not in done:
                    on_path.add(target)
                    path.append((target, self._needs(target)))

    def _needs(self, name: str) -> Iterator[tuple[str, Field]]:
        """The entities that a row of this one cannot be without."""
        entity = self.entities.get(name)
        for item in keyed(entity).fields if entity else ():
            if item.type.kind == "belongs to" and item.required and len(item.type.targets) == 1:
                yield item.type.targets[0], item


def _named_target(item: Field) -> str:
    """The entity whose link a has many/has one names the other side of."""
    return item.type.target if item.type.kind in {"has many", "has one"} else ""


def _check_keys(entity: Entity, problems: Problems, say: Say) -> None:
    """One primary key, of one field or of a rule."""
    fields = [item for item in entity.fields if item.primary_key]
    rules = [rule for rule in entity.rules if isinstance(rule, PrimaryKeyRule)]
    spans = [*(item.span for item in fields), *(rule.span for rule in rules)]
    if len(spans) > 1:
        labels = " + ".join(item.names.label for item in fields)
        suggestion = f"{say('primary key')}: {labels}" if len(fields) > 1 else None
        problems.add("E097", spans[1], suggestion, entity=entity.names.label)
    for rule in rules if key_field(entity) is None else ():
        problems.add("W209", rule.span, entity=entity.names.label)


def _check_was(entity: Entity, problems: Problems) -> None:
    """What a field was called is nobody's name now."""
    old = {item.name for item in entity.fields}
    for item in entity.fields:
        if item.was in old:
            problems.add("E098", item.span, name=item.was)
        old.add(item.was or item.name)
