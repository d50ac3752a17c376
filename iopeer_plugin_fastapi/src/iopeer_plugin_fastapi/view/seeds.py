"""The first rows, as Python literals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iopeer_core.blueprint.account import ROLE
from iopeer_core.blueprint.display import ID
from iopeer_core.spec.model import Field, ListType, LiteralKind, Scalar, ScalarType, SeedTable, Value

from iopeer_plugin_fastapi.view import literals
from iopeer_plugin_fastapi.view.naming import quoted

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.app import AppView
    from iopeer_plugin_fastapi.view.entity import EntityView

_NUMBERS = frozenset({Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY})
_MOMENTS = frozenset({Scalar.DATE, Scalar.TIME, Scalar.DATETIME})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedView:
    """The rows of one entity.

    Attributes:
        entity: whose they are.
        key: the wire name of the column by which a row is known: the display field, else a unique one, else the first.
        rows: per row (wire name, Python expression) of its values.
        links: per row (wire name of the link's column or set, the entity that it leads to, what the cell names).
    """

    entity: EntityView
    key: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    links: tuple[tuple[tuple[str, EntityView, tuple[str, ...]], ...], ...]

    @property
    def declared(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows as the seeds declare them: values, and links by the label of the row that they lead to."""
        return tuple(self._declared(row, links) for row, links in zip(self.rows, self.links, strict=True))

    def _declared(
        self, row: tuple[tuple[str, str], ...], links: tuple[tuple[str, EntityView, tuple[str, ...]], ...]
    ) -> tuple[tuple[str, str], ...]:
        sets = self.sets
        shown = dict(row)
        for name, to, labels in links:
            named = [f"Named({to.const}, {quoted(label)})" for label in labels]
            shown[name] = f"({', '.join(named)},)" if name in sets else named[0]
        role = self.entity.app.role_enum
        if self.entity.is_account and role and ROLE not in shown:
            shown[ROLE] = f"{role.name}.{role.members[-1][0]}"
        return tuple(shown.items())

    @property
    def sets(self) -> frozenset[str]:
        """The wire names of the entity's links to many rows."""
        return frozenset(link.ids for link in self.entity.links)

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns by which a row is known: the key where no two rows share it, else all that every row has.

        Those of JSON, which databases compare as text, are among them only where a row has no others.
        """
        keys = [dict(row).get(self.key) for row in self.rows]
        if self.key not in self._json and None not in keys and len(set(keys)) == len(keys):
            return (self.key,)
        everywhere = [set(dict(row)) for row in self.declared]
        shared = set.intersection(*everywhere) - self.sets
        return tuple(name for name, _ in self.declared[0] if name in (shared - self._json or shared))

    @property
    def repeats(self) -> bool:
        """Whether rows are alike in all by which they are known."""
        rows = [dict(row) for row in self.declared]
        known = [tuple(row[name] for name in self.identity) for row in rows]
        return len(set(known)) < len(known)

    @property
    def by_json(self) -> bool:
        """Whether rows are known by nothing but JSON."""
        return not self._json.isdisjoint(self.identity)

    @property
    def _json(self) -> frozenset[str]:
        return frozenset(column.key for column in self.entity.table.columns if "JSON" in column.migration)


def seeds_of(app: AppView) -> Iterator[SeedView]:
    """The rows of all entities, each entity after those that it refers to."""
    by_entity = {table.entity: _seed(app, table) for table in app.blueprint.spec.seeds if table.rows}
    done: dict[str, SeedView] = {}

    def visit(name: str, open_: tuple[str, ...]) -> None:
        if name in by_entity and name not in done and name not in open_:
            for target in sorted({to.name for row in by_entity[name].links for _, to, _ in row}):
                visit(target, (*open_, name))
            done[name] = by_entity[name]

    for name in sorted(by_entity):
        visit(name, ())
    yield from done.values()


def _seed(app: AppView, table: SeedTable) -> SeedView:
    view = app.view(table.entity)
    fields = [item for item in (view.entity.field(name) for name in table.columns) if item is not None]
    plain = [(n, item) for n, item in enumerate(fields) if not item.is_link]
    rows = tuple(
        tuple((_wire(view, item), _python(app, item, row[n] or "")) for n, item in plain if row[n] is not None)
        for row in table.rows
    )
    links = tuple(tuple(_links(app, view, fields, row)) for row in table.rows)
    return SeedView(entity=view, key=_key(view, [item for _, item in plain]), rows=rows, links=links)


def _key(view: EntityView, plain: list[Field]) -> str:
    named = {_wire(view, item) for item in plain}
    if view.display != ID and view.display in named:
        return view.display
    if ID in named:
        return ID
    unique = next((item.name for item in plain if item.unique), None)
    return unique or (plain[0].name if plain else ID)


def _wire(view: EntityView, item: Field) -> str:
    """The wire name of a field that holds a value: that of a declared key is `id`."""
    return view.schema.columns_of(item.name)[0].key


def _links(
    app: AppView, view: EntityView, fields: list[Field], row: tuple[str | None, ...]
) -> Iterator[tuple[str, EntityView, tuple[str, ...]]]:
    for item, cell in zip(fields, row, strict=True):
        relation = app.known.relation(view.entity, item)
        if relation is not None and cell:
            names = tuple(part.strip() for part in cell.split(",")) if relation.kind == "many" else (cell,)
            yield relation.keys[0], app.view(relation.targets[0]), names


def _python(app: AppView, item: Field, cell: str) -> str:
    if isinstance(item.type, ListType):
        kind = item.type.item
        values = (
            _value(part.strip(), kind.scalar if isinstance(kind, ScalarType) else None) for part in cell.split(",")
        )
        stored = (quoted(v.value) if v.kind is LiteralKind.CHOICE else literals.python(v, kind, {}) for v in values)
        return f"[{', '.join(stored)}]"
    scalar = item.type.scalar if isinstance(item.type, ScalarType) else None
    shown = literals.python(_value(cell, scalar), item.type, app.known.members(item))
    return f"{shown}()" if shown in literals.CALLED.values() else shown


def _value(cell: str, scalar: Scalar | None) -> Value:
    """A cell, which holds a literal's canonical text, as the literal."""
    if scalar is None:
        return Value(kind=LiteralKind.CHOICE, value=cell)
    if scalar in _MOMENTS and cell in ("now", "today"):
        return Value(kind=LiteralKind(cell), value=cell)
    kind = LiteralKind.TEXT
    if scalar in _NUMBERS:
        kind = LiteralKind.NUMBER
    elif scalar in _MOMENTS:
        kind = LiteralKind.DATE
    elif scalar is Scalar.BOOLEAN:
        kind = LiteralKind.BOOLEAN
    return Value(kind=kind, value=cell)
