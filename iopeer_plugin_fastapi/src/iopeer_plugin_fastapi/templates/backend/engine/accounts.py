"""The entity that signs in, whichever way it does: who calls, and what it is told of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, Table, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.entity import Entity, Event, Row, as_text, run
from backend.engine.policy import Actor, Id, Verb
from backend.engine.problems import Conflict
from backend.engine.reads import KEY
from backend.engine.transactions import expect_whole
from backend.engine.violations import problem_of

NOTHING: Mapping[str, Any] = MappingProxyType({})


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

    async def make(
        self,
        connection: AsyncConnection,
        values: Mapping[str, Any],
        secrets: Mapping[str, Any] = NOTHING,
    ) -> Id:
        """Open an account as the app itself, and give its id: a create by nobody, for its steps.

        Args:
            connection: where to write.
            values: what it is made of, its role too where there are roles.
            secrets: more values, which the steps around a create do not see.

        Raises:
            Conflict: another account has the same address.
        """
        expect_whole()
        event = Event(self.entity, Verb.CREATE, connection, None, values=dict(values))
        await run(self.entity.before, event)
        opened = insert(self.table).values({**event.values, **secrets})
        try:
            key: Id = (await connection.execute(opened.returning(self.table.c.id))).scalar_one()
        except IntegrityError as error:
            raise problem_of(error) from error
        await run(self.entity.after, replace(event, key=key))
        return key

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
