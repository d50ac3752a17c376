"""The first rows keep what their fields and rules say, as the app itself would ask: else it could not store them."""

from __future__ import annotations

from collections.abc import Sequence

from iopeer_core.language.field_types import MOMENTS
from iopeer_core.language.limits import MOVING, UNSAID, breaks, within
from iopeer_core.language.problems import Problems
from iopeer_core.language.text import Text
from iopeer_core.model.keys import is_addressable, keyed
from iopeer_core.model.spec import CheckRule, Entity, Field, UniqueRule
from iopeer_core.model.walk import fields_of

Row = dict[str, tuple[Text, str | None]]
"""By field: the cell, and its canonical text, none where it is empty."""
_MOVING = frozenset(map(str, MOVING))


def check_first_rows(entity: Entity, rows: Sequence[Row], problems: Problems) -> None:
    """Report the cells that break the limits of their fields, and the rows that break rules.

    Args:
        entity: with its rules.
        rows: all rows of the entity's seeds.
        problems: where to report.
    """
    for row in rows:
        for item in keyed(entity).fields:
            cell, value = row.get(item.name, (None, None))
            if cell and value and not _moves(item, value) and not within(item, value):
                problems.add("E128", cell, value=cell.raw, name=item.names.label)
            elif cell and value and not is_addressable(item, value):
                problems.add("E137", cell, value=cell.raw, name=item.names.label)
    for rule in keyed(entity).rules:
        if isinstance(rule, CheckRule):
            _check(rule, entity, rows, problems)
        elif isinstance(rule, UniqueRule):
            _check_unique(rule, entity, rows, problems)


def _check(rule: CheckRule, entity: Entity, rows: Sequence[Row], problems: Problems) -> None:
    names = fields_of(rule.expr)
    for row in rows:
        if breaks(rule.expr, entity, lambda name: _known(entity, row, name)):  # noqa: B023 - called at once
            line = f"line {rule.span.line}"
            problems.add("E129", _place(row, names), line, rule=rule.message or " / ".join(_labels(entity, names)))


def _check_unique(rule: UniqueRule, entity: Entity, rows: Sequence[Row], problems: Problems) -> None:
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        values = [_known(entity, row, name) for name in rule.fields]
        key = tuple(value for value in values if value)
        if len(key) == len(values) and key in seen:
            line = f"line {rule.span.line}"
            problems.add("E129", _place(row, rule.fields), line, rule=" + ".join(_labels(entity, rule.fields)))
        seen.add(key)


def _known(entity: Entity, row: Row, name: str) -> str | None:
    """The value that a row will have: of its cell, else the default; empty where there is none."""
    item = entity.field(name)
    cell, value = row.get(name, (None, None))
    if item is None or (cell and value is None):
        return UNSAID  # added by the app, or a problem that is told already
    if value is not None:
        return UNSAID if _moves(item, value) else value
    if item.default is None:
        return ""
    return UNSAID if item.default.kind in MOVING else item.default.value


def _moves(item: Field, value: str) -> bool:
    """Whether a cell says now or today, in a field for moments."""
    return value in _MOVING and item.type.kind == "scalar" and item.type.scalar in MOMENTS


def _place(row: Row, names: Sequence[str]) -> Text:
    """The first cell that a rule speaks of, else the row's first."""
    cells = [row[name][0] for name in names if name in row]
    return next((cell for cell in cells if cell), next(iter(row.values()))[0])


def _labels(entity: Entity, names: Sequence[str]) -> list[str]:
    fields = (entity.field(name) for name in names)
    return [item.names.label for item in fields if item]
