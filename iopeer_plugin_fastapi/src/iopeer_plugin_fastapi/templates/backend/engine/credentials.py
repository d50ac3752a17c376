"""Passwords of accounts, and the devices that are signed in: what signing in keeps in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    Column,
    Select,
    Table,
    Uuid,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.accounts import Accounts
from backend.engine.columns import Base, utcnow
from backend.engine.entity import table_of
from backend.engine.policy import Actor, Id
from backend.engine.problems import Invalid
from backend.engine.reads import KEY
from backend.engine.transactions import expect_whole

FIRST_ACCOUNT = 1
"""The lock that whoever may be first waits for; SQLite lets one write at a time anyway."""


SESSION = bindparam("_session", type_=Uuid())
GRACE = timedelta(seconds=10)
"""How long a refresh token is good for the successor that was given for it already."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account, and the hash of its password; None where none was ever set."""

    id: Id
    email: str
    password_hash: str | None


@dataclass(frozen=True, kw_only=True, eq=False)
class PasswordAccounts(Accounts):
    """Accounts that sign in with a password."""

    @cached_property
    def password_hash(self) -> Column[Any]:
        """The column that holds the hashes of passwords."""
        return self.table.c.password_hash

    @cached_property
    def _credentials(self) -> Select[Any]:
        table = self.table
        known = select(table.c.id, table.c[self.email], self.password_hash)
        return known.where(*self.entity.live(table))

    async def by_email(self, connection: AsyncConnection, email: str) -> Credentials | None:
        """Find an account by its address."""
        found = self._credentials.where(self.table.c[self.email] == email)
        row = (await connection.execute(found)).one_or_none()
        return None if row is None else Credentials(*row)

    async def by_id(self, connection: AsyncConnection, key: Id) -> Credentials | None:
        """Find an account by its id."""
        found = self._credentials.where(self.table.c.id == key)
        row = (await connection.execute(found)).one_or_none()
        return None if row is None else Credentials(*row)

    async def holds(self, connection: AsyncConnection, known: Credentials) -> bool:
        """Lock an account, and tell whether its password is still the known one."""
        same = self._credentials.where(
            self.table.c.id == known.id, self.password_hash == known.password_hash
        )
        return await connection.scalar(same.with_for_update(read=True)) is not None

    async def add(
        self,
        connection: AsyncConnection,
        values: Mapping[str, Any],
        password_hash: str,
        *,
        may_administer: bool = True,
    ) -> Id:
        """Open an account, the very first as the administrator's; give its id.

        Raises Invalid where the first is opened by somebody who may not administer.
        """
        expect_whole()
        if self.administrator:
            first = await self._is_first(connection)
            if first and not may_administer:
                words = "The first account needs the link that the server's log shows."
                raise Invalid("setup_token", "setup_token", words)
            values = {**values, "role": self.administrator if first else self.newcomer}
        return await self.make(connection, values, {"password_hash": password_hash})

    async def is_empty(self, connection: AsyncConnection) -> bool:
        """Tell whether nobody has registered yet."""
        registered = select(exists().where(self.password_hash.is_not(None)))
        return not await connection.scalar(registered)

    async def _is_first(self, connection: AsyncConnection) -> bool:
        """Tell whether nobody has registered yet; of several at once, one is the first."""
        if not await self.is_empty(connection):
            return False
        if connection.dialect.name == "postgresql":
            await connection.execute(select(func.pg_advisory_xact_lock(FIRST_ACCOUNT)))
        return await self.is_empty(connection)

    async def set_password(
        self, connection: AsyncConnection, known: Credentials, password_hash: str
    ) -> bool:
        """Store a password in place of the known one, both hashed.

        Tells whether that was done: another request may have replaced it first.
        """
        expect_whole()
        same = self.password_hash.is_not_distinct_from(known.password_hash)
        here = update(self.table).where(self.table.c.id == known.id, same)
        changed = await connection.execute(here.values(password_hash=password_hash))
        return changed.rowcount == 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Sessions:
    """The devices that are signed in: families of refresh tokens, of which one is current."""

    model: type[Base]
    accounts: Accounts

    @cached_property
    def table(self) -> Table:
        """The table of the sessions."""
        return table_of(self.model)

    async def open(
        self, connection: AsyncConnection, user: Id, session: UUID, token: UUID, expires: datetime
    ) -> None:
        """Begin a family of refresh tokens for a device, and forget those that have expired."""
        table = self.table
        expired = delete(table).where(table.c.user_id == user, table.c.expires_at < utcnow())
        await connection.execute(expired)
        values = {"id": session, "user_id": user, "token_id": token, "expires_at": expires}
        await connection.execute(insert(table).values(values))

    @cached_property
    def _caller(self) -> Select[Any]:
        table, accounts = self.table, self.accounts
        account = accounts.table
        roles = [account.c.role] if accounts.administrator else []
        mine = table.c.user_id == account.c.id, table.c.id == SESSION
        return select(account.c.id, *roles).where(
            account.c.id == KEY, *mine, *accounts.entity.live(account)
        )

    async def actor(self, connection: AsyncConnection, key: Id, session: UUID) -> Actor | None:
        """Give the actor of an account, if it is there and the session has not ended."""
        found = await connection.execute(self._caller, {"_key": key, "_session": session})
        row = found.one_or_none()
        return None if row is None else Actor(*row)

    async def rotate(
        self, connection: AsyncConnection, session: UUID, token: UUID, expires: datetime
    ) -> UUID | None:
        """Put a new token in place of the current one, and give the new one.

        Whoever shows the one before it within a few seconds has lost the answer, and gets the same.
        None for any other token: it was used before.
        """
        table, accounts = self.table, self.accounts
        current = update(table).where(table.c.id == session, table.c.token_id == token)
        live = accounts.entity.live(accounts.table)
        if live:
            current = current.where(table.c.user_id.in_(select(accounts.table.c.id).where(*live)))
        new, now = uuid4(), utcnow()
        values = {"token_id": new, "previous_id": token, "rotated_at": now, "expires_at": expires}
        if (await connection.execute(current.values(values))).rowcount == 1:
            return new
        lost = table.c.previous_id == token, table.c.rotated_at > now - GRACE
        again = select(table.c.token_id).where(table.c.id == session, *lost)
        successor: UUID | None = await connection.scalar(again)
        return successor

    async def end(self, connection: AsyncConnection, session: UUID) -> None:
        """Sign a device out."""
        await connection.execute(delete(self.table).where(self.table.c.id == session))

    async def end_all(self, connection: AsyncConnection, user: Id) -> None:
        """Sign all devices of an account out."""
        await connection.execute(delete(self.table).where(self.table.c.user_id == user))
