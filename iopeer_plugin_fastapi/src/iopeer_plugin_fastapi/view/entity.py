"""All that templates ask about one entity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.model.display import display_field, named_after
from iopeer_core.model.keys import key_field
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import BelongsTo, CheckRule, Entity, Field, LiteralKind, Role
from iopeer_core.model.walk import fields_of

from iopeer_plugin_fastapi.view import naming
from iopeer_plugin_fastapi.view.columns import TIMESTAMPS, Schema, association
from iopeer_plugin_fastapi.view.expressions import checkable, condition
from iopeer_plugin_fastapi.view.names import Enum, Known
from iopeer_plugin_fastapi.view.policy import Grants, RolePolicy
from iopeer_plugin_fastapi.view.schemas import Alias, Member, Members
from iopeer_plugin_fastapi.view.tables import Column, Index, Table, Unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link to one row: the column `<name>_id`; `union` is the field of a link to several entities."""

    name: str
    column: str
    to: EntityView
    union: str = ""
    tree: bool = False  # to the row above, of the same entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A set of rows: `name` as answered, `ids` as written."""

    name: str
    label: str
    segment: str  # in paths
    ids: str
    to: EntityView
    table: str  # its name in Python: `task_labels`, or the model that holds it
    through: EntityView | None
    source: str  # its columns
    target: str
    writable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """The rows that link to a row: `field` is the wire name that the link is filtered by."""

    name: str
    label: str
    segment: str
    of: EntityView
    field: str
    many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingRule:
    """A rule that depends on the time, which no CHECK can hold: `condition` is over the columns of the table."""

    condition: str
    message: str
    field: str


class App(Protocol):
    """What an entity asks of the app around it."""

    @property
    def blueprint(self) -> Blueprint:
        """The plan."""

    @property
    def known(self) -> Known:
        """What everything is called."""

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of the spec."""

    def view(self, entity: Entity | str) -> EntityView:
        """Another entity."""

    def table(self, name: str) -> Table:
        """The table with this name."""


@dataclass(frozen=True, kw_only=True, eq=False)
class EntityView:
    """An entity, as the templates see it."""

    app: App
    entity: Entity

    @cached_property
    def schema(self) -> Schema:
        """Makes its columns."""
        return Schema(known=self.app.known, entity=self.entity)

    @cached_property
    def _members(self) -> Members:
        return Members(known=self.app.known, entity=self.entity)

    @cached_property
    def _grants(self) -> Grants:
        return Grants(known=self.app.known, schema=self.schema)

    # -- names

    @property
    def name(self) -> str:
        """`work_order`."""
        return self.entity.name

    @property
    def cls(self) -> str:
        """The model: `WorkOrder`."""
        return self.app.known.class_of(self.name)

    @property
    def prefix(self) -> str:
        """Of its schemas: `WorkOrder` in `WorkOrderRead`."""
        return self.entity.names.pascal

    @property
    def const(self) -> str:
        """Its service: `WORK_ORDERS`."""
        return self.entity.names.plural.upper()

    @property
    def var(self) -> str:
        """A variable that holds one: `work_order`."""
        return naming.variable(self.name)

    @property
    def segment(self) -> str:
        """Its path: `work-orders`."""
        return self.entity.names.plurals.kebab

    @property
    def plural(self) -> str:
        """`work_orders`."""
        return self.entity.names.plural

    @property
    def table_name(self) -> str:
        """The table."""
        return self.app.known.table_of(self.name)

    @property
    def title(self) -> str:
        """The tag in OpenAPI: `Work orders`."""
        return self.entity.names.plural_label

    @property
    def one(self) -> str:
        """`a work order`, in sentences."""
        return self.app.known.noun(self.entity.names.label)

    @property
    def noun(self) -> str:
        """`work order`."""
        return naming.prose(self.entity.names.label)

    @property
    def nouns(self) -> str:
        """`work orders`."""
        return naming.prose(self.entity.names.plural_label)

    @property
    def doc(self) -> str:
        """The docstring of its classes: what the spec says of it first, else `A work order`."""
        said = self.entity.doc.split("\n\n")[0].replace("\n", " ").strip()
        return naming.sentence(said if 0 < len(said) <= 80 else self.one)

    def module(self, folder: str) -> str:
        """Its module in `backend/<folder>/`: of `models` and `schemas` singular, of `services` and `routers` plural."""
        return naming.module(folder, self.name if folder in ("models", "schemas") else self.plural)

    @property
    def is_account(self) -> bool:
        """Whether it signs in."""
        return self.name == self.app.blueprint.account

    @property
    def soft_delete(self) -> bool:
        """Whether rows are only marked as deleted."""
        return self.entity.soft_delete

    # -- the table

    @cached_property
    def table(self) -> Table:
        """Its table."""
        return self.app.table(self.table_name)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that its model declares itself, without those of the mixins."""
        inherited = {*TIMESTAMPS, *(() if self.has_own_key else ("id",))}
        return tuple(column for column in self.table.columns if column.key not in inherited)

    @property
    def has_own_key(self) -> bool:
        """Whether the spec declares the primary key."""
        return self._members.has_own_key

    @property
    def named_key(self) -> str:
        """The field that the spec declares as the key, where its name is not `id`; else ""."""
        key = key_field(self.entity)
        return key.name if key and key.name != "id" else ""

    @property
    def key_type(self) -> str:
        """The Python type of `id`."""
        return self._members.key_type

    @property
    def path_type(self) -> str:
        """The type of its `id` in a path, of backend/schemas/common.py: `Key`, `TextKey`, `UuidKey`."""
        return {"str": "TextKey", "UUID": "UuidKey"}.get(self.key_type, "Key")

    @property
    def enums(self) -> tuple[Enum, ...]:
        """The classes of choices that are its own, that of the roles included."""
        own = self.app.known.enums_of.get(self.name, ())
        role = self.app.known.role_enum
        return (*([role] if role and role.owner == self.name else []), *own)

    @property
    def uniques(self) -> tuple[Unique, ...]:
        """Those that the model has to say in `__table_args__`."""
        return self.table.uniques

    @property
    def indexes(self) -> tuple[Index, ...]:
        """Those that the model can say in `__table_args__`."""
        return tuple(index for index in self.table.indexes if index not in self.late_indexes)

    @cached_property
    def late_indexes(self) -> tuple[Index, ...]:
        """Those of descending columns that a mixin declares, which are there once the class is made."""
        own = {column.key for column in self.columns}
        return tuple(i for i in self.table.indexes if any(down and c.key not in own for c, down in i.columns))

    @cached_property
    def associations(self) -> tuple[Table, ...]:
        """The tables of its many to manys."""
        found = (association(self.app.known, self.entity, relation) for relation in self._relations)
        return tuple(self.app.table(table.name) for table in found if table)

    @property
    def exported(self) -> tuple[str, ...]:
        """What `backend.models` gives of its module."""
        return (self.cls, *(enum.name for enum in self.enums), *(table.variable for table in self.associations))

    # -- schemas

    @cached_property
    def read(self) -> tuple[Member, ...]:
        """What is answered."""
        return tuple(self._members.read())

    @cached_property
    def create(self) -> tuple[Member, ...]:
        """What clients send for a whole row."""
        return tuple(self._members.create())

    @cached_property
    def update(self) -> tuple[Member, ...]:
        """What clients send to change a row."""
        return tuple(self._members.update())

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """Types with limits."""
        return tuple(self._members.aliases())

    @property
    def withholds(self) -> bool:
        """Whether answers leave out what the caller may not read."""
        return self._members.withholds

    # -- the service

    @property
    def display(self) -> str:
        """The wire name of the field that labels a row, or of the link to the row that does."""
        return self._wire(self.named_after or display_field(self.entity))

    @property
    def named_after(self) -> str:
        """The link to the row that this one is called like; "" for none."""
        return self._named_after.name if self._named_after else ""

    @cached_property
    def _named_after(self) -> Field | None:
        return named_after(self.entity, self.app.known.blueprint.entity)

    @property
    def labelled_by(self) -> Field | None:
        """The field whose value labels a row, of its own or of the row that it is called like; None for the id."""
        link = self._named_after
        find = self.app.known.blueprint.entity
        entity = find(link.type.targets[0]) if link and isinstance(link.type, BelongsTo) else self.entity
        return entity.field(display_field(entity))

    @property
    def searchable(self) -> tuple[str, ...]:
        """The fields that `q` searches."""
        return tuple(self._wire(f.name) for f in self.entity.fields if f.searchable and not f.hidden)

    def _wire(self, name: str) -> str:
        """The wire name of a field: that of a declared key is `id`."""
        columns = self.schema.columns_of(name)
        return columns[0].key if columns else name

    @property
    def hidden(self) -> tuple[str, ...]:
        """The members that are never answered: columns, and sets of links."""
        hidden = [item.name for item in self.entity.fields if item.hidden]
        sets = [link.ids for link in self.links if link.name in hidden]
        return (*(column.key for name in hidden for column in self.schema.columns_of(name)), *sets)

    @property
    def _relations(self) -> tuple[Relation, ...]:
        return self.app.blueprint.links_from(self.name)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Its links to single rows."""
        return tuple(self._references())

    def _references(self) -> Iterator[Reference]:
        for relation in self._relations:
            if relation.kind == "many":
                continue
            for target, key in zip(relation.targets, relation.keys, strict=True):
                yield Reference(
                    name=key.removesuffix("_id"),
                    column=key,
                    to=self.app.view(target),
                    union=relation.field if relation.kind == "subject" else "",
                    tree=relation.kind == "one" and target == self.name and relation.inverse_many,
                )

    @property
    def trees(self) -> bool:
        """Whether it links to the row above, of its own kind."""
        return any(reference.tree for reference in self.references)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its sets of rows."""
        return tuple(self._link(relation) for relation in self._relations if relation.kind == "many")

    def _link(self, relation: Relation) -> Link:
        item = self.entity.field(relation.field)
        names = item.names if item else self.entity.names
        through = self.app.view(relation.through) if relation.through else None
        if through:
            source, target = f"{relation.through_source}_id", f"{relation.through_target}_id"
        else:
            source, target = self.app.known.association_keys(self.entity, relation)
        return Link(
            name=relation.field,
            label=naming.prose(names.label),
            segment=names.kebab,
            ids=relation.keys[0],
            to=self.app.view(relation.target),
            table=through.cls if through else self.app.known.association_name(self.entity, relation),
            through=through,
            source=source,
            target=target,
            writable=relation.writable,
        )

    @property
    def mine(self) -> tuple[str, ...]:
        """The links that lead to the caller where nothing else is given."""
        fields = (f for f in self.entity.fields if f.default is not None and f.default.kind is LiteralKind.ME)
        return tuple(column.key for item in fields for column in self.schema.columns_of(item.name))

    @cached_property
    def policy(self) -> tuple[RolePolicy, ...]:
        """The grants of each role."""
        return tuple(self._grants.policies())

    def public(self, verb: str) -> bool:
        """Whether callers who are not signed in may `read`, `create`, `update` or `delete` something."""
        return self._grants.public(verb)

    @cached_property
    def policy_texts(self) -> tuple[str, ...]:
        """Roles, grants and rules as they are written: to know which names they use."""
        rules = (rule.condition for rule in self.moving_rules)
        return (*(text for policy in self.policy for text in (policy.role, *policy.grants)), *rules)

    @cached_property
    def moving_rules(self) -> tuple[MovingRule, ...]:
        """The rules that the service has to check, since the database cannot: most depend on the time."""
        return tuple(
            MovingRule(
                condition=condition(rule.expr, self.schema.operand, self.var),
                message=rule.message or "The rule is broken",
                field=self.schema.operand(fields_of(rule.expr)[0]).key,
            )
            for rule in self.entity.rules
            if isinstance(rule, CheckRule) and not checkable(rule.expr, self.schema.operand)
        )

    @cached_property
    def conditional(self) -> bool:
        """Whether its policy or its rules have conditions on the columns of its table."""
        return bool(self.moving_rules) or any("where=" in text for text in self.policy_texts)

    # -- the router

    @cached_property
    def children(self) -> tuple[Child, ...]:
        """The rows that link to a row of this entity, as the paths below it list them."""
        return tuple(self._child(relation) for relation in self.app.blueprint.links_to(self.name))

    def _child(self, relation: Relation) -> Child:
        inverse = relation.inverse_of(self.name)
        key = relation.keys[relation.targets.index(self.name)] if relation.kind == "subject" else relation.keys[0]
        return Child(
            name=inverse.singular,
            label=naming.prose(inverse.label),
            segment=inverse.kebab,
            of=self.app.view(relation.source),
            field=key,
            many=relation.inverse_many,
        )
