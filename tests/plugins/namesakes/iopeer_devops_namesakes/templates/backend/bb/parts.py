"""Parts that are called like those of another folder, and like the app's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from backend.security import Actor
    from backend.services.entity import Event

router = APIRouter(prefix="/bb")
seen: list[str] = []


@router.get("")
async def look() -> list[str]:
    """What was seen here."""
    return seen


async def check(event: Event) -> None:
    """Refuse what has this folder's name."""
    from backend.errors import Conflict

    if "bb" in event.values.values():
        raise Conflict("this is the name of a folder")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Note that the app started."""
    seen.append("started")
    yield


async def enter(connection: AsyncConnection, actor: Actor | None) -> None:
    """Note that a transaction began."""
    seen.append("entered")


class Errors:
    """A header on each answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-bb", b"1")]
            await send(message)

        await self._app(scope, receive, marked)
