"""What the engine knows of an entity: its table, links and policy, as data."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Select,
    String,
    Table,
    case,
    exists,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.columns import Base
from backend.engine.policy import ACTOR, Actor, Id, Policy, Scope, Verb, role_of, scope_of
from backend.engine.problems import Forbidden, Unauthorized
from backend.engine.texts import fold, rank

Row = dict[str, Any]
"""A row as it is answered: wire names and values."""


@dataclass(frozen=True)
class Reference:
    """A link to one row: the column `<name>_id`, answered with a label as `<name>`.

    Of a link to one of several entities, `union` is the name under which it is answered.
    """

    name: str
    to: str
    union: str | None = None

    @cached_property
    def column(self) -> str:
        """The column that holds the id."""
        return f"{self.name}_id"

    @cached_property
    def label(self) -> str:
        """What the label is called in a statement."""
        return f"{self.name}.label"

    @cached_property
    def answer(self) -> str:
        """The name under which it is answered."""
        return self.union or self.name

    async def admit(
        self, entity: "Entity", connection: AsyncConnection, key: Id, target: Id
    ) -> None:
        """Refuse a target to which the row `key` may not lead; a plain link leads anywhere."""


@dataclass(frozen=True, eq=False)
class Links(ABC):
    """A set of links to rows: answered with labels as `name`, written as `ids`."""

    name: str
    ids: str
    to: str

    @property
    @abstractmethod
    def far(self) -> Column[Any]:
        """The column that holds the ids of the linked rows."""

    @abstractmethod
    def holds(self, table: FromClause, target: ColumnElement[Any]) -> ColumnElement[bool]:
        """Give the condition that a row of `table` is linked to a target."""

    @abstractmethod
    async def attach(
        self, connection: AsyncConnection, actor: Actor | None, rows: Sequence[Row]
    ) -> None:
        """Add the links to rows that are answered: one statement, however many rows."""

    @abstractmethod
    async def replace(
        self, connection: AsyncConnection, actor: Actor | None, key: Id, wanted: Collection[Id]
    ) -> None:
        """Replace the links of a row by others, as far as the caller may."""

    @abstractmethod
    async def put(self, connection: AsyncConnection, key: Id, targets: Collection[Id]) -> None:
        """Link a row to others that it is not linked to."""


class Trash(ABC):
    """How rows go out of sight instead of being deleted."""

    column: str
    """The column that tells it, which is never answered."""

    @abstractmethod
    def live(self, table: FromClause) -> ColumnElement[bool]:
        """Give the condition that a row is not deleted."""

    @abstractmethod
    async def discard(self, entity: "Entity", connection: AsyncConnection, key: Id) -> None:
        """Take a row out of sight. Raises Conflict where others need it."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A condition on rows when they are written, with the words for a client that breaks it."""

    condition: ColumnElement[bool]
    message: str
    field: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something done to an entity, for the steps before and after it; a list has no `key`.

    `old` is the row before it was changed or deleted, less what is never answered.
    """

    entity: "Entity"
    verb: Verb
    connection: AsyncConnection
    actor: Actor | None
    key: Id | None = None
    values: Row = field(default_factory=dict)
    old: Row | None = None


Step = Callable[[Event], Awaitable[None]]
Steps = dict[Verb, list[Step]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Entity:
    """An entity as the services see it."""

    name: str
    model: type[Base]
    label: str
    """The field that labels a row: the column of a link where a row is called like the one that it links to."""
    policy: Policy
    key: str = "id"
    """What rows call their id too: the field that is their key."""
    hidden: frozenset[str] = frozenset()
    searchable: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    links: tuple[Links, ...] = ()
    mine: tuple[str, ...] = ()
    """Links to the caller's account where nothing else is given."""
    rules: tuple[Rule, ...] = ()
    """What no CHECK of the database can hold."""
    trash: Trash | None = None
    before: Steps = field(default_factory=dict)
    after: Steps = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the entity known to those that link to it."""
        _ENTITIES[self.table.name] = self

    @cached_property
    def table(self) -> Table:
        """The table."""
        return table_of(self.model)

    @cached_property
    def columns(self) -> dict[str, Column[Any]]:
        """The columns that may be answered, by wire name."""
        concealed = self.hidden | ({self.trash.column} if self.trash else frozenset())
        return {c.key: c for c in self.table.c if c.key not in concealed}

    def shown(self, row: Mapping[str, Any]) -> Row:
        """Give of a row what may be answered."""
        return {name: row[name] for name in self.columns}

    @cached_property
    def sets(self) -> dict[str, Links]:
        """The links to many rows, by the name under which their ids are written."""
        return {links.ids: links for links in self.links}

    def granted_as(self, name: str) -> str:
        """Give the name by which a member is granted: links are granted by what they read as."""
        links = self.sets.get(name)
        return links.name if links else name

    @cache  # noqa: B019  # entities live as long as the process
    def scope(self, role: str | None, verb: Verb) -> Scope:
        """Give what a role may do."""
        return scope_of(self.policy, role, verb, self.owned)

    def granted(self, actor: Actor | None, verb: Verb) -> Scope:
        """Give what the caller may do, or refuse if that is nothing."""
        scope = self.scope(role_of(actor), verb)
        if scope.grants:
            return scope
        if actor is None:
            raise Unauthorized
        raise Forbidden(f"You may not {(verb.name or '').lower()} this.")

    @cached_property
    def cascades(self) -> tuple[Reference, ...]:
        """The links to rows that take those of this entity with them when they are deleted."""
        deleting = (r for r in self.references for k in self.table.c[r.column].foreign_keys if k.ondelete == "CASCADE")
        return tuple(deleting)

    @cached_property
    def part_of(self) -> tuple[Reference, ...]:
        """The links to rows that take this entity's out of sight; in circles what can be is marked instead."""
        return tuple(
            reference
            for reference in self.cascades
            if (entity_of(reference.to).trash and (self.trash is None or reference not in self.ringed))
            or (reference not in self.ringed and entity_of(reference.to).part_of)
        )

    @cached_property
    def ringed(self) -> tuple[Reference, ...]:
        """The links that delete in cascade and are part of a circle."""
        return tuple(r for r in self.cascades if self in above(entity_of(r.to)))

    def live(self, table: FromClause) -> list[ColumnElement[bool]]:
        """Give the conditions that a row is not deleted, nor out of sight with another."""
        own = [] if self.trash is None else [self.trash.live(table)]
        return own + [_whole(table, reference) for reference in self.part_of]

    def owned(self, table: FromClause, own: str) -> ColumnElement[bool]:
        """Give the condition that links lead from a row to the caller, through rows not deleted.

        Whether the caller sees the rows in between does not matter: whose they are does.
        """
        column, _, further = own.partition(".")
        if not further:
            return table.c[column] == ACTOR
        parent = next(entity_of(each.to) for each in self.references if each.column == column)
        other = parent.table.alias()
        rows = select(other.c.id).where(parent.owned(other, further), *parent.live(other))
        return table.c[column].in_(rows)

    def visible(self, table: FromClause, role: str | None) -> list[ColumnElement[bool]]:
        """Give the conditions of the rows that a role may see."""
        rows = self.scope(role, Verb.READ).where(table)
        return self.live(table) if rows is None else [*self.live(table), rows]

    def label_of(self, table: FromClause, role: str | None) -> ColumnElement[Any]:
        """Give the label of a row as text, null where a role may not read it."""
        if target := self.named_after:
            label = _of_linked(table, self.label, target, role, target.label_of)
            return self._labelled(table, role, label)
        return self._labelled(table, role, as_text(table.c[self.label]))

    def rank_of(self, table: FromClause, role: str | None) -> ColumnElement[Any]:
        """Give what rows that link to a row are sorted by: its label, null as the label is."""
        if target := self.named_after:
            ranked = _of_linked(table, self.label, target, role, target.rank_of)
            return self._labelled(table, role, ranked)
        return self._labelled(table, role, rank(table.c[self.label]))

    @cached_property
    def named_after(self) -> "Entity | None":
        """The entity whose rows name those of this one, by a link that each has; None for names of their own."""
        return next((entity_of(each.to) for each in self.references if each.column == self.label), None)

    def named(self, role: str | None, text: ColumnElement[str]) -> Select[Any]:
        """Give the ids of the rows that a role sees, and whose label it may read, by a pattern of the label."""
        table = self.table.alias()
        found = select(table.c.id).where(*self.visible(table, role))
        allowed = self.scope(role, Verb.READ).where(table, self.label)
        if target := self.named_after:
            label = table.c[self.label].in_(target.named(role, text))
        else:
            label = fold(as_text(table.c[self.label])).like(text, escape="\\")
        return found.where(label) if allowed is None else found.where(allowed, label)

    def _labelled(
        self, table: FromClause, role: str | None, label: ColumnElement[Any]
    ) -> ColumnElement[Any]:
        allowed = self.scope(role, Verb.READ).where(table, self.label)
        return label if allowed is None else case((allowed, label), else_=null())


def _of_linked(
    table: FromClause,
    column: str,
    target: Entity,
    role: str | None,
    what: Callable[[FromClause, str | None], ColumnElement[Any]],
) -> ColumnElement[Any]:
    """Give something of the row that a row links to, null where a role does not see that row."""
    other = target.table.alias()
    match = other.c.id == table.c[column]
    found = select(what(other, role)).where(match, *target.visible(other, role))
    return found.correlate(table).scalar_subquery()


def _whole(table: FromClause, reference: Reference) -> ColumnElement[bool]:
    """Give the condition that the row to which another belongs is live, where there is one."""
    parent = entity_of(reference.to)
    other, key = parent.table.alias(), table.c[reference.column]
    return or_(key.is_(None), exists().where(other.c.id == key, *parent.live(other)))


def as_text(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give a column as text."""
    is_text = isinstance(column.type, String)
    return type_coerce(column, String) if is_text else sql_cast(column, String)


async def run(steps: Steps, event: Event) -> None:
    """Run the steps that are registered for a verb."""
    for step in steps.get(event.verb, ()):
        await step(event)


_ENTITIES: dict[str, Entity] = {}


def table_of(model: type[Base]) -> Table:
    """Give the table of a model."""
    return cast(Table, model.__table__)


def entity_of(table: str) -> Entity:
    """Give the entity of a table."""
    return _ENTITIES[table]


def entities() -> tuple[Entity, ...]:
    """Give all entities."""
    return tuple(_ENTITIES.values())


def above(entity: Entity) -> set[Entity]:
    """Give the entities, itself included, whose rows may take its own with them."""
    found, pending = {entity}, [entity]
    while pending:
        new = {entity_of(reference.to) for reference in pending.pop().cascades} - found
        found |= new
        pending += new
    return found
