"""The first rows, as Python literals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iopeer_core.model.account import ROLE
from iopeer_core.model.display import ID, display_field
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import Field, ListType, LiteralKind, Scalar, ScalarType, SeedTable, Value

from iopeer_plugin_fastapi.view import literals
from iopeer_plugin_fastapi.view.naming import quoted

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.entity import App, EntityView

_NUMBERS = frozenset({Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY})
_MOMENTS = frozenset({Scalar.DATE, Scalar.TIME, Scalar.DATETIME})


@dataclass(frozen=True, slots=True)
class Named:
    """The row that a link leads to.

    Attributes:
        entity: whose it is.
        label: what it shows, as a Python expression.
        later: whether it may not be there yet when the row that links to it is added.
    """

    entity: EntityView
    label: str
    later: bool

    @property
    def code(self) -> str:
        """The expression in the seeds."""
        return f"{'Later' if self.later else 'Named'}({self.entity.const}, {self.label})"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedView:
    """The rows of one entity.

    Attributes:
        entity: whose they are.
        key: the wire name of the column by which a row is known: the display field, else a unique one, else the first.
        rows: per row (wire name, Python expression) of its values.
        links: per row (wire name of the link's column or set, what the cell names).
    """

    entity: EntityView
    key: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    links: tuple[tuple[tuple[str, tuple[Named, ...]], ...], ...]

    @property
    def declared(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows as the seeds declare them: values, and links by the label of the row that they lead to."""
        return tuple(self._declared(row, links) for row, links in zip(self.rows, self.links, strict=True))

    def _declared(
        self, row: tuple[tuple[str, str], ...], links: tuple[tuple[str, tuple[Named, ...]], ...]
    ) -> tuple[tuple[str, str], ...]:
        shown = dict(row)
        for name, targets in links:
            named = [target.code for target in targets]
            shown[name] = f"({', '.join(named)},)" if name in self.sets else named[0]
        role = self.entity.app.known.role_enum
        if self.entity.is_account and role and ROLE not in shown:
            shown[ROLE] = f"{role.name}.{role.members[-1][0]}"
        return tuple(shown.items())

    @property
    def later(self) -> frozenset[str]:
        """The wire names of links that lead to rows which may come later."""
        links = (link for row in self.links for link in row)
        return frozenset(name for name, targets in links if any(target.later for target in targets))

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
        shared = set.intersection(*everywhere) - self.sets - self.later
        return tuple(name for name, _ in self.declared[0] if name in (shared - self._json or shared))

    @property
    def _json(self) -> frozenset[str]:
        return frozenset(column.key for column in self.entity.table.columns if "JSON" in column.migration)


def seeds_of(app: App) -> Iterator[SeedView]:
    """The rows of all entities, each entity after those that it refers to where they do not refer to each other."""
    tables = {table.entity: table for table in app.blueprint.spec.seeds if table.rows}
    placed: list[str] = []
    while len(placed) < len(tables):
        rest = [name for name in sorted(tables) if name not in placed]
        name = next(_free(app, tables, rest))
        yield _seed(app, tables, name, placed)
        placed.append(name)


def _free(app: App, tables: Mapping[str, SeedTable], rest: list[str]) -> Iterator[str]:
    """The entities to come next: those that need none of the rest; those whose required links do not; any."""
    for strict in (True, False):
        for name in rest:
            needed = {
                target.entity.name
                for row in _seed(app, tables, name, []).links
                for _, targets in row
                for target in targets
                if strict or not target.later
            }
            if needed.isdisjoint(set(rest) - {name}):
                yield name
    yield rest[0]


def _seed(app: App, tables: Mapping[str, SeedTable], name: str, placed: list[str]) -> SeedView:
    table, view = tables[name], app.view(name)
    fields = [item for item in (view.entity.field(column) for column in table.columns) if item is not None]
    plain = [(n, item) for n, item in enumerate(fields) if not item.is_link]
    rows = tuple(
        tuple((_wire(view, item), _python(app, item, row[n] or "")) for n, item in plain if row[n] is not None)
        for row in table.rows
    )
    links = tuple(
        tuple(
            _link(app, tables, relation, cell, placed)
            for item, cell in zip(fields, row, strict=True)
            if cell and (relation := app.known.relation(view.entity, item))
        )
        for row in table.rows
    )
    return SeedView(entity=view, key=_key(view, [item for _, item in plain]), rows=rows, links=links)


def _link(
    app: App, tables: Mapping[str, SeedTable], relation: Relation, cell: str, placed: list[str]
) -> tuple[str, tuple[Named, ...]]:
    """The wire name of a link, and the rows that its cell names."""
    labels = [part.strip() for part in cell.split(",")] if relation.kind == "many" else [cell]
    target = next((t for t in relation.targets if labels[0] in _shown(app, tables, t)), relation.targets[0])
    late = target not in placed and not (relation.required and relation.kind != "many")
    item = app.view(target).entity.field(display_field(app.view(target).entity))
    named = (Named(app.view(target), _python(app, item, label) if item else label, late) for label in labels)
    return relation.keys[relation.targets.index(target) if relation.kind == "subject" else 0], tuple(named)


def _shown(app: App, tables: Mapping[str, SeedTable], name: str) -> set[str | None]:
    """What the rows of an entity show of themselves."""
    table, display = tables.get(name), display_field(app.view(name).entity)
    if table is None or display not in table.columns:
        return set()
    return {row[table.columns.index(display)] for row in table.rows}


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


def _python(app: App, item: Field, cell: str) -> str:
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
