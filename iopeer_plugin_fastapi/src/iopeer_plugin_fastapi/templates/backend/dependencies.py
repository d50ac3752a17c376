"""What routes are given: a connection to the database, and who is calling."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from fastapi.requests import HTTPConnection
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import reader
from backend.engine.policy import Actor
from backend.engine.problems import Unauthorized
from backend.engine.transactions import begin, connected, reading, writing
from backend.identity import Token, identify

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


async def connection(http: HTTPConnection) -> AsyncIterator[AsyncConnection]:
    """Lend a connection to a request; what it wrote is committed before the answer is sent.

    A WebSocket, which lives for long, is lent none: it opens each `transaction` itself.
    """
    if http.scope["type"] == "websocket":
        yield reader().connect()
    elif http.scope["method"] in SAFE_METHODS:
        async with connected(reader) as lent:
            await begin(lent)
            yield lent
    else:
        async with writing() as lent:
            await begin(lent)
            yield lent


Connection = Annotated[AsyncConnection, Depends(connection, scope="function")]


async def optional_actor(
    http: HTTPConnection, token: Token, connection: Connection
) -> Actor | None:
    """Give the caller's account, or none for a caller who shows nothing."""
    if http.scope["type"] == "websocket":
        async with reading() as lent:
            return await identify(lent, http, token)
    actor = await identify(connection, http, token)
    if actor is not None:
        await begin(connection, actor)
    return actor


OptionalActor = Annotated[Actor | None, Depends(optional_actor)]


async def current_actor(http: HTTPConnection, token: Token, connection: Connection) -> Actor:
    """Give the caller's account; a caller without one is refused."""
    actor = await optional_actor(http, token, connection)
    if actor is None:
        raise Unauthorized
    return actor


CurrentActor = Annotated[Actor, Depends(current_actor)]
