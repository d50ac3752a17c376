"""`## Seeds`: the first rows of entities, as Markdown tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iopeer_core.language.context import Context, Directory
from iopeer_core.language.expressions import Scope
from iopeer_core.language.field_types import UNKNOWN
from iopeer_core.language.first_rows import Row, check_first_rows
from iopeer_core.language.literals import read_value
from iopeer_core.language.markdown import Table
from iopeer_core.language.outline import Part
from iopeer_core.language.suggest import nearest
from iopeer_core.language.text import Text
from iopeer_core.model.display import ID, display_field
from iopeer_core.model.keys import keyed
from iopeer_core.model.spec import Entity, Field, LiteralKind, SeedTable


@dataclass(slots=True)
class _Rows:
    """All rows of one entity, of all its tables."""

    entity: Entity
    heading: Text
    columns: dict[str, Field] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


def read_seeds(parts: Sequence[Part], context: Context) -> tuple[SeedTable, ...]:
    """The rows of all entities, by entity; those of one entity add up. Rows and columns are in canonical order."""
    tables: dict[str, _Rows] = {}
    for part in parts:
        entity = context.entities.find(part.heading.value)
        if entity is None:
            heading = part.heading.value
            context.problems.add("E041", part.heading, lambda: context.entities.like(heading), entity=part.heading.raw)  # noqa: B023 - called at once
            continue
        rows = tables.setdefault(entity.name, _Rows(entity, part.heading))
        if not part.tables:
            context.problems.add("E120", part.heading, entity=entity.names.label)
        for table in part.tables:
            _read_table(table, rows, Scope(entity.names.label, Directory(entity.fields), context))
    for rows in tables.values():
        _check_rows(rows, context)
        check_first_rows(rows.entity, rows.rows, context.problems)
        _check_links(rows, tables, context)
    return tuple(_table(tables[name]) for name in sorted(tables))


def _read_table(table: Table, rows: _Rows, scope: Scope) -> None:
    """The rows of one table, under the columns of its header."""
    header, *body = table.rows
    columns, seen = list[Field | None](), set[str]()
    for cell in header:
        found = scope.need(cell)
        if found and (found.type.kind in {"has many", "has one"} or found.added_by):
            scope.context.problems.add("E081", cell, name=cell.raw)
            found = None
        elif found and found.name in seen:
            scope.context.problems.add("E092", cell, name=cell.raw)
            found = None
        columns.append(found)
        seen.add(found.name if found else "")
    rows.columns.update({column.name: column for column in columns if column})
    for cells in body:
        if len(cells) > len(columns):
            scope.context.problems.add("E121", cells[len(columns)], cells=len(cells), columns=len(columns))
        if not cells:
            continue
        # A row that is too short ends with empty cells, as in GitHub's tables.
        end = cells[-1].cut(len(cells[-1].value))
        pairs = zip(columns, [*cells, *[end] * (len(columns) - len(cells))], strict=False)
        row = {column.name: (cell, _cell(cell, column, scope.context)) for column, cell in pairs if column}
        if any(cell for cell, _ in row.values()):
            rows.rows.append(row)


def _cell(cell: Text, column: Field, context: Context) -> str | None:
    """The canonical text of a cell; links are named by what their target shows."""
    if not cell or column.type is UNKNOWN:
        return None
    if column.type.kind in {"belongs to", "many to many"}:
        return ", ".join(name.value for name in _names(cell, column))
    if column.type.kind == "list":
        item = column.type.item
        values = [read_value(part, item, context, quotes=False) for part in _parts(cell)]
        return ", ".join(value.value for value in values if value)
    value = read_value(cell, column.type, context, quotes=False)
    return value.value if value else None


def _names(cell: Text, column: Field) -> list[Text]:
    """What a link's cell names: one row, or several between commas."""
    return _parts(cell) if column.type.kind == "many to many" else [cell]


def _parts(cell: Text) -> list[Text]:
    """The parts between commas that are not empty."""
    parts: list[Text] = []
    at = 0
    for value in cell.value.split(","):
        part = cell.cut(at, at + len(value))
        if part:
            parts.append(part)
        at += len(value) + 1
    return parts


def _check_rows(rows: _Rows, context: Context) -> None:
    """Every row has what is required, and no unique value stands twice."""
    for item in keyed(rows.entity).fields:
        needed = (item.required or item.primary_key) and (item.default is None or item.default.kind is LiteralKind.ME)
        if needed and item.name not in rows.columns and item.type is not UNKNOWN:
            context.problems.add("E123", rows.heading, name=item.names.label, entity=rows.entity.names.label)
        seen: set[str] = set()
        for cell, value in (row[item.name] for row in rows.rows if item.name in row):
            if value is None and not cell and needed:
                context.problems.add("E124", cell, name=item.names.label)
            if value is not None and (item.unique or item.primary_key) and value in seen:
                context.problems.add("E125", cell, value=value, name=item.names.label)
            seen.add(value or "")


def _check_links(rows: _Rows, tables: Mapping[str, _Rows], context: Context) -> None:
    """Every name in a link's cell is shown by exactly one row of its targets."""
    for column in rows.columns.values():
        if column.type.kind == "belongs to":
            targets = column.type.targets
        elif column.type.kind == "many to many":
            targets = (column.type.target,)
        else:
            continue
        shown = Counter(value for target in targets if target in tables for value in _shown(tables[target]))
        for row in rows.rows:
            cell = row[column.name][0] if column.name in row else None
            for name in _names(cell, column) if cell else []:
                found = shown[name.value]
                if found == 0:
                    context.problems.add(
                        "E126",
                        name,
                        nearest(name.value, shown),
                        name=column.names.label,
                        value=name.raw,
                        targets=" | ".join(targets),
                    )
                elif found > 1:
                    context.problems.add("E127", name, value=name.raw, count=found)


def _shown(rows: _Rows) -> list[str]:
    """What each row shows of itself."""
    display = display_field(rows.entity)
    values = (row[display][1] for row in rows.rows if display != ID and display in row)
    return [value for value in values if value is not None]


def _table(rows: _Rows) -> SeedTable:
    """Columns in the order of the fields, rows in the order of their values: order means nothing here."""
    columns = tuple(item.name for item in rows.entity.fields if item.name in rows.columns)
    cells = [tuple(row[name][1] if name in row else None for name in columns) for row in rows.rows]
    cells.sort(key=lambda row: tuple((value is not None, value or "") for value in row))
    return SeedTable(entity=rows.entity.name, columns=columns, rows=tuple(cells), span=rows.heading.span)
