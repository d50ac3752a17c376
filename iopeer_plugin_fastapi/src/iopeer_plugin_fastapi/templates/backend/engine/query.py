"""What may be asked of a list, as values: filters, an order, a text to look for, a page."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict

from backend.engine.policy import Id

if TYPE_CHECKING:
    from backend.engine.entity import Entity, Row

DEFAULT_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Filter:
    """A field, how it compares, and with what.

    The operators are `eq`, `in` (a list of values), `gte`, `gt`, `lte`, `lt`, `contains` (a part of
    a text, whatever its case) and `isnull` (true or false).
    """

    field: str
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class Order:
    """A field to sort by."""

    field: str
    descends: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A query without its values: equal shapes share one prepared statement."""

    filters: tuple[tuple[str, str], ...]
    order: tuple[Order, ...]
    search: bool
    deleted: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a list."""

    filters: tuple[Filter, ...] = ()
    order: tuple[Order, ...] = ()
    search: str = ""
    deleted: bool = False
    """Whether to list what is deleted instead, of an entity that keeps it."""
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    count: bool = False
    """Whether to tell how many rows there are in all."""

    @property
    def shape(self) -> Shape:
        """The query without its values."""
        filters = tuple((each.field, each.operator) for each in self.filters)
        return Shape(filters, self.order, bool(self.search), self.deleted)

    def within(self, field: str, value: Any) -> "Query":
        """Ask only for the rows in which a field has a value."""
        return replace(self, filters=(Filter(field, "eq", value), *self.filters))


EVERYTHING = Query()
"""The first rows, in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Parent:
    """The row that all rows of a list link to, by a field."""

    entity: "Entity"
    key: Id
    field: str


class Listed(TypedDict):
    """A page of rows as it is answered; the total only where it was asked for."""

    items: list["Row"]
    total: int | None
    limit: int
    offset: int
