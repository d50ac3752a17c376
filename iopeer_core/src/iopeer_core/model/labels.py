"""What can be called something else in another language, and what it is called there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from iopeer_core.model.account import IOPEER, added_label
from iopeer_core.model.names import pluralize, words
from iopeer_core.model.relations import relations_of
from iopeer_core.model.spec import ChoiceType, Entity, FieldType, Label, LabelKind, ListType, Spec

Key = tuple[LabelKind, tuple[str, ...]]
"""The kind of a `Label`, and its path."""


@dataclass(frozen=True, slots=True)
class Nameable:
    """What can have a label: how it is written in the spec, and whether people see it."""

    names: tuple[str, ...]
    seen: bool = True


def nameable(spec: Spec) -> Mapping[Key, Nameable]:
    """All that can have labels: entities, fields, the other sides of links, choices, values of enums, roles."""
    found: dict[Key, Nameable] = {}
    for entity in spec.entities:
        found["entity", (entity.name,)] = Nameable((entity.names.label,), not entity.added_by)
        found.update(_fields(entity))
    for relation in relations_of(spec):
        for target in relation.targets:
            inverse, other = relation.inverse_of(target), spec.entity(target)
            if other:
                key: Key = ("field", (target, inverse.singular))
                found.setdefault(key, Nameable((other.names.label, inverse.label), _is_own(spec, relation.source, key)))
    for enum in spec.enums:
        found.update(_choices("value", (enum.name,), (enum.names.label,), enum.values))
    for role in spec.roles:
        found["role", (role.name,)] = Nameable((role.names.label,), not role.added_by)
    return found


def _is_own(spec: Spec, source: str, key: Key) -> bool:
    """Whether the other side of a link has a name of its own: else it is called as the rows that it leads to."""
    entity = spec.entity(source)
    return entity is not None and key[1][-1] not in {entity.names.singular, entity.names.plural}


def _fields(entity: Entity) -> Iterator[tuple[Key, Nameable]]:
    for item in entity.fields:
        path, names = (entity.name, item.name), (entity.names.label, item.names.label)
        seen = not item.added_by and not (item.hidden and item.read_only)
        yield ("field", path), Nameable(names, seen)
        values = choices_of(item.type)
        yield from _choices("choice", path, names, values if not item.added_by else (), seen=seen)


def _choices(
    kind: LabelKind, path: tuple[str, ...], names: tuple[str, ...], values: tuple[str, ...], *, seen: bool = True
) -> Iterator[tuple[Key, Nameable]]:
    for value in values:
        yield (kind, (*path, value)), Nameable((*names, value), seen and any(map(str.isalpha, value)))


def choices_of(kind: FieldType) -> tuple[str, ...]:
    """The choices of a field alone, not those of an enum."""
    item = kind.item if isinstance(kind, ListType) else kind
    return item.values if isinstance(item, ChoiceType) else ()


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one language."""

    spec: Spec
    language: str
    _found: dict[Key, Label] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for label in self.spec.labels:
            if label.language == self.language:
                self._found[label.kind, label.path] = label

    def find(self, kind: LabelKind, *path: str) -> Label | None:
        """The label that the spec gives, or none."""
        return self._found.get((kind, path))

    def text(self, otherwise: str, kind: LabelKind, *path: str) -> str:
        """What something is called: as the spec says for the language, else as it is called in the spec."""
        found = self.find(kind, *path)
        return found.text if found else otherwise

    def singular(self, entity: Entity) -> str:
        """What a row of an entity is called."""
        return self.text(self._added(entity) or words(entity.names.label), "entity", entity.name)

    def plural(self, entity: Entity) -> str:
        """What several rows of an entity are called."""
        found = self.find("entity", entity.name)
        if found is None:
            added = self._added(entity)
            return pluralize(added, self.language) if added else words(entity.names.plural_label)
        return found.plural or pluralize(found.text, self.language)

    def _added(self, entity: Entity) -> str:
        return added_label(entity.names.label, self.language) if entity.added_by == IOPEER else ""
