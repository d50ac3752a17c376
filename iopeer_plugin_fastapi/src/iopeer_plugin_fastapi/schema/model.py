"""What a database holds, as plain values that the next generation can read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from iopeer_plugin_fastapi.contributions import SchemaObject
from iopeer_plugin_fastapi.view import AppView
from iopeer_plugin_fastapi.view import tables as view
from iopeer_plugin_fastapi.view.expressions import sql_name
from iopeer_plugin_fastapi.view.tables import stored_name

VERSION = 1
"""Of the form that is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; `origin` is what it is called in the spec, by which it is known when its name changes."""

    name: str
    origin: str
    type: str  # as migrations write it: "sa.String(length=200)"
    nullable: bool = True
    quoted: bool = False
    choices: tuple[str, ...] = ()
    fill: str = ""  # Python of what rows get that have none; "" where nobody said


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A named condition on a table: a foreign key, a unique one, a check, or an index."""

    name: str
    kind: str  # "foreignkey", "unique", "live", "check", "index"
    columns: tuple[str, ...] = ()
    descending: tuple[bool, ...] = ()  # of an index
    sql: str = ""  # of a check
    table: str = ""  # that a foreign key leads to
    target: str = ""  # its column there
    on_delete: str = ""
    late: bool = False  # made after its table, since that one is older than the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; `origin` is its entity, or "entity.field" of a set of links."""

    name: str
    origin: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    constraints: tuple[Constraint, ...] = ()
    keeps_ids: bool = False  # an id is never given again

    def column(self, name: str) -> Column | None:
        """The column with this name."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """Something beside tables: statements that make and drop it."""

    name: str
    dialect: str
    up: tuple[str, ...]
    down: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A database; each table comes after those that it refers to."""

    tables: tuple[Table, ...] = ()
    objects: tuple[Object, ...] = ()


def schema_of(app: AppView) -> Schema:
    """The database of an app: of the tables of which its models are made."""
    account = app.account.table_name if not app.account.has_own_key else ""
    objects = (
        Object(name=each.name, dialect=each.dialect, up=each.up, down=each.down)
        for each in app.blueprint.all(SchemaObject)
    )
    tables = tuple(_table(table, keeps_ids=table.counted or table.name == account) for table in app.tables)
    return Schema(tables=tables, objects=tuple(objects))


def _table(table: view.Table, *, keeps_ids: bool) -> Table:
    return Table(
        name=table.name,
        origin=table.origin or f"*.{table.variable}",
        columns=tuple(map(_column, table.columns)),
        key=tuple(column.name for column in table.keys),
        constraints=tuple(_constraints(table)),
        keeps_ids=keeps_ids,
    )


def _column(column: view.Column) -> Column:
    choices = column.choices
    return Column(
        name=column.name,
        origin=column.origin or column.key,
        type=f"sa.String(length={max(map(len, choices))})" if choices else column.migration,
        nullable=column.nullable,
        quoted=column.quoted,
        choices=choices,
        fill=column.fill,
    )


def _constraints(table: view.Table) -> list[Constraint]:
    found = []
    for column in table.columns:
        if column.choices:
            values = ", ".join("'" + value.replace("'", "''") + "'" for value in column.choices)
            sql = f"{sql_name(column.name)} IN ({values})"
            found.append(Constraint(name=stored_name("ck", table.name, column.name), kind="check", sql=sql))
    found += [
        Constraint(name=stored_name("ck", table.name, check.name), kind="check", sql=check.sql)
        for check in table.checks
    ]
    for column in table.foreign_keys:
        assert column.references  # noqa: S101 - those that refer
        found.append(
            Constraint(
                name=stored_name("fk", table.name, column.name), kind="foreignkey", columns=(column.name,),
                table=column.references.table, target=column.references.column,
                on_delete=column.references.on_delete, late=column.references.late,
            )
        )  # fmt: skip
    for unique in table.all_uniques:
        kind = "live" if unique.live else "unique"
        names = tuple(column.name for column in unique.columns)
        found.append(Constraint(name=unique.name(table.name), kind=kind, columns=names))
    for index in table.all_indexes:
        names = tuple(column.name for column, _ in index.columns)
        down = tuple(descends for _, descends in index.columns)
        found.append(Constraint(name=index.name(table.name), kind="index", columns=names, descending=down))
    return found


def to_data(schema: Schema) -> dict[str, Any]:
    """The schema as JSON values, without what is as usual."""
    return {
        "tables": {table.name: _said(table) | _parts(table) for table in schema.tables},
        "objects": {f"{each.dialect} {each.name}": {"up": [*each.up], "down": [*each.down]} for each in schema.objects},
    }


def _parts(table: Table) -> dict[str, Any]:
    return {
        "columns": {each.name: _said(each) for each in table.columns},
        "constraints": {each.name: _said(each) for each in table.constraints},
    }


def _said(value: Table | Column | Constraint) -> dict[str, Any]:
    usual = {"nullable": True, "quoted": False, "keeps_ids": False, "late": False}
    data = {name: [*item] if isinstance(item, tuple) else item for name, item in asdict(value).items()}
    left_out = {"name", "columns" if isinstance(value, Table) else "", "constraints"}
    return {
        name: item
        for name, item in data.items()
        if name not in left_out and item not in ("", []) and usual.get(name) is not item
    }


def from_data(data: Mapping[str, Any]) -> Schema:
    """What `to_data` gave; a `KeyError` or `TypeError` where it is anything else."""
    tables = (_read_table(name, table) for name, table in data["tables"].items())
    objects = (
        Object(name=key.partition(" ")[2], dialect=key.partition(" ")[0], up=tuple(one["up"]), down=tuple(one["down"]))
        for key, one in sorted(data["objects"].items())
    )
    return Schema(tables=_ordered({table.name: table for table in tables}), objects=tuple(objects))


def _read_table(name: str, data: Mapping[str, Any]) -> Table:
    parts = {key: value for key, value in data.items() if key not in {"columns", "constraints"}}
    return Table(
        name=name,
        columns=tuple(Column(name=each, **_tuples(one)) for each, one in sorted(data["columns"].items())),
        constraints=tuple(Constraint(name=each, **_tuples(one)) for each, one in sorted(data["constraints"].items())),
        **_tuples(parts),
    )


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(item) if isinstance(item, list) else item for name, item in data.items()}


def _ordered(tables: Mapping[str, Table]) -> tuple[Table, ...]:
    """Each table after those that it refers to, but for what is late."""
    done: dict[str, Table] = {}

    def visit(name: str) -> None:
        if name in tables and name not in done and name not in open_:
            open_.append(name)
            for each in tables[name].constraints:
                if each.kind == "foreignkey" and not each.late:
                    visit(each.table)
            done[name] = tables[name]

    open_: list[str] = []
    for name in sorted(tables):
        visit(name)
    return tuple(done.values())
