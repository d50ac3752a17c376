"""What everything is called in one generated app: tables, classes, enums and their members, each name once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.model.account import ROLE
from iopeer_core.model.keys import key_field
from iopeer_core.model.names import pascal
from iopeer_core.model.relations import Relation, by_source
from iopeer_core.model.spec import (
    ChoiceType,
    Entity,
    EnumType,
    Field,
    FieldType,
    ListType,
    Scalar,
    ScalarType,
    Spec,
)

from iopeer_plugin_fastapi.view import naming, reserved
from iopeer_plugin_fastapi.view.types import kind_of

LONGEST_TABLE = 54
"""Characters of a table's name before what tells it apart: PostgreSQL cuts names after 63."""
_SYSTEM = {"id": ScalarType(scalar=Scalar.INTEGER)}
_MOMENT = ScalarType(scalar=Scalar.DATETIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum:
    """A class of choices."""

    name: str
    members: tuple[tuple[str, str], ...]  # NAME, value
    doc: str
    owner: str = ""  # the entity whose field it is; "" where it is shared

    @property
    def literals(self) -> dict[str, str]:
        """Value → `TaskStatus.TODO`."""
        return {value: f"{self.name}.{member}" for member, value in self.members}


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """Looks names up."""

    blueprint: Blueprint

    @property
    def spec(self) -> Spec:
        """The united spec."""
        return self.blueprint.spec

    @property
    def language(self) -> str:
        """The language of the spec's names."""
        return self.spec.app.languages[0].split("-")[0] if self.spec.app.languages_given else self.spec.language

    @cached_property
    def _relations(self) -> Mapping[tuple[str, str], Relation]:
        return by_source(self.blueprint.relations)

    @cached_property
    def classes(self) -> dict[str, str]:
        """Classes by `entity:task`, `enum:priority`, `choice:task.status`."""
        account = f"entity:{self.blueprint.account}"
        wanted = [(f"entity:{entity.name}", entity.name) for entity in self.spec.entities]
        wanted += [(f"enum:{enum.name}", enum.name) for enum in self.spec.enums]
        wanted += [
            (f"choice:{e.name}.{f.name}", f"{e.name}_{f.name}") for e, f in self._own_choices() if f != self.role
        ]
        beside_signing_in = {pascal(name) for key, name in wanted if key == account or not key.startswith("entity:")}
        schemas = {
            f"{entity.names.pascal}{suffix}" for entity in self.spec.entities for suffix in ("Create", "Read", "Update")
        }
        return naming.class_names(wanted, schemas | (reserved.SIGNING_IN & beside_signing_in))

    def class_of(self, entity: str) -> str:
        """The model of an entity."""
        return self.classes[f"entity:{entity}"]

    def _own_choices(self) -> Iterator[tuple[Entity, Field]]:
        for entity in self.spec.entities:
            for item in entity.fields:
                if isinstance(_item_type(item), ChoiceType):
                    yield entity, item

    @cached_property
    def role(self) -> Field | None:
        """The account's field that holds its role."""
        return self.blueprint.field(self.blueprint.account, ROLE)

    @cached_property
    def role_enum(self) -> Enum | None:
        """The class of the roles."""
        if self.role is None:
            return None
        doc = "What an account may be; the first is the administrator."
        if isinstance(self.role.type, EnumType):
            return self.enums[f"enum:{self.role.type.enum}"]
        return Enum(name="Role", members=naming.members(self.choices(self.role)), doc=doc, owner=self.blueprint.account)

    @cached_property
    def enums(self) -> dict[str, Enum]:
        """The classes of choices, by the keys of `classes`."""
        made = {
            f"enum:{enum.name}": Enum(
                name=self.classes[f"enum:{enum.name}"],
                members=naming.members(enum.values),
                doc=naming.sentence(enum.doc or self.noun(enum.names.label)),
            )
            for enum in self.spec.enums
        }
        for entity, item in self._own_choices():
            if item != self.role:
                key = f"choice:{entity.name}.{item.name}"
                made[key] = Enum(
                    name=self.classes[key],
                    members=naming.members(self.choices(item)),
                    doc=naming.sentence(f"The {naming.prose(item.names.label)} of {self.noun(entity.names.label)}"),
                    owner=entity.name,
                )
        return made

    @cached_property
    def enums_of(self) -> dict[str, tuple[Enum, ...]]:
        """The classes of choices of one entity's own, by entity."""
        found: dict[str, tuple[Enum, ...]] = {}
        for enum in self.enums.values():
            found[enum.owner] = (*found.get(enum.owner, ()), enum)
        return found

    @cached_property
    def _enum_of_field(self) -> dict[int, Enum]:
        found: dict[int, Enum] = {}
        for entity in self.spec.entities:
            for item in entity.fields:
                kind = _item_type(item)
                if isinstance(kind, EnumType):
                    found[id(item)] = self.enums[f"enum:{kind.enum}"]
                elif isinstance(kind, ChoiceType):
                    own = self.enums.get(f"choice:{entity.name}.{item.name}") or self.role_enum
                    found[id(item)] = own  # type: ignore[assignment]  # the only choice without a key is the role's
        return found

    def enum_of(self, item: Field) -> Enum:
        """The class of a field's choices (or of those in its list)."""
        return self._enum_of_field[id(item)]

    def enum_class(self, item: Field) -> str:
        """The name of that class."""
        return self.enum_of(item).name

    def choices(self, item: Field) -> tuple[str, ...]:
        """The values of a field's choices; none where it has none."""
        kind = _item_type(item)
        if isinstance(kind, ChoiceType):
            return kind.values
        enum = self.spec.enum(kind.enum) if isinstance(kind, EnumType) else None
        return enum.values if enum else ()

    def members(self, item: Field) -> dict[str, str]:
        """Value → `TaskStatus.TODO`, for a field with choices."""
        return self.enum_of(item).literals if self.choices(item) else {}

    def relation(self, entity: Entity, item: Field) -> Relation | None:
        """The link that a field holds, or none."""
        return self._relations.get((entity.name, item.name))

    def table_of(self, entity: str) -> str:
        """The table of an entity."""
        found = self.blueprint.entity(entity)
        return found.table or found.names.plural

    def key_type(self, entity: str) -> tuple[str, str, str]:
        """The type of an entity's `id`: Python's, the model's, the migration's."""
        key = key_field(self.blueprint.entity(entity))
        if key is None or key.is_link:
            return "int", "BigInt", "BigInt"
        kind = kind_of(key, self.enum_class, self.choices)
        return kind.python, kind.column, kind.migration

    @cached_property
    def key_types(self) -> tuple[str, ...]:
        """The Python types of all ids, sorted."""
        return tuple(sorted({self.key_type(entity.name)[0] for entity in self.spec.entities}))

    @property
    def mixed_keys(self) -> bool:
        """Whether ids are of several types."""
        return len(self.key_types) > 1

    def key_column(self, entity: str) -> str:
        """The database's name of an entity's `id`."""
        key = key_field(self.blueprint.entity(entity))
        return (key.column or key.name) if key else "id"

    def association_name(self, entity: Entity, relation: Relation) -> str:
        """The table of a many to many."""
        return self._associations[entity.name, relation.field]

    @cached_property
    def _associations(self) -> dict[tuple[str, str], str]:
        """The tables of all sets of links, each with a name of its own that PostgreSQL does not cut off."""
        made: dict[tuple[str, str], str] = {}
        for (source, field), relation in sorted(self._relations.items()):
            if relation.kind == "many" and not relation.through:
                name = f"{source}_{field}"[:LONGEST_TABLE].rstrip("_")
                taken = {*self._tables, *made.values()}
                others = (f"{name}_links_{number}" for number in count(2))
                made[source, field] = next(n for n in chain((name, f"{name}_links"), others) if n not in taken)
        return made

    @cached_property
    def _tables(self) -> frozenset[str]:
        return frozenset(self.table_of(entity.name) for entity in self.spec.entities)

    def association_keys(self, entity: Entity, relation: Relation) -> tuple[str, str]:
        """Its columns: of the row that holds the set, and of those in it."""
        near, far = f"{entity.name}_id", f"{relation.target}_id"
        return near, far if far != near else f"linked_{far}"

    def system_type(self, name: str) -> FieldType:
        """The type of what every entity has."""
        return _SYSTEM.get(name, _MOMENT)

    def noun(self, label: str) -> str:
        """`a task`, `an order`; the bare noun in languages whose genders a spec does not tell."""
        return naming.article(naming.prose(label)) if self.language == "en" else naming.prose(label)


def _item_type(item: Field) -> FieldType:
    return item.type.item if isinstance(item.type, ListType) else item.type
