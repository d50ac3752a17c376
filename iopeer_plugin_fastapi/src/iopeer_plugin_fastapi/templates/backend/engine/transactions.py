"""Transactions: what is written in one is kept whole, or not at all."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from backend import database
from backend.engine.absence import UNREACHED
from backend.engine.policy import Actor
from backend.engine.problems import RAISED, Problem, Unavailable

AFTER_COMMIT: list[Callable[[AsyncConnection], None]] = []
"""What is told of each transaction that was committed."""


@asynccontextmanager
async def transaction(actor: Actor | None = None) -> AsyncIterator[AsyncConnection]:
    """Lend a connection to write on behalf of an actor; what was written is kept at the end.

    A problem undoes the transaction, and whoever catches it in here is told at the end that nothing
    was kept: what may fail without harm is tried in an `attempt`.
    """
    async with writing() as connection:
        await begin(connection, actor)
        yield connection
        expect_whole()


@asynccontextmanager
async def connected(to: Callable[[], AsyncEngine]) -> AsyncIterator[AsyncConnection]:
    """Lend a connection of an engine. Raises Unavailable where the database is away."""
    async with AsyncExitStack() as stack:
        try:
            lent = await stack.enter_async_context(to().connect())
        except UNREACHED as error:
            raise Unavailable("The database does not answer.") from error
        yield lent


@asynccontextmanager
async def reading(actor: Actor | None = None) -> AsyncIterator[AsyncConnection]:
    """Lend a connection to read on behalf of an actor."""
    async with connected(database.reader) as connection:
        await begin(connection, actor)
        yield connection


@asynccontextmanager
async def writing() -> AsyncIterator[AsyncConnection]:
    """Lend a connection; what was written is kept, unless a problem came up, caught or not."""
    outer = RAISED.get()
    raised: list[Problem] = []
    RAISED.set(raised)
    try:
        async with connected(database.engine) as connection:
            yield connection
            if not raised:
                await connection.commit()
                for tell in AFTER_COMMIT:
                    tell(connection)
    finally:
        RAISED.set(outer)


@asynccontextmanager
async def attempt(connection: AsyncConnection) -> AsyncIterator[None]:
    """Try what may fail: a problem that leaves this block undoes the block, and no more."""
    outer = RAISED.get()
    RAISED.set([])
    try:
        async with connection.begin_nested():
            yield
            expect_whole()
    finally:
        RAISED.set(outer)


def expect_whole() -> None:
    """Refuse to go on where a problem has undone what was written so far."""
    raised = RAISED.get()
    if raised:
        words = f"this transaction was undone by a problem that was caught: {raised[0]}"
        raise RuntimeError(words) from raised[0]


async def begin(connection: AsyncConnection, actor: Actor | None = None) -> None:
    """Tell the database at the start of a transaction for whom it is; None is nobody known."""
    for enter in database.SCOPES:
        await enter(connection, actor)


async def expect_database() -> None:
    """Raise Unavailable unless the database answers."""
    async with connected(database.reader) as connection:
        await connection.execute(text("SELECT 1"))
