"""Which field stands for a row where only its label is shown (contract.md, Every entity has)."""

from __future__ import annotations

from collections.abc import Callable

from iopeer_core.model.spec import BelongsTo, Entity, Field, Scalar, ScalarType, UniqueRule

ID = "id"
_NAMES = ("name", "title", "nombre", "titulo", "label")
_NO_NAMES = frozenset({Scalar.JSON, Scalar.BOOLEAN})


def display_field(entity: Entity) -> str:
    """The identifier of the field whose value labels a row; "id" where none is fit.

    The first of: the option `display`; name, title, nombre, título, label; the first required text; the email. What is
    hidden never labels a row, unless the spec asks for it.
    """
    if entity.display:
        return entity.display
    shown = [item for item in entity.fields if not item.hidden]
    by_name = {item.name: item for item in shown if _is_plain(item)}
    named = next((by_name[name] for name in _NAMES if name in by_name), None)
    text = next((item for item in shown if item.required and _is(item, Scalar.TEXT)), None)
    email = next((item for item in shown if _is(item, Scalar.EMAIL)), None)
    found = named or text or email
    return found.name if found else ID


def named_after(entity: Entity, find: Callable[[str], Entity]) -> Field | None:
    """The link to the row whose label is this row's too: a profile without a name is called like its person.

    A required link that only one row can have, to one entity whose rows have a label of their own.

    Args:
        entity: whose rows.
        find: gives an entity by its identifier.

    Returns:
        None where a field of its own labels a row, or nothing does.
    """
    if display_field(entity) != ID:
        return None
    alone = {rule.fields[0] for rule in entity.rules if isinstance(rule, UniqueRule) and len(rule.fields) == 1}
    for item in entity.fields:
        if not isinstance(item.type, BelongsTo) or len(item.type.targets) > 1:
            continue
        sole = item.required and (item.unique or item.name in alone) and not item.hidden
        if sole and display_field(find(item.type.targets[0])) != ID:
            return item
    return None


def _is(item: Field, scalar: Scalar) -> bool:
    return isinstance(item.type, ScalarType) and item.type.scalar is scalar


def _is_plain(item: Field) -> bool:
    """Whether a value reads as a short text that may be a row's own; a choice is that of many rows."""
    return isinstance(item.type, ScalarType) and item.type.scalar not in _NO_NAMES
