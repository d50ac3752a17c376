"""What a changed spec must say before its database can be made of the one that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iopeer_core.blueprint.contributions import Objection
from iopeer_core.model.spec import Entity, Field, Span, Spec

from iopeer_plugin_fastapi.schema.diff import Change, Difference
from iopeer_plugin_fastapi.schema.model import Column, Table
from iopeer_plugin_fastapi.schema.types import fate, loses
from iopeer_plugin_fastapi.view.literals import BACKFILL, fits
from iopeer_plugin_fastapi.view.names import Known

NO_VALUE = {
    "en": "{what} is required, and the rows that are there have no value for it; write `default …`, or `backfill …` "
    "for those rows alone (`, backfill 0`)",
    "es": "{what} es obligatorio y las filas existentes no tienen valor; escribe `por defecto …`, o `relleno …` solo "
    "para esas filas (`, relleno 0`)",
}
DROPPED = {
    "en": "{what} would go, with its data; say `was old name` where it has another name now, or agree with "
    "--allow-drop",
    "es": "{what} desaparecería con sus datos; escribe `antes nombre antiguo` si ahora se llama de otro modo, o "
    "acéptalo con --allow-drop",
}
LOST = {
    "en": "{what} would lose data: {how}; keep a type that holds all values, add a field of another name, or agree "
    "with --allow-drop",
    "es": "{what} perdería datos: {how}; conserva un tipo en el que quepan todos los valores, añade un campo con otro "
    "nombre, o acéptalo con --allow-drop",
}
KEY = {
    "en": "the primary key of {what} changes, and nobody can say which row is which; write that migration by hand, or "
    "give the entity another name",
    "es": "la clave primaria de {what} cambia y nadie puede decir qué fila es cuál; escribe esa migración a mano o da "
    "otro nombre a la entidad",
}
MISFIT = {
    "en": "'{value}' is no value that {what} takes; `backfill` is written as a default is",
    "es": "'{value}' no es un valor que {what} admita; `relleno` se escribe como un valor por defecto",
}
HOW = {"cut": "longer texts are cut, other choices go", "rounded": "digits are rounded", "lost": "no value can stay"}


def objections(difference: Difference, spec: Spec, *, allow_drop: bool) -> Iterator[Objection]:
    """Why the one database cannot become the other one.

    Args:
        difference: of the databases.
        spec: the new one, whose lines are named.
        allow_drop: whether the user has agreed that data go.
    """
    where = _Where(spec)
    for change in difference.changes:
        if change.new is None and change.old:
            if not allow_drop:
                yield _objection("E2", DROPPED, where.spec, what=change.old.name)
        elif change.old and change.new:
            yield from _of_table(change, change.old, change.new, where, allow_drop=allow_drop)


def misfits(known: Known) -> Iterator[Objection]:
    """What a `backfill` says that its field does not take.

    Args:
        known: the plan.
    """
    for entity in known.spec.entities:
        for item in entity.fields:
            said = next((extra for extra in item.extras if extra.name == BACKFILL), None)
            if said and not fits(item, said.value, known.choices(item)):
                yield _objection(
                    "E5", MISFIT, said.span, value=said.value, what=f"{entity.names.label}.{item.names.label}"
                )


def _of_table(change: Change, old: Table, new: Table, where: _Where, *, allow_drop: bool) -> Iterator[Objection]:
    keys = {after.name: before.name for before, after in change.pairs}
    if tuple(keys.get(name) for name in new.key) != old.key:
        yield _objection("E4", KEY, where.table(new), what=new.name)
    for before, after in change.columns:
        if after is None and before:
            if not allow_drop:
                yield _objection("E2", DROPPED, where.table(new), what=f"{new.name}.{before.name}")
        elif after:
            at, what = where.column(new, after), f"{new.name}.{after.name}"
            if _needs_value(before, after) and not after.fill:
                yield _objection("E1", NO_VALUE, at, what=what)
            if before and loses(before, after) and not allow_drop:
                yield _objection("E3", LOST, at, what=what, how=HOW.get(fate(before, after), "parts of values go"))


def _needs_value(old: Column | None, new: Column) -> bool:
    """Whether rows may be without a value that they must have."""
    gone = old is not None and (fate(old, new) == "lost" or (fate(old, new) == "cut" and bool(new.choices)))
    return not new.nullable and (old is None or old.nullable or gone)


def _objection(code: str, messages: Mapping[str, str], at: Span, **values: str) -> Objection:
    return Objection(code=code, at=at, messages=messages, values=values)


class _Where:
    """The lines of a spec that tables and columns come from."""

    def __init__(self, spec: Spec) -> None:
        file = next((entity.span.file for entity in spec.entities if entity.span.line), "")
        self.spec = Span(file=file, line=1, column=1, end_column=1)
        self._entities = {entity.name: entity for entity in spec.entities}

    def table(self, table: Table) -> Span:
        """The entity's heading; the first line where there is none."""
        entity = self._entity(table)
        return entity.span if entity and entity.span.line else self.spec

    def column(self, table: Table, column: Column) -> Span:
        """The field; else its entity."""
        entity = self._entity(table)
        found = self._field(entity, column) if entity else None
        return found.span if found and found.span.line else self.table(table)

    def _entity(self, table: Table) -> Entity | None:
        return self._entities.get(table.origin.partition(".")[0])

    def _field(self, entity: Entity, column: Column) -> Field | None:
        return entity.field(column.origin.partition(".")[0])
