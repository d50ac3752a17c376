"""The links of a Spec, resolved: effective on-delete, inverse and wire names (contract.md, Relations)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from iopeer_core.model.names import Names
from iopeer_core.model.spec import BelongsTo, Entity, Field, HasMany, HasOne, ManyToMany, OnDelete, Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One link, from the field that holds it.

    `one`: a `belongs to` one target (unique: one to one). `subject`: polymorphic, one key per target. `many`: a set,
    implicit (a table of its own) or held by the rows of `through`.
    """

    kind: Literal["one", "subject", "many"]
    source: str  # the entity whose field it is
    field: str  # the field's identifier
    targets: tuple[str, ...]  # one, but for `subject`
    keys: tuple[str, ...]  # wire names: ("project_id",); ("task_id", "project_id"); ("label_ids",)
    inverse: Names  # of the targets' rows: "tasks"; of the first target where has many/has one name them apart
    inverses: tuple[Names, ...]  # per target
    inverse_many: bool  # False where the link is unique: a "has one"
    required: bool
    unique: bool
    on_delete: OnDelete  # as written, else restrict when required, set null when not; `many`: cascade
    through: str | None = None
    through_source: str | None = None  # the field of `through` that links to `source`
    through_target: str | None = None  # the field of `through` that links to the target
    writable: bool = True  # False for read-only fields, and where `through` has other required fields
    hidden: bool = False  # never sent: the targets do not list the rows that link to them either

    @property
    def target(self) -> str:
        """The only target."""
        (target,) = self.targets
        return target

    def inverse_of(self, target: str) -> Names:
        """What the rows of `target` call the rows that link to them."""
        return self.inverses[self.targets.index(target)]


def relations_of(spec: Spec) -> tuple[Relation, ...]:
    """All links that fields of `spec` hold, by entity and field in their order (has many/has one hold none)."""
    return tuple(_Resolver(spec).relations())


Link = tuple[str, str, str]
"""An entity, its field, and one target of the field."""


class _Resolver:
    """Resolves the links of one spec."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._entities = {entity.name: entity for entity in spec.entities}
        self._named = dict(_named_inverses(spec))

    def relations(self) -> Iterator[Relation]:
        for entity in self._spec.entities:
            for item in entity.fields:
                if isinstance(item.type, BelongsTo):
                    yield self._belongs_to(entity, item, item.type.targets)
                elif isinstance(item.type, ManyToMany):
                    yield self._many_to_many(entity, item, item.type)

    def _belongs_to(self, entity: Entity, item: Field, targets: tuple[str, ...]) -> Relation:
        single = len(targets) == 1
        inverses = self._inverses(entity, item, targets, many=not item.unique)
        return Relation(
            kind="one" if single else "subject",
            source=entity.name,
            field=item.name,
            targets=targets,
            keys=(f"{item.name}_id",) if single else tuple(f"{target}_id" for target in targets),
            inverse=inverses[0],
            inverses=inverses,
            inverse_many=not item.unique,
            required=item.required,
            unique=item.unique,
            on_delete=item.on_delete or (OnDelete.RESTRICT if item.required else OnDelete.SET_NULL),
            writable=not item.read_only,
            hidden=item.hidden,
        )

    def _many_to_many(self, entity: Entity, item: Field, kind: ManyToMany) -> Relation:
        target, through = self._entities.get(kind.target), self._entities.get(kind.through or "")
        singular = target is not None and target.names.plural == item.name
        inverses = self._inverses(entity, item, (kind.target,), many=True)
        links = _through_links(through, entity.name, kind.target) if through else (None, None)
        return Relation(
            kind="many",
            source=entity.name,
            field=item.name,
            targets=(kind.target,),
            keys=(f"{kind.target if singular else item.name}_ids",),
            inverse=inverses[0],
            inverses=inverses,
            inverse_many=True,
            required=item.required,
            unique=False,
            on_delete=item.on_delete or OnDelete.CASCADE,
            through=kind.through,
            through_source=links[0],
            through_target=links[1],
            writable=not item.read_only and (through is None or _links_suffice(through, links)),
            hidden=item.hidden,
        )

    def _inverses(self, entity: Entity, item: Field, targets: tuple[str, ...], *, many: bool) -> tuple[Names, ...]:
        default = item.inverse or (entity.names.plurals if many else entity.names)
        return tuple(self._named.get((entity.name, item.name, target), default) for target in targets)


def _named_inverses(spec: Spec) -> Iterator[tuple[Link, Names]]:
    """The inverses that has many/has one name, by the link that they are the inverse of."""
    links: dict[tuple[str, str], list[Field]] = {}
    for entity in spec.entities:
        for item in entity.fields:
            for target in _targets(item):
                links.setdefault((entity.name, target), []).append(item)
    for entity in spec.entities:
        for item in entity.fields:
            if isinstance(item.type, HasMany | HasOne):
                link = _inverse_link(item, links.get((item.type.target, entity.name), []))
                if link:
                    yield (item.type.target, link.name, entity.name), item.names


def _targets(item: Field) -> tuple[str, ...]:
    if isinstance(item.type, BelongsTo):
        return item.type.targets
    return (item.type.target,) if isinstance(item.type, ManyToMany) else ()


def _inverse_link(item: Field, links: list[Field]) -> Field | None:
    """The link that a has many/has one names: the one whose `inverse` says so, else the only one without an inverse."""
    said = [link for link in links if link.inverse and link.inverse.singular == item.name]
    if said:
        return said[0]
    silent = [link for link in links if link.inverse is None]
    owned = [link for link in silent if isinstance(link.type, BelongsTo)] or silent
    return owned[0] if len(owned) == 1 else None


def _through_links(through: Entity, source: str, target: str) -> tuple[str | None, str | None]:
    """The fields of `through` that link to both sides; for a link to the entity itself the first is the source's."""
    links = [item for item in through.fields if isinstance(item.type, BelongsTo)]
    near = next((item.name for item in links if _targets(item) == (source,)), None)
    far = next((item.name for item in links if _targets(item) == (target,) and item.name != near), None)
    return near, far


def _links_suffice(through: Entity, links: tuple[str | None, str | None]) -> bool:
    """Whether a row of `through` can be made from its two links alone."""
    return not any(item.required and item.default is None and item.name not in links for item in through.fields)


def by_source(relations: tuple[Relation, ...]) -> Mapping[tuple[str, str], Relation]:
    """The relations by entity and field."""
    return {(relation.source, relation.field): relation for relation in relations}
