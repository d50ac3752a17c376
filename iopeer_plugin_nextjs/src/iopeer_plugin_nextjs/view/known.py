"""What everything of the spec is called in TypeScript: types, constants, hooks, each name once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Operation
from iopeer_core.model.account import ROLE
from iopeer_core.model.keys import key_field, key_type
from iopeer_core.model.names import pascal
from iopeer_core.model.relations import Relation, by_source
from iopeer_core.model.spec import ChoiceType, Entity, EnumType, Field, FieldType, ListType, Scalar, Spec

from iopeer_plugin_nextjs.view import naming
from iopeer_plugin_nextjs.view.taken import forms, words

_GLOBALS = """
Array Boolean Date Document Element Error Event File Function Iterator Location Map Node Number Object Omit Partial
Promise Record Request Response Set String Symbol URL Window
"""
RESERVED = frozenset(_GLOBALS.split()) | words()
"""Names of the language, of the browser and of the application itself, which an entity's would hide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The values that a field is one of: `TASK_STATUSES`, of the type `TaskStatus`."""

    const: str
    type: str
    values: tuple[str, ...]
    module: str  # where both are exported: "@/api/tasks"


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """Looks names and facts up."""

    blueprint: Blueprint

    @property
    def spec(self) -> Spec:
        """The united spec."""
        return self.blueprint.spec

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """What entities are called in addresses and files."""
        return naming.slugs(self.spec)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """What the files of one row's part are called."""
        return naming.files(self.spec)

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The type of each entity's rows: `WorkOrder`."""
        wanted = ((entity.name, entity.names.pascal) for entity in self.spec.entities)
        return _unique(wanted, "Entity", RESERVED, forms("type"))

    @cached_property
    def plural_types(self) -> Mapping[str, str]:
        """The plural of each type, for hooks: `WorkOrders`."""
        wanted = ((entity.name, entity.names.plurals.pascal) for entity in self.spec.entities)
        return _unique(wanted, "List", (*RESERVED, *self._of_types), forms("plural_type"))

    @cached_property
    def _of_types(self) -> frozenset[str]:
        """All that is called by the entities' types: `WorkOrder`, `WorkOrderQuery`, `useWorkOrder`."""
        return frozenset(before + name + after for name in self.types.values() for before, after in forms("type"))

    @cached_property
    def _choices(self) -> Mapping[str, Choices]:
        """The sets of choices, by `enum:priority` and `choice:task.status`."""
        wanted = [(f"enum:{enum.name}", enum.name, enum.names.plural) for enum in self.spec.enums]
        wanted += [
            (f"choice:{entity.name}.{item.name}", f"{entity.name}_{item.name}", f"{entity.name}_{item.names.plural}")
            for entity, item in self._own_choices()
        ]
        types = _unique(((key, pascal(name)) for key, name, _ in wanted), "Value", (*RESERVED, *self._of_types))
        consts = _unique(((key, plural.upper()) for key, _, plural in wanted), "_VALUES", RESERVED)
        return {
            key: Choices(const=consts[key], type=types[key], values=self._values(key), module=self._module(key))
            for key, _, _ in wanted
        }

    def _own_choices(self) -> Iterator[tuple[Entity, Field]]:
        for entity in self.spec.entities:
            for item in entity.fields:
                if isinstance(item_type(item.type), ChoiceType):
                    yield entity, item

    def _values(self, key: str) -> tuple[str, ...]:
        kind, _, name = key.partition(":")
        if kind == "enum":
            enum = self.spec.enum(name)
            return enum.values if enum else ()
        entity, _, field = name.partition(".")
        item = self.blueprint.field(entity, field)
        own = item_type(item.type) if item else None
        return own.values if isinstance(own, ChoiceType) else ()

    def _module(self, key: str) -> str:
        kind, _, name = key.partition(":")
        return "@/api/enums" if kind == "enum" else f"@/api/{self.slugs[name.partition('.')[0]]}"

    @cached_property
    def roles(self) -> Choices | None:
        """What the role of an account is one of; None where accounts have none."""
        item = self.blueprint.field(self.blueprint.account, ROLE)
        return self.choices(self.blueprint.account, item) if item else None

    @property
    def enums(self) -> tuple[Choices, ...]:
        """The shared ones, in the order of the spec."""
        return tuple(self._choices[f"enum:{enum.name}"] for enum in self.spec.enums)

    def own_choices(self, entity: str) -> tuple[Choices, ...]:
        """Those of an entity's fields alone."""
        return tuple(self._choices[f"choice:{e.name}.{f.name}"] for e, f in self._own_choices() if e.name == entity)

    def choices(self, entity: str, item: Field) -> Choices | None:
        """What a field (or the items of its list) is one of; None where it is no choice."""
        kind = item_type(item.type)
        if isinstance(kind, EnumType):
            return self._choices[f"enum:{kind.enum}"]
        return self._choices[f"choice:{entity}.{item.name}"] if isinstance(kind, ChoiceType) else None

    @cached_property
    def _relations(self) -> Mapping[tuple[str, str], Relation]:
        return by_source(self.blueprint.relations)

    def relation(self, entity: str, field: str) -> Relation | None:
        """The link that a field holds, or none."""
        return self._relations.get((entity, field))

    def operation(self, entity: str, verb: str) -> Operation | None:
        """What the API does: an entity's operation of a verb."""
        return self._operations.get((entity, verb))

    @cached_property
    def _operations(self) -> Mapping[tuple[str, str], Operation]:
        return {(one.entity, one.verb): one for one in self.blueprint.all(Operation)}

    def api(self, entity: str) -> str:
        """The constant that calls the API for an entity: `taskApi`."""
        name = self.types[entity]
        return f"{name[0].lower()}{name[1:]}Api"

    def key(self, entity: str) -> Field | None:
        """The field that the spec declares as an entity's key; None where it is the usual number."""
        return key_field(self.blueprint.entity(entity))

    def id_type(self, entity: str) -> str:
        """The type of an entity's `id` in TypeScript."""
        return "number" if key_type(self.blueprint.entity(entity)).scalar is Scalar.INTEGER else "string"


def item_type(kind: FieldType) -> FieldType:
    """The type of the items of a list; of anything else, itself."""
    return kind.item if isinstance(kind, ListType) else kind


def _unique(
    wanted: Iterable[tuple[str, str]],
    suffix: str,
    taken: Iterable[str],
    forms: Collection[tuple[str, str]] = (("", ""),),
) -> dict[str, str]:
    """Names by key, each one once in all its forms: those that are taken get a suffix, as often as it needs."""
    used = set(taken)
    made: dict[str, str] = {}
    for key, name in wanted:
        chosen = name
        while used & (called := {before + chosen + after for before, after in forms}):
            chosen += suffix
        used |= called
        made[key] = chosen
    return made
