"""What each type of a spec is in Python, in the database, and in what clients send (contract.md, Types)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from iopeer_core.model.formats import FORMATS, digits_of
from iopeer_core.model.spec import ChoiceType, EnumType, Field, ListType, Scalar, ScalarType

from iopeer_plugin_fastapi.view.naming import quoted

LONGEST_VARCHAR = 65_535
"""Longer texts are TEXT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A type, as pieces of Python."""

    python: str  # in `Mapped[...]`: "date"
    column: str  # in a model: "Date"
    migration: str  # in a migration: "sa.Date()"
    accepted: str  # in what a client sends, of backend/utils/validators.py: "Date"
    answered: str  # in an answer: "date"


_PLAIN: dict[Scalar, tuple[str, str, str]] = {  # python, SQLAlchemy's type, accepted
    Scalar.TEXT: ("str", "String", "Text"),
    Scalar.LONG_TEXT: ("str", "Text", "Text"),
    Scalar.MARKDOWN: ("str", "Text", "Text"),
    Scalar.INTEGER: ("int", "BigInteger", "Integer"),
    Scalar.BOOLEAN: ("bool", "Boolean", "Boolean"),
    Scalar.DATE: ("date", "Date", "Date"),
    Scalar.TIME: ("time", "Time", "Time"),
    Scalar.EMAIL: ("str", "String", "Email"),
    Scalar.URL: ("str", "String", "Url"),
    Scalar.PHONE: ("str", "String", "Phone"),
    Scalar.SLUG: ("str", "String", "Slug"),
    Scalar.COLOR: ("str", "String", "Color"),
    Scalar.COUNTRY: ("str", "String", "Country"),
    Scalar.UUID: ("UUID", "Uuid", "Uuid"),
}
_ITEMS = {Scalar.INTEGER: "int", Scalar.BOOLEAN: "bool", Scalar.JSON: "Any"}
"""What the items of a list are in the JSON of its column; all others are texts there."""


def kind_of(item: Field, enum_class: Callable[[Field], str], values: Callable[[Field], tuple[str, ...]]) -> Kind:
    """The type of a field that holds a value (links: see `columns.py`).

    Args:
        item: the field.
        enum_class: the class of the choices of a field.
        values: the choices themselves.
    """
    if isinstance(item.type, ListType):
        return _list(item, item.type, enum_class)
    if isinstance(item.type, EnumType | ChoiceType):
        return _choices(item, enum_class(item), values(item))
    if not isinstance(item.type, ScalarType):
        raise TypeError(f"{item.name} is a link")
    return _scalar(item.type, item)


def _scalar(kind: ScalarType, item: Field | None) -> Kind:
    scalar = kind.scalar
    if scalar in (Scalar.DECIMAL, Scalar.MONEY):
        exact = "ExactNumeric({}, {})".format(*digits(kind))
        return Kind(python="Decimal", column=exact, migration=exact, accepted="Exact", answered="Decimal")
    if scalar is Scalar.DATETIME:
        return Kind(
            python="datetime", column="UTCDateTime", migration="UTCDateTime()", accepted="Moment", answered="datetime"
        )
    if scalar is Scalar.DURATION:
        return Kind(python="timedelta", column="Duration", migration="Duration()", accepted="Duration", answered="Span")
    if scalar is Scalar.JSON:
        column = "JSON(none_as_null=True)"
        return Kind(python="Any", column=column, migration=f"sa.{column}", accepted="Json", answered="JsonValue")
    python, column, accepted = _PLAIN[scalar]
    if column == "String":
        own = item.maximum if item is not None else None
        column = varchar(int(own.value) if own else FORMATS[scalar].longest or LONGEST_VARCHAR)
    return Kind(python=python, column=column, migration=_called(column), accepted=accepted, answered=python)


def digits(kind: ScalarType) -> tuple[int, int]:
    """How many digits a decimal has, and how many of them after the point."""
    return digits_of(kind.precision, kind.scale, kind.scalar)


def varchar(length: int) -> str:
    """The column type of a text of at most so many characters."""
    return f"String({max(length, 1)})" if length <= LONGEST_VARCHAR else "Text"


def _called(column: str) -> str:
    if column.startswith("String("):
        return f"sa.String(length={column.removeprefix('String(')}"
    return f"sa.{column}()"


def _choices(item: Field, enum_class: str, values: tuple[str, ...]) -> Kind:
    listed = ", ".join(quoted(value) for value in values)
    name = quoted(item.column or item.name)
    return Kind(
        python=enum_class,
        column=f"choices({enum_class}, {name})",
        migration=f"sa.Enum({listed}, name={name}, native_enum=False, create_constraint=True)",
        accepted=enum_class,
        answered=enum_class,
    )


def _list(item: Field, kind: ListType, enum_class: Callable[[Field], str]) -> Kind:
    column = "JSON(none_as_null=True)"
    if isinstance(kind.item, ScalarType):
        one = _scalar(kind.item, None)
        stored, accepted, answered = _ITEMS.get(kind.item.scalar, "str"), one.accepted, one.answered
    else:
        stored, accepted, answered = "str", enum_class(item), enum_class(item)
    return Kind(
        python=f"list[{stored}]",
        column=column,
        migration=f"sa.{column}",
        accepted=f"list[{accepted}]",
        answered=f"list[{answered}]",
    )
