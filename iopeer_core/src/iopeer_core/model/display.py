"""Which field stands for a row where only its label is shown (contract.md, Every entity has)."""

from __future__ import annotations

from iopeer_core.model.spec import ChoiceType, Entity, EnumType, Field, Scalar, ScalarType

ID = "id"
_NAMES = ("name", "title", "nombre", "titulo", "label")


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


def _is(item: Field, scalar: Scalar) -> bool:
    return isinstance(item.type, ScalarType) and item.type.scalar is scalar


def _is_plain(item: Field) -> bool:
    """Whether a value reads as a short text."""
    if isinstance(item.type, ScalarType):
        return item.type.scalar is not Scalar.JSON
    return isinstance(item.type, EnumType | ChoiceType)
