"""What routes are given: a connection to the database, and who is calling."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from fastapi.requests import HTTPConnection
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import reader
from backend.engine.policy import Actor
from backend.engine.problems import Unauthorized
from backend.engine.transactions import begin, reading, writing
from backend.security import Token, TokenType, read_token
from backend.services.auth import AUTHENTICATORS, SESSIONS

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


async def connection(http: HTTPConnection) -> AsyncIterator[AsyncConnection]:
    """Lend a connection to a request; what it wrote is committed before the answer is sent.

    A WebSocket, which lives for long, is lent none: it opens each `transaction` itself.
    """
    if http.scope["type"] == "websocket":
        yield reader().connect()
    elif http.scope["method"] in SAFE_METHODS:
        async with reading() as lent:
            yield lent
    else:
        async with writing() as lent:
            await begin(lent)
            yield lent


Connection = Annotated[AsyncConnection, Depends(connection, scope="function")]


async def optional_actor(
    http: HTTPConnection, token: Token, connection: Connection
) -> Actor | None:
    """Give the caller's account, or none for a caller without a token."""
    if http.scope["type"] == "websocket":
        async with reading() as lent:
            return await who_calls(http, token, lent)
    actor = await who_calls(http, token, connection)
    if actor is not None:
        await begin(connection, actor)
    return actor


async def who_calls(
    http: HTTPConnection, token: str | None, connection: AsyncConnection
) -> Actor | None:
    """Give the actor by what the request shows, or none. Raises Unauthorized for a false token."""
    for knows in AUTHENTICATORS:
        actor = await knows(connection, http)
        if actor is not None:
            return actor
    if token is None:
        return None
    claims = read_token(TokenType.ACCESS, token)
    actor = await SESSIONS.actor(connection, claims.account, claims.session)
    if actor is None:
        raise Unauthorized("The session has ended.")
    return actor


OptionalActor = Annotated[Actor | None, Depends(optional_actor)]


async def current_actor(actor: OptionalActor) -> Actor:
    """Give the caller's account; a caller without one is refused."""
    if actor is None:
        raise Unauthorized
    return actor


CurrentActor = Annotated[Actor, Depends(current_actor)]
