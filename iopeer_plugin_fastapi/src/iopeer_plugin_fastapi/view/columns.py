"""From the fields and links of entities to columns and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from iopeer_core.language.facts import Facts
from iopeer_core.model.keys import key_field
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import (
    CheckRule,
    Entity,
    Field,
    LiteralKind,
    OnDelete,
    UniqueRule,
)
from iopeer_core.model.walk import fields_of

from iopeer_plugin_fastapi.view import literals
from iopeer_plugin_fastapi.view.expressions import Operand, check_sql, checkable, sql_name
from iopeer_plugin_fastapi.view.names import Known
from iopeer_plugin_fastapi.view.naming import attribute
from iopeer_plugin_fastapi.view.tables import Check, Column, ForeignKey, Index, Table, Unique
from iopeer_plugin_fastapi.view.types import kind_of

_ON_DELETE = {OnDelete.CASCADE: "CASCADE", OnDelete.SET_NULL: "SET NULL", OnDelete.RESTRICT: "RESTRICT"}
TIMESTAMPS = ("created_at", "updated_at")


def _timestamp(name: str, *, nullable: bool = False) -> Column:
    return Column(
        key=name,
        name=name,
        attribute=name,
        python="datetime",
        type="UTCDateTime",
        migration="UTCDateTime()",
        nullable=nullable,
        indexed=nullable,
        default="" if nullable else "utcnow",
        fill="" if nullable else literals.FILLED["utcnow"],
    )


ID = Column(
    key="id",
    name="id",
    attribute="id",
    python="int",
    type="BigInt",
    migration="BigInt",
    nullable=False,
    primary_key=True,
)
DELETED_AT = _timestamp("deleted_at", nullable=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """Makes the table of one entity."""

    known: Known
    entity: Entity

    def table(self) -> Table:
        """The table, with all that mixins give it."""
        own = tuple(self.own())
        columns = (*(() if self.key else (ID,)), *own, *((DELETED_AT,) if self.entity.soft_delete else ()))
        return Table(
            name=self.known.table_of(self.entity.name),
            columns=(*columns, *map(_timestamp, TIMESTAMPS)),
            uniques=tuple(self.uniques()),
            checks=tuple(self.checks()),
            indexes=tuple(self.indexes()),
            origin=self.entity.name,
        )

    @property
    def key(self) -> Field | None:
        """The declared primary key; the column `id` where there is none."""
        return key_field(self.entity)

    def own(self) -> Iterator[Column]:
        """The columns of the entity's own fields, in their order."""
        for item in self.entity.fields:
            relation = self.known.relation(self.entity, item)
            if not item.is_link:
                yield self._value(item)
            elif relation is not None and relation.kind != "many":
                yield from self._links(item, relation)

    def columns_of(self, name: str) -> tuple[Column, ...]:
        """The columns of a field: one, or those of a link to several entities; `created_at` and `id` too."""
        if name == "id":
            return (self._value(self.key) if self.key else ID,)
        if name in TIMESTAMPS:
            return (_timestamp(name),)
        item = self.entity.field(name)
        relation = self.known.relation(self.entity, item) if item else None
        if item is None:
            return ()
        if not item.is_link:
            return (self._value(item),)
        return tuple(self._links(item, relation)) if relation and relation.kind != "many" else ()

    def _value(self, item: Field) -> Column:
        kind = kind_of(item, self.known.enum_class, self.known.choices)
        is_key = item == self.key
        name = item.column or item.name
        return Column(
            key="id" if is_key else item.name,
            name=name,
            attribute="id" if is_key else attribute(item.name),
            python=kind.python,
            type=kind.column,
            migration=kind.migration,
            nullable=not (item.required or item.primary_key),
            primary_key=is_key,
            unique=item.unique and not is_key and not self.entity.soft_delete,
            indexed=item.indexed and not is_key,
            default=self._default(item),
            doc=item.doc,
            origin=item.name,
            choices=self.known.choices(item) if item.type.kind != "list" else (),
            fill=literals.fill(item, self.known.choices(item)),
        )

    def _default(self, item: Field) -> str:
        if item.default is None or item.default.kind is LiteralKind.ME:
            return ""
        return literals.python(item.default, item.type, self.known.members(item))

    def _links(self, item: Field, relation: Relation) -> Iterator[Column]:
        for target, key in zip(relation.targets, relation.keys, strict=True):
            single = relation.kind == "one"
            unique = item.unique and single
            yield replace(
                _link_column(self.known, key, target, on_delete=_ON_DELETE[relation.on_delete]),
                name=item.column if item.column and single else key,
                nullable=not (single and relation.required),
                unique=unique and not self.entity.soft_delete,
                indexed=not unique or self.entity.soft_delete,
                doc=item.doc,
                origin=item.name if single else f"{item.name}.{target}",
                fill=literals.fill(item, ()),
            )

    def uniques(self) -> Iterator[Unique]:
        """Those that are not said by `unique=True`: of several columns, or among the live rows alone."""
        live = self.entity.soft_delete
        seen: set[tuple[str, ...]] = set()
        for item in self.entity.fields:
            columns = self.columns_of(item.name)
            if item.unique and item != self.key and columns and (live or len(columns) > 1):
                for column in columns:
                    seen.add((column.key,))
                    yield Unique(columns=(column,), live=live)
        for rule in self.entity.rules:
            if isinstance(rule, UniqueRule):
                columns = tuple(column for name in rule.fields for column in self.columns_of(name))
                names = tuple(column.key for column in columns)
                alone = len(columns) == 1 and columns[0].unique
                if names not in seen and not alone:
                    seen.add(names)
                    yield Unique(columns=columns, live=live)

    def indexes(self) -> Iterator[Index]:
        """Those of `#### Indexes`, but for what single columns have anyway."""
        seen: set[str] = set()
        for index in self.entity.indexes:
            columns = tuple((c, part.descending) for part in index.columns for c in self.columns_of(part.field))
            made = Index(columns=columns)
            alone = len(columns) == 1 and (columns[0][0].indexed or columns[0][0].unique)
            if columns and not alone and made.name("") not in seen:
                seen.add(made.name(""))
                yield made

    def checks(self) -> Iterator[Check]:
        """The rules, and that a link to several entities leads to exactly one."""
        for item in self.entity.fields:
            relation = self.known.relation(self.entity, item)
            if relation is not None and relation.kind == "subject":
                yield self._exactly_one(item, relation)
        taken = set(self._taken_checks())
        for rule in self.entity.rules:
            if isinstance(rule, CheckRule) and checkable(rule.expr, self.operand):
                field = fields_of(rule.expr)[0]
                blamed = self.columns_of(field)
                name = field
                number = 1
                while name in taken:
                    number += 1
                    name = f"{field}_{number}"
                taken.add(name)
                message = rule.message or f"Not {self._said(rule)}"
                wire = blamed[0].key if blamed else field
                yield Check(name=name, sql=check_sql(rule.expr, self.operand), message=message, field=wire)

    def _said(self, rule: CheckRule) -> str:
        """A rule in the words of the spec, without its backticks."""
        spec = self.known.spec
        return Facts(spec, spec.language).expr(rule.expr, self.entity).replace("`", "")

    def _taken_checks(self) -> Iterator[str]:
        """The names that the CHECKs of choices and of links to several entities have already."""
        for item in self.entity.fields:
            relation = self.known.relation(self.entity, item)
            if self.known.choices(item) and item.type.kind != "list":
                yield item.column or item.name
            elif relation is not None and relation.kind == "subject":
                yield item.name

    def _exactly_one(self, item: Field, relation: Relation) -> Check:
        names = [sql_name(key) for key in relation.keys]
        counted = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in names)
        wanted = "= 1" if relation.required else "<= 1"
        message = f"Give {'exactly' if relation.required else 'at most'} one of {', '.join(relation.keys)}"
        return Check(name=item.name, sql=f"{counted} {wanted}", message=message, field=item.name)

    def operand(self, name: str) -> Operand:
        """A field as expressions see it."""
        columns = self.columns_of(name)
        item = self.entity.field(name)
        if not columns:
            raise KeyError(name)
        kind = item.type if item else self.known.system_type(name)
        members = self.known.members(item) if item else {}
        return Operand(key=columns[0].key, column=columns[0].name, type=kind, choices=members)


def association(known: Known, entity: Entity, relation: Relation) -> Table | None:
    """The table of a many to many of its own; none where another entity holds it."""
    if relation.through or relation.kind != "many":
        return None
    name = known.association_name(entity, relation)
    near, far = known.association_keys(entity, relation)
    columns = tuple(
        replace(
            _link_column(known, key, target, primary_key=True, indexed=position == 1),
            origin=("source", "target")[position],
        )
        for position, (key, target) in enumerate(((near, entity.name), (far, relation.target)))
    )
    return Table(name=name, columns=columns, variable=name, origin=f"{entity.name}.{relation.field}")


def _link_column(
    known: Known, key: str, target: str, *, primary_key: bool = False, indexed: bool = True, on_delete: str = "CASCADE"
) -> Column:
    """A required column that leads to a row of `target`."""
    python, kind, migration = known.key_type(target)
    return Column(
        key=key,
        name=key,
        attribute=attribute(key),
        python=python,
        type=kind,
        migration=migration,
        nullable=False,
        primary_key=primary_key,
        indexed=indexed,
        references=ForeignKey(table=known.table_of(target), column=known.key_column(target), on_delete=on_delete),
    )


SESSIONS = "AuthSession"
"""The model of signed-in devices."""


def sessions_table(known: Known, name: str) -> Table:
    """The table of signed-in devices: one row each, with the refresh token that is current.

    Args:
        known: for the account's key.
        name: of the table.
    """
    columns = (
        _uuid("id", primary_key=True),
        _link_column(known, "user_id", known.blueprint.account),
        _uuid("token_id"),
        replace(_uuid("previous_id"), nullable=True),
        replace(_timestamp("rotated_at"), default="", nullable=True),
        replace(_timestamp("expires_at"), default=""),
        _timestamp("created_at"),
    )
    return Table(name=name, columns=columns, variable=SESSIONS)


SEEDED = "SeededRow"
"""The model of what was seeded."""


def seeded_table(name: str) -> Table:
    """The table of the rows that were seeded once.

    Args:
        name: of the table.
    """
    columns = (_text("seed", 64, primary_key=True), _text("source", 255), _text("row_id", 255))
    return Table(name=name, columns=columns, variable=SEEDED)


OUTBOX = "_outbox"
"""The table of changes that are still to be delivered: no entity is called so."""


def outbox_table() -> Table:
    """The table of changes that are still to be delivered; `backend/engine/outbox.py` has the model."""
    entity, row_key, handler = (_text(key, 255) for key in ("entity", "row_key", "handler"))
    json, number = "sa.JSON()", "sa.Integer()"
    columns = (
        ID,
        handler,
        entity,
        row_key,
        _text("operation", 16),
        replace(_uuid("row_before"), migration=json, nullable=True),
        replace(_uuid("row_after"), migration=json, nullable=True),
        replace(_text("actor", 255), nullable=True),
        _timestamp("changed_at"),
        replace(_uuid("tries"), migration=number),
        _timestamp("due_at"),
        replace(_uuid("holder"), nullable=True),
        replace(_timestamp("held_until"), nullable=True),
        replace(_timestamp("failed_at"), nullable=True),
    )
    index = Index(columns=((entity, False), (row_key, False), (handler, False)))
    return Table(name=OUTBOX, columns=columns, indexes=(index,), variable="Kept", counted=True)


def _text(key: str, length: int, *, primary_key: bool = False) -> Column:
    return Column(
        key=key,
        name=key,
        attribute=key,
        python="str",
        type=f"String({length})",
        migration=f"sa.String(length={length})",
        nullable=False,
        primary_key=primary_key,
    )


def _uuid(key: str, *, primary_key: bool = False) -> Column:
    return Column(
        key=key,
        name=key,
        attribute=key,
        python="UUID",
        type="Uuid",
        migration="sa.Uuid()",
        nullable=False,
        primary_key=primary_key,
    )
