"""What only the whole spec shows: names that meet, inverses, links of `through`, rows that nobody could ever make.

A name is everything that it becomes: wire names and keys, inverses, paths, tables and columns (contract.md, Names).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from iopeer_core.blueprint.relations import Relation, relations_of
from iopeer_core.spec.field_types import UNKNOWN
from iopeer_core.spec.model import Entity, Field, PrimaryKeyRule, Span, Spec
from iopeer_core.spec.names import Names
from iopeer_core.spec.problems import Problems

RESERVED_FIELDS = ("created_at", "updated_at")
RESERVED_PATHS = frozenset({"auth"})
Say = Callable[[str], str]
"""A keyword in the spec's language."""


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


def check_consistency(spec: Spec, problems: Problems, say: Say) -> None:
    """Report what does not fit together."""
    relations = relations_of(spec)
    _check_paths(spec, problems)
    incoming: dict[str, list[Relation]] = {}
    outgoing: dict[str, dict[str, Relation]] = {}
    for relation in relations:
        outgoing.setdefault(relation.source, {})[relation.field] = relation
        for target in relation.targets:
            incoming.setdefault(target, []).append(relation)
    for entity in spec.entities:
        links = outgoing.get(entity.name, {})
        _check_names(spec, entity, links, incoming.get(entity.name, []), problems, say)
        _check_columns(entity, links, problems)
        _check_keys(entity, problems, say)
        _check_was(entity, problems)
        for item in entity.fields:
            if item.type.kind in {"has many", "has one"}:
                _check_has(spec, entity, item, incoming.get(entity.name, []), problems, say)
            elif item.type.kind == "many to many" and item.type.through:
                _check_through(spec, item, links[item.name], problems)
    _check_first_rows(spec, problems)


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
        tables.claim((entity.table or entity.names.plural).lower(), entity.names.label, entity.span)
        if entity.names.plural in RESERVED_PATHS:
            problems.add("E117", entity.span, name=entity.names.plural)
        if entity.was in old:
            problems.add("E098", entity.span, name=entity.was)


def _check_names(
    spec: Spec, entity: Entity, links: dict[str, Relation], incoming: list[Relation], problems: Problems, say: Say
) -> None:
    """The wire names of an entity: its fields, their keys, and the inverses of links to it."""
    names = _Claims(problems, "E110", entity.names.label)
    for item in entity.fields:
        if item.name in RESERVED_FIELDS or (item.name == "id" and not item.primary_key):
            suggestion = f"{item.names.label}: integer, {say('primary key')}" if item.name == "id" else None
            problems.add("E018", item.span, suggestion, name=item.name)
        for name in dict.fromkeys((item.name, *(links[item.name].keys if item.name in links else ()))):
            names.claim(name, item.names.label, item.span)
    named = {item.name for item in entity.fields if item.type.kind in {"has many", "has one"}}
    for relation in incoming:
        source = spec.entity(relation.source)
        link = source.field(relation.field) if source else None
        inverse = relation.inverse_of(entity.name)
        if source is None or link is None or (inverse.singular in named and _names_it(entity, inverse, relation)):
            continue
        suggestion = f"{say('inverse')} {link.names.label} {inverse.label}"
        names.claim(inverse.singular, f"{source.names.label}.{link.names.label}", link.span, suggestion)


def _names_it(entity: Entity, inverse: Names, relation: Relation) -> bool:
    """Whether a has many/has one of the entity is the name of this very link's inverse."""
    item = entity.field(inverse.singular)
    return item is not None and item.type.kind in {"has many", "has one"} and _target(item) == relation.source


def _target(item: Field) -> str:
    return item.type.target if item.type.kind in {"has many", "has one", "many to many"} else ""


def _check_columns(entity: Entity, links: dict[str, Relation], problems: Problems) -> None:
    """The database's names of an entity's columns."""
    columns = _Claims(problems, "E116", entity.names.label)
    for item in entity.fields:
        if item.type.kind in {"has many", "has one", "many to many"} or item.type is UNKNOWN:
            continue
        keys = links[item.name].keys if item.name in links else (item.name,)
        for name in (item.column,) if item.column else keys:
            columns.claim(name.lower(), item.names.label, item.span)


def _check_keys(entity: Entity, problems: Problems, say: Say) -> None:
    """One primary key, of one field or of a rule."""
    fields = [item for item in entity.fields if item.primary_key]
    rules = [rule for rule in entity.rules if isinstance(rule, PrimaryKeyRule)]
    spans = [*(item.span for item in fields), *(rule.span for rule in rules)]
    if len(spans) > 1:
        labels = " + ".join(item.names.label for item in fields)
        problems.add(
            "E097", spans[1], f"{say('primary key')}: {labels}" if len(fields) > 1 else None, entity=entity.names.label
        )


def _check_was(entity: Entity, problems: Problems) -> None:
    """What a field was called is nobody's name now."""
    old: set[str] = {item.name for item in entity.fields}
    for item in entity.fields:
        if item.was in old:
            problems.add("E098", item.span, name=item.was)
        old.add(item.was or item.name)


def _check_has(spec: Spec, entity: Entity, item: Field, incoming: list[Relation], problems: Problems, say: Say) -> None:
    """A has many/has one names the inverse of exactly one link, a has one that of a unique one."""
    target = spec.entity(_target(item))
    links = [relation for relation in incoming if relation.source == _target(item)]
    meant = [relation for relation in links if relation.inverse_of(entity.name).singular == item.name]
    if target is None or any(other.type is UNKNOWN for other in target.fields):
        return
    if not meant or (len(meant) > 1):
        several = f"{say('inverse')} {item.names.label}" if links else None
        none = f"{entity.names.label}: {say('belongs to')} {entity.names.label}"
        problems.add(
            "E112", item.span, several or none, name=item.names.label, target=target.names.label, count=len(links),
            entity=entity.names.label,
        )  # fmt: skip
    elif meant[0].inverse_many != (item.type.kind == "has many"):
        wanted = say("has many" if meant[0].inverse_many else "has one")
        problems.add("E113", item.span, f"{wanted} {target.names.label}", name=item.names.label, link=meant[0].field)


def _check_through(spec: Spec, item: Field, relation: Relation, problems: Problems) -> None:
    """The entity between holds one link to each side."""
    through = spec.entity(relation.through or "")
    if through is None:
        return
    sides = (relation.source, *relation.targets)
    counts = [
        sum(1 for f in through.fields if f.type.kind == "belongs to" and f.type.targets == (side,)) for side in sides
    ]
    wanted = 2 if sides[0] == sides[1] else 1
    broken = any(other.type is UNKNOWN for other in through.fields)
    if not broken and any(count != wanted for count in counts):
        problems.add("E114", item.span, through=through.names.label, name=item.names.label)


def _check_first_rows(spec: Spec, problems: Problems) -> None:
    """Links that every row must have and that lead back to it: no first row could be made."""
    done: set[str] = set()
    for start in spec.entities:
        path: list[tuple[str, Iterator[tuple[str, Field]]]] = [(start.name, _needs(spec, start.name))]
        on_path = {start.name}
        while path:
            name, needs = path[-1]
            target, item = next(needs, ("", None))
            if item is None:
                done.add(name)
                on_path.discard(name)
                path.pop()
            elif target in on_path:
                problems.add("E115", item.span, name=item.names.label)
            elif target not in done:
                on_path.add(target)
                path.append((target, _needs(spec, target)))


def _needs(spec: Spec, name: str) -> Iterator[tuple[str, Field]]:
    """The entities that a row of this one cannot be without."""
    entity = spec.entity(name)
    for item in entity.fields if entity else ():
        if item.type.kind == "belongs to" and item.required and len(item.type.targets) == 1:
            yield item.type.targets[0], item
