"""Who may do what: grants, and the conditions on rows and fields that they come to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Flag, auto
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Date,
    FromClause,
    Time,
    and_,
    bindparam,
    false,
    or_,
    true,
)
from sqlalchemy.sql.visitors import replacement_traverse

from backend.engine.columns import UTCDateTime, now_time, today, utcnow

Id = int | str | UUID
"""The id of a row: a number, or the key that the entity declares."""

PUBLIC = "public"
"""The role of everybody, signed in or not."""

SIGNED_IN = "*"
"""The role of everybody who is signed in."""

ACTOR: BindParameter[Any] = bindparam("_actor")
"""The id of the caller's account, in every statement that asks for it."""

NOW = bindparam("_now", type_=UTCDateTime, callable_=utcnow)
"""The moment at which a statement runs."""

TODAY = bindparam("_today", type_=Date, callable_=today)
"""The day on which a statement runs, in UTC."""

TIME_NOW = bindparam("_time_now", type_=Time, callable_=now_time)
"""The time of day at which a statement runs, in UTC."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The account on whose behalf something is done."""

    id: Id
    role: str = ""


class Verb(Flag):
    """What can be done to a row."""

    CREATE = auto()
    READ = auto()
    UPDATE = auto()
    DELETE = auto()
    ALL = CREATE | READ | UPDATE | DELETE


def over(table: FromClause, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Give a condition on the columns of a table as one on `table`, which may be an alias of it."""

    def column(element: Any, **_: Any) -> Any:
        return table.c[element.key] if isinstance(element, Column) else None

    return replacement_traverse(condition, {}, column)


Owned = Callable[[FromClause, str], ColumnElement[bool]]
"""Gives the condition that columns lead from a row to the caller."""


@dataclass(frozen=True, slots=True, eq=False)
class Grant:
    """Verbs, on rows that link to the caller by `own` and meet `where`, for the fields `only`.

    `own` is a column, or the columns that lead to the caller through other rows, with dots between
    them: `patient_id.account_id`.
    """

    verbs: Verb
    own: str | None = None
    where: ColumnElement[bool] | None = None
    only: tuple[str, ...] | None = None

    @property
    def whole(self) -> bool:
        """Tell whether the grant gives every field of every row."""
        return self.own is None and self.where is None and self.only is None

    def covers(self, field: str) -> bool:
        """Tell whether the grant includes a field; every grant includes the id."""
        return self.only is None or field == "id" or field in self.only

    def rows(self, table: FromClause, owned: Owned) -> ColumnElement[bool] | None:
        """Give the condition on rows; None is any row."""
        conditions: list[ColumnElement[bool]] = []
        if self.own is not None:
            conditions.append(owned(table, self.own))
        if self.where is not None:
            conditions.append(over(table, self.where))
        return and_(*conditions) if conditions else None


Policy = Mapping[str, Sequence[Grant]]
"""The grants of each role."""


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The united grants of one caller's roles for one verb."""

    grants: tuple[Grant, ...]
    owned: Owned

    def where(self, table: FromClause, field: str = "id") -> ColumnElement[bool] | None:
        """Give the rows whose `field` is granted; None is every row.

        Grants unite row by row: a field counts where one grant that includes it holds.
        """
        conditions = [grant.rows(table, self.owned) for grant in self.grants if grant.covers(field)]
        if not conditions:
            return false()
        if any(condition is None for condition in conditions):
            return None
        return or_(*(condition for condition in conditions if condition is not None))

    def never(self, field: str = "id") -> bool:
        """Tell whether no grant includes the field."""
        return not any(grant.covers(field) for grant in self.grants)

    def equal(self, field: str, other: str) -> bool:
        """Tell whether two fields are granted by the same grants."""
        return all(grant.covers(field) == grant.covers(other) for grant in self.grants)

    def unconditional(self) -> "Scope":
        """Drop the conditions on rows; with no grant at all, grant everything."""
        grants = [replace(grant, own=None, where=None) for grant in self.grants]
        return replace(self, grants=tuple(grants) or (Grant(Verb.ALL),))

    @property
    def whole(self) -> bool:
        """Tell whether one grant gives every field of every row."""
        return any(grant.whole for grant in self.grants)

    def flags(self, table: FromClause) -> list[ColumnElement[Any]]:
        """Give a column per grant that tells whether it holds in a row."""
        rows = (grant.rows(table, self.owned) for grant in self.grants)
        return [
            (true() if condition is None else condition).label(f"_grant_{number}")
            for number, condition in enumerate(rows)
        ]

    def holding(self, row: Mapping[str, Any]) -> "Scope":
        """Keep the grants that hold in a row selected with `flags`."""
        held = (grant for number, grant in enumerate(self.grants) if row[f"_grant_{number}"])
        return replace(self, grants=tuple(held))


def scope_of(policy: Policy, role: str | None, verb: Verb, owned: Owned) -> Scope:
    """Unite what a role and everybody may do; None is a caller who is not signed in."""
    roles = (PUBLIC,) if role is None else (PUBLIC, SIGNED_IN, role)
    grants = (grant for each in roles for grant in policy.get(each, ()))
    held = tuple(grant for grant in grants if verb in grant.verbs)
    whole = tuple(grant for grant in held if grant.whole)
    return Scope(whole[:1] or held, owned)  # what grants all leaves nothing to the others


def role_of(actor: Actor | None) -> str | None:
    """Give the role of the caller; None if not signed in."""
    return None if actor is None else actor.role


def bindings(actor: Actor | None) -> dict[str, Any]:
    """Give the parameters that conditions on rows refer to."""
    return {"_actor": None if actor is None else actor.id}
