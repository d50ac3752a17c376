"""Counts the requests of each account, once they are answered."""

import logging
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.billing.payers import hold, month_of, note, requests_of
from backend.engine.columns import utcnow
from backend.engine.problems import Unavailable
from backend.engine.transactions import transaction

log = logging.getLogger("backend.billing")


@dataclass(slots=True)
class Noted:
    """Whose a request is, as soon as that is known."""

    account: object = None


NOTED: ContextVar[Noted | None] = ContextVar("noted", default=None)
"""What is noted of the present request."""


class Counter:
    """A middleware that counts a request when its answer has been sent: nobody waits for it."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app around which it stands."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then count."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        noted = Noted()
        token = NOTED.set(noted)
        try:
            await self.app(scope, receive, send)
        finally:
            NOTED.reset(token)
        if noted.account is not None:
            await count(noted.account)


async def count(account: object) -> None:
    """Count a request of an account; one that cannot be counted is logged, since it is answered already."""
    try:
        async with transaction() as connection:
            payer, now = await hold(connection, account), utcnow()
            await note(
                connection, payer, {"month": month_of(now), "requests": requests_of(payer, now) + 1}
            )
    except (SQLAlchemyError, Unavailable):
        log.warning("a request was not counted", exc_info=True)
