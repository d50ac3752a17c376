"""What a caller sees of rows: the columns that are granted, with the labels of linked rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.entity import Entity, Links, Reference, Row, entity_of
from backend.engine.policy import Actor, Scope, Verb


@dataclass(frozen=True, slots=True)
class Projection:
    """The columns that a role reads of an entity, and how a row becomes an answer."""

    entity: Entity
    statement: Select[Any]
    names: tuple[str, ...]
    references: tuple[Reference, ...]
    links: tuple[Links, ...]
    ranks: Mapping[str, ColumnElement[Any]]
    """What rows are sorted by where they are sorted by a link, by the link."""
    by_row: tuple[str, ...]
    """What one row shows and another does not."""
    scope: Scope

    def present(self, row: Any) -> Row:
        """Turn a selected row into an answer: links get labels, refused fields fall out."""
        data: Row = dict(zip(self.names, row, strict=True))
        for reference in self.references:
            key, label = data[reference.column], data.pop(reference.label)
            answer = None if key is None else {"id": key, "label": label}
            if reference.union is None:
                data[reference.name] = answer
            elif answer is not None:
                data[reference.union] = answer | {"type": entity_of(reference.to).name}
            else:
                data.setdefault(reference.union, None)
        for links in self.links:
            data[links.name] = []
        return self._held(data) if self.by_row else data

    def _held(self, data: Row) -> Row:
        """Leave out what no grant that holds in the row includes."""
        held = self.scope.holding(data)
        refused = {name for name in self.by_row if held.never(name)}
        refused |= {r.answer for r in self.references if r.column in refused}
        refused |= {f"_grant_{number}" for number in range(len(self.scope.grants))}
        return {name: value for name, value in data.items() if name not in refused}

    async def attach(
        self, connection: AsyncConnection, actor: Actor | None, rows: Sequence[Row]
    ) -> None:
        """Add to answers what they link to."""
        for links in self.links if rows else ():
            await links.attach(connection, actor, [row for row in rows if links.name in row])


@lru_cache(maxsize=1024)
def projection(entity: Entity, role: str | None, written: bool = False) -> Projection:
    """Prepare the columns that a role reads.

    Args:
        entity: what is read.
        role: the caller's role; None if not signed in.
        written: the row was just written by the caller, who may not see it any more: then the
            conditions on rows do not count, those on fields do.
    """
    table = entity.table
    scope = entity.scope(role, Verb.READ)
    if written:
        scope = scope.unconditional()
    readable = [name for name in entity.columns if not scope.never(name)]
    shown = (links for links in entity.links if links.ids not in entity.hidden)
    links = tuple(each for each in shown if not scope.never(each.name))
    granted = [] if scope.whole else [*readable, *(each.name for each in links)]
    by_row = tuple(name for name in granted if name != "id" and not scope.equal(name, "id"))
    columns: list[ColumnElement[Any]] = []
    for name in readable:
        column: ColumnElement[Any] = entity.columns[name]
        where = scope.where(table, name) if name in by_row else None
        columns.append((column if where is None else case((where, column))).label(name))
    source: FromClause = table
    references = tuple(r for r in entity.references if r.column in readable)
    ranks: dict[str, ColumnElement[Any]] = {}
    for reference in references:
        target = entity_of(reference.to)
        other = target.table.alias()
        match = and_(other.c.id == table.c[reference.column], *target.visible(other, role))
        source = source.outerjoin(other, match)
        columns.append(target.label_of(other, role).label(reference.label))
        ranks[reference.name] = target.rank_of(other, role)
    if by_row:
        columns += scope.flags(table)
    statement = select(*columns).select_from(source)
    names = tuple(statement.selected_columns.keys())
    return Projection(entity, statement, names, references, links, ranks, by_row, scope)


def returned(entity: Entity, role: str | None) -> list[ColumnElement[Any]]:
    """Give what a projection on whole rows reads, for an INSERT to return: labels by subqueries."""
    columns: list[ColumnElement[Any]] = [c.label(name) for name, c in entity.columns.items()]
    for reference in entity.references:
        if reference.column in entity.hidden:
            continue
        target = entity_of(reference.to)
        other = target.table.alias()
        # Written out: a column of the table would add the whole table to the subquery.
        name = entity.table.c[reference.column].name
        key: ColumnElement[Any] = literal_column(f'"{entity.table.name}"."{name}"')
        label = select(target.label_of(other, role))
        found = label.where(other.c.id == key, *target.visible(other, role)).scalar_subquery()
        columns.append(found.label(reference.label))
    return columns
