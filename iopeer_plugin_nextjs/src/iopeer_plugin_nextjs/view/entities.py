"""All that templates ask about one entity, and about all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Operation
from iopeer_core.model.display import ID
from iopeer_core.model.names import pascal
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import Entity, Field, LiteralKind, Scalar

from iopeer_plugin_nextjs.view import naming
from iopeer_plugin_nextjs.view.known import Choices, Known
from iopeer_plugin_nextjs.view.literals import scalar_of
from iopeer_plugin_nextjs.view.policy import Grants
from iopeer_plugin_nextjs.view.rules import rules_of
from iopeer_plugin_nextjs.view.shown import Fields
from iopeer_plugin_nextjs.view.types import Types
from iopeer_plugin_nextjs.view.writing import called, element, fit, rendered, texts, union
from iopeer_plugin_nextjs.view.zod import Schema


def names(blueprint: Blueprint) -> Mapping[str, object]:
    """The names that the templates of entities use.

    Args:
        blueprint: the plan.
    """
    views = Views(Known(blueprint=blueprint))
    return {
        "entities": views,
        "view": views.of,
        "fit": fit,
        "union": union,
        "texts": texts,
        "element": element,
        "rendered": rendered,
        "called": called,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """Rows that link to a row."""

    name: str  # of the inverse: "tasks"
    of: EntityView
    field: str  # that links: "project"
    key: str  # its member: "project_id"
    writable: bool  # whether a row can be added that leads to the parent
    function: str  # that lists them, "" where the API has no path for them
    path: str

    @property
    def id(self) -> str:
        """The id of the row that they link to, as the filter of their list takes it."""
        relation = self.of.known.relation(self.of.name, self.field)
        target = relation.targets[relation.keys.index(self.key)] if relation else self.of.name
        return "Number(parent)" if self.of.known.id_type(target) == "number" else "String(parent)"

    @property
    def list(self) -> str:
        """The function that lists them."""
        return self.function or f"list{pascal(self.name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A set of links that is changed one by one."""

    name: str  # the field: "labels"
    of: EntityView
    const: str  # that changes them: "taskLabels"
    path: str


@dataclass(frozen=True, kw_only=True, eq=False)
class EntityView:
    """An entity, as the templates see it."""

    views: Views
    entity: Entity

    # -- names

    @property
    def known(self) -> Known:
        """The plan."""
        return self.views.known

    @property
    def name(self) -> str:
        """`work_order`: its name in permissions, messages and keys of caches."""
        return self.entity.name

    @property
    def type(self) -> str:
        """The type of its rows: `WorkOrder`."""
        return self.known.types[self.name]

    @property
    def plural_type(self) -> str:
        """`WorkOrders`, for hooks."""
        return self.known.plural_types[self.name]

    @property
    def var(self) -> str:
        """What its constants begin with: `workOrder` in `workOrderFields`."""
        return f"{self.type[0].lower()}{self.type[1:]}"

    @property
    def slug(self) -> str:
        """Its address, and the names of its files: `work-orders`."""
        return self.known.slugs[self.name]

    @property
    def kebab(self) -> str:
        """The names of its own files: `work-order`."""
        return self.known.files[self.name]

    @property
    def noun(self) -> str:
        """`work order`, in comments."""
        return _prose(self.entity.names.label)

    @property
    def nouns(self) -> str:
        """`work orders`, in comments."""
        return _prose(self.entity.names.plural_label)

    # -- the API

    def operation(self, verb: str) -> Operation:
        """What the API does with it."""
        found = self.known.operation(self.name, verb)
        if found is None:
            raise KeyError(f"no operation {verb} of {self.name}")
        return found

    @cached_property
    def types(self) -> Types:
        """Its types."""
        return Types(known=self.known, entity=self.entity)

    @property
    def path(self) -> str:
        """Where its list is: `/api/v1/work-orders`."""
        return self.operation("list").path

    @property
    def id_type(self) -> str:
        """`number` or `string`."""
        return self.known.id_type(self.name)

    @property
    def key(self) -> Field | None:
        """The field that the spec declares as its key."""
        return self.known.key(self.name)

    @property
    def choices(self) -> tuple[Choices, ...]:
        """The choices of its own fields."""
        return self.known.own_choices(self.name)

    @property
    def used_enums(self) -> tuple[Choices, ...]:
        """The shared choices that its fields use."""
        found = (self.known.choices(self.name, item) for item in self.entity.fields)
        return tuple(dict.fromkeys(one for one in found if one and one.module == "@/api/enums"))

    @property
    def update_type(self) -> str:
        """The type of what changes a row: that of a new one, all of it optional, without the key."""
        key = self.key
        whole = f"{self.type}Create"
        return f'Partial<Omit<{whole}, "{key.name}">>' if key else f"Partial<{whole}>"

    @property
    def search(self) -> str:
        """The parameter that finds rows by a text: `q`; that of the field that names rows; "" for none."""
        parameters = self.operation("list").parameters
        if any(item.searchable and not item.hidden for item in self.entity.fields):
            return "q"
        contains = f"{self.fields.display}__contains"
        return contains if contains in parameters else ""

    @property
    def searches(self) -> bool:
        """Whether its list has a box to search in."""
        return self.search == "q"

    @property
    def label(self) -> str:
        """What names a row, of its members: `row.title`."""
        display = self.fields.display
        item = self.entity.field(display)
        if display == ID or item is None or item.hidden:
            return "`#${row.id}`"
        shape = next((one for one in self.operation("read").output if one.name == display), None)
        if shape is None:
            return "`#${row.id}`"
        if item.is_link:
            return f"row.{display}?.label ?? `#${{row.id}}`"
        value = f"row.{display}"
        textual = self.types.of(shape) not in ("number", "boolean", "Json")
        optional = shape.nullable or not shape.required
        if textual:
            return f"{value} ?? `#${{row.id}}`" if optional else value
        return f"String({value} ?? row.id)" if optional else f"String({value})"

    @property
    def soft_delete(self) -> bool:
        """Whether deleted rows can be brought back."""
        return self.entity.soft_delete

    @property
    def is_account(self) -> bool:
        """Whether it is who signs in."""
        return self.name == self.known.blueprint.account

    # -- pages

    @cached_property
    def fields(self) -> Fields:
        """How its fields are shown, filtered and edited."""
        return Fields(known=self.known, entity=self.entity)

    @property
    def targets(self) -> tuple[EntityView, ...]:
        """The entities that its links lead to, each once, but for itself."""
        found = (target for one in self.known.blueprint.links_from(self.name) for target in one.targets)
        return tuple(self.views.named(name) for name in sorted(set(found)))

    @cached_property
    def schema(self) -> tuple[tuple[str, str], ...]:
        """The members of its form's schema: name and expression."""
        schema, held = Schema(known=self.known, entity=self.entity), {name for name, _ in self.initial}
        return tuple(
            (shape.name, schema.expression(shape, item)) for shape, item in self._taken() if shape.name in held
        )

    def _taken(self) -> Iterator[tuple[Any, Field]]:
        by_name = {item.name: item for item in self.entity.fields}
        for item in self.entity.fields:
            relation = self.known.relation(self.name, item.name)
            by_name |= dict.fromkeys(relation.keys, item) if relation else {}
        for shape in self.operation("create").input:
            yield shape, by_name[shape.name]

    @cached_property
    def rules(self) -> tuple[tuple[str, str, str], ...]:
        """The rules between fields: the member that a broken one is shown at, the function, the message."""
        return rules_of(self.known, self.entity, self.type, unseen=self.unseen)

    @property
    def initial(self) -> tuple[tuple[str, str], ...]:
        """The members of its form's values: name, and what each one starts with."""
        return tuple(value for field in self.fields.edited for value in field.values)

    @property
    def unseen(self) -> tuple[str, ...]:
        """The fields of its form that are never shown: they are given when a row is made."""
        edited = {field.name for field in self.fields.edited}
        return tuple(item.name for item in self.entity.fields if item.hidden and item.name in edited)

    @property
    def starts_from(self) -> tuple[tuple[str, str], ...]:
        """What the values of its form are made of: the row, where a field shows it, and who makes a new one."""
        fields = [item for item in self.entity.fields if item.name in {field.name for field in self.fields.edited}]
        found = [("row", self.type)] if any(not item.hidden for item in fields) else []
        if any(item.default and item.default.kind is LiteralKind.ME for item in fields):
            found.append(("account", "Account | null"))
        return tuple(found)

    @property
    def renamed(self) -> tuple[str, ...]:
        """The members that are not called like their fields: `project_id: "project"`."""
        pairs = ((name, field.name) for field in self.fields.edited for name, _ in field.values)
        return tuple(f"{naming.member(name)}: {naming.text(field)}" for name, field in pairs if name != field)

    @property
    def subjects(self) -> tuple[tuple[str, ...], ...]:
        """The keys of each link to one of several entities that must be set."""
        return tuple(
            one.keys
            for one in self.known.blueprint.links_from(self.name)
            if one.kind == "subject" and one.required and one.writable
        )

    @property
    def subjects_written(self) -> tuple[str, ...]:
        """The rules that exactly one of these keys is set."""
        return tuple(f"exactlyOne({', '.join(texts(keys))})" for keys in self.subjects)

    @cached_property
    def children(self) -> tuple[Child, ...]:
        """The rows that link to one of its rows."""
        return tuple(self._child(relation) for relation in self.known.blueprint.links_to(self.name))

    def _child(self, relation: Relation) -> Child:
        inverse = relation.inverse_of(self.name)
        key = relation.keys[relation.targets.index(self.name)] if relation.kind == "subject" else relation.keys[0]
        operation = next(
            (
                one
                for one in self.known.blueprint.all(Operation, self.name)
                if one.verb == "children" and one.relation == inverse.singular
            ),
            None,
        )
        return Child(
            name=inverse.singular,
            of=self.views.named(relation.source),
            field=relation.field,
            key=key,
            writable=relation.writable,
            function=f"list{self.type}{inverse.pascal}" if operation else "",
            path=_template(operation.path, ("id",)) if operation else "",
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its sets of links that may be changed one by one."""
        return tuple(
            self._link(relation) for relation in self.known.blueprint.links_from(self.name) if relation.kind == "many"
            and relation.writable
        )  # fmt: skip

    def _link(self, relation: Relation) -> Link:
        operation = next(
            one
            for one in self.known.blueprint.all(Operation, self.name)
            if one.verb == "link" and one.relation == relation.field
        )
        item = self.entity.field(relation.field)
        return Link(
            name=relation.field,
            of=self.views.named(relation.target),
            const=f"{self.var}{item.names.pascal if item else relation.field}Links",
            path=_template(operation.path, ("id", "other")),
        )

    @property
    def detail_names(self) -> tuple[str, ...]:
        """What its own page takes of its part of the API."""
        functions = (child.function for child in self.children if child.function)
        return tuple(sorted({f"{self.var}Api", *functions, *(link.const for link in self.links)}))

    @property
    def detail_apis(self) -> tuple[EntityView, ...]:
        """The other entities whose rows its own page shows."""
        names = {*(child.of.name for child in self.children), *(link.of.name for link in self.links)} - {self.name}
        return tuple(self.views.named(name) for name in sorted(names))

    @cached_property
    def grants(self) -> Grants:
        """Who may do what with it."""
        return Grants(known=self.known, entity=self.entity)


@dataclass(frozen=True)
class Views:
    """All entities."""

    known: Known

    def of(self, entity: Entity) -> EntityView:
        """What templates ask about an entity."""
        return self._views[entity.name]

    def named(self, name: str) -> EntityView:
        """The view of the entity with an identifier."""
        return self._views[name]

    def __iter__(self) -> Iterator[EntityView]:
        return iter(self._views.values())

    @cached_property
    def _views(self) -> dict[str, EntityView]:
        return {entity.name: EntityView(views=self, entity=entity) for entity in self.known.spec.entities}

    @property
    def enums(self) -> tuple[Choices, ...]:
        """The shared choices."""
        return self.known.enums

    @property
    def has_subjects(self) -> bool:
        """Whether any row must lead to one of several entities."""
        return any(view.subjects for view in self)

    @property
    def roles(self) -> tuple[str, ...]:
        """What the role of an account can be, as the account's field holds it."""
        return self.known.roles.values if self.known.roles else ()

    @property
    def account(self) -> EntityView:
        """Who signs in."""
        return self._views[self.known.blueprint.account]

    @property
    def widgets(self) -> list[tuple[str, str]]:
        """The components of all forms, and their files."""
        return sorted({one for view in self for one in view.fields.widgets})

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The functions that show values, and their files."""
        return sorted({one for view in self for one in view.fields.cells})

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The functions that filter lists, and their files."""
        return sorted({one for view in self for one in view.fields.filter_files})

    def uses(self, *scalars: str) -> bool:
        """Whether any field, or the items of one, is of one of these scalar types."""
        return bool(self._scalars & {Scalar(name) for name in scalars})

    @cached_property
    def _scalars(self) -> frozenset[Scalar]:
        from iopeer_plugin_nextjs.view.known import item_type

        kinds = (item_type(item.type) for view in self for item in view.entity.fields)
        return frozenset(filter(None, map(scalar_of, kinds)))


def _prose(label: str) -> str:
    """A label inside a sentence: an acronym keeps its letters."""
    safe = " ".join(label.replace("*/", "").split())
    return safe if safe[1:2].isupper() else safe[:1].lower() + safe[1:]


def _template(path: str, variables: tuple[str, ...]) -> str:
    """A path whose parameters are variables: "/api/v1/tasks/${id}"."""
    parts = path.split("/")
    given = iter(variables)
    return "/".join(f"${{{next(given)}}}" if part.startswith("{") else part for part in parts)
