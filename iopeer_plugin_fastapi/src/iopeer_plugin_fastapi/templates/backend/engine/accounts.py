"""The entity that signs in, whichever way it does: who calls, and what it is told of itself."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.entity import Entity, Event, Row, as_text
from backend.engine.policy import Actor, Id, Verb
from backend.engine.problems import Conflict
from backend.engine.reads import KEY


@dataclass(frozen=True, kw_only=True, eq=False)
class Accounts:
    """The entity that signs in."""

    entity: Entity
    email: str
    administrator: str = ""
    """The role of who registers first; "" where there are no roles."""
    newcomer: str = ""
    """The role of all others who register."""

    @cached_property
    def table(self) -> Table:
        """The table of the accounts."""
        return self.entity.table

    @cached_property
    def _shown(self) -> Select[Any]:
        table = self.table
        names = ["id", self.email, *(["role"] if self.administrator else [])]
        columns = [table.c[name].label(name) for name in names]  # of other names in the database
        label = as_text(table.c[self.entity.label]).label("label")
        return select(*columns, label).where(table.c.id == KEY)

    async def actor(self, connection: AsyncConnection, key: Id) -> Actor | None:
        """Give the actor of an account that is there: for whoever knows the key of a caller."""
        roles = [self.table.c.role] if self.administrator else []
        known = select(self.table.c.id, *roles).where(self.table.c.id == key)
        row = (await connection.execute(known.where(*self.entity.live(self.table)))).one_or_none()
        return None if row is None else Actor(*row)

    async def show(self, connection: AsyncConnection, key: Id) -> Row:
        """Give what an account is told of itself."""
        return dict((await connection.execute(self._shown, {"_key": key})).mappings().one())


@dataclass(frozen=True, slots=True)
class KeepOne:
    """A step that refuses to demote or delete the last account of a role that can sign in."""

    role: str
    secret: str = ""
    """The column that is filled where an account can sign in; "" where all of them can."""

    async def __call__(self, event: Event) -> None:
        """Look whether the row is the last one."""
        if event.verb is Verb.UPDATE and event.values.get("role", self.role) == self.role:
            return
        table = event.entity.table
        able = [table.c.role == self.role]
        if self.secret:
            able.append(table.c[self.secret].is_not(None))
        found = select(table.c.id).where(*able, *event.entity.live(table))
        if list(await event.connection.scalars(found.with_for_update(key_share=True))) == [event.key]:
            raise Conflict("The last administrator must stay.", "role", "last_administrator")
