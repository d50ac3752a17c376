"""Delivery: who wants to hear of changes is told of each once it is committed, at least once."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row as Found
from sqlalchemy import Select, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine.columns import utcnow
from backend.engine.entity import Entity, Row, entities, table_of
from backend.engine.outbox import RECORDED, Kept
from backend.engine.policy import Id
from backend.engine.transactions import AFTER_COMMIT, reading, transaction

TABLE = table_of(Kept)
AT_ONCE = 8
"""Changes that one process delivers at the same time, each of another row."""
INTERVAL = 2.0
"""Seconds after which is looked for what others have left, or what is tried again."""
GRACE = 5.0
"""Seconds that handlers have at the end."""
TRIES = 12
LONGEST_PAUSE = 3600
"""Seconds. Tries are 1, 2, 4, 8, … seconds apart: the last is more than an hour after the first."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """A change that was committed; what is delivered again has the same `id`.

    `old` and `new` are the row before and after, by wire names, as JSON: dates, decimals and UUIDs
    are text. What was added, or came back, has no `old`; what was deleted has no `new`.
    """

    id: int
    entity: str
    operation: str
    key: Id
    old: Row | None
    new: Row | None
    actor: Id | None
    at: datetime


Handler = Callable[[Committed], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """Delivers what is kept in the outbox.

    Changes of one row reach a handler in order, one at a time, however many processes deliver.
    A change is held while a handler works on it: if the process dies, until that time is over.
    """

    handlers: Mapping[str, Handler]
    accounts: Entity
    lease: float = 60.0
    """Seconds that a change is held; a handler that takes longer has failed."""
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver all the while: what others have left, and each change once it is committed."""
        AFTER_COMMIT.append(self._hear)
        task = asyncio.create_task(self.serve())
        try:
            yield
        finally:
            AFTER_COMMIT.remove(self._hear)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def serve(self) -> None:
        """Deliver until cancelled."""
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._woken.clear()
                claimed = await self._try_to_claim(AT_ONCE - len(running))
                for kept in claimed:
                    task = asyncio.create_task(self._deliver(kept))
                    running.add(task)
                    task.add_done_callback(running.discard)
                    task.add_done_callback(lambda _: self._woken.set())
                if not claimed:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._woken.wait(), INTERVAL)
        finally:
            if running:
                _, late = await asyncio.wait(running, timeout=GRACE)
                for task in late:
                    task.cancel()

    async def drain(self) -> int:
        """Deliver all that is due now; give how many were tried."""
        tried = 0
        while claimed := await self._claim(AT_ONCE):
            await asyncio.gather(*(self._deliver(kept) for kept in claimed))
            tried += len(claimed)
        return tried

    def _hear(self, connection: AsyncConnection) -> None:
        """Wake where something was kept in a transaction that was committed."""
        if connection.info.pop(RECORDED, False):
            self._woken.set()

    async def _try_to_claim(self, most: int) -> Sequence[Found[Any]]:
        """Claim, as far as the database answers."""
        try:
            return await self._claim(most) if most else ()
        except Exception:  # whatever it is, it is tried again
            log.exception("The outbox does not answer.")
            return ()

    async def _claim(self, most: int) -> Sequence[Found[Any]]:
        """Hold changes that are due, the oldest of each row and handler, that nobody holds."""
        now = utcnow()
        ready = self._ready(now).limit(most)
        async with reading() as connection:  # asks without a lock first: mostly, there is nothing
            if (await connection.execute(ready)).first() is None:
                return ()
        values = {"holder": uuid4(), "held_until": now + timedelta(seconds=self.lease)}
        held = update(TABLE).where(TABLE.c.id.in_(ready.with_for_update(skip_locked=True)))
        async with transaction() as connection:
            claimed = await connection.execute(held.values(values).returning(*TABLE.c))
            return sorted(claimed, key=lambda kept: kept.id)

    def _ready(self, now: datetime) -> Select[Any]:
        """Select what can be delivered."""
        each, other = TABLE.alias(), TABLE.alias()
        earlier = exists().where(
            other.c.id < each.c.id,
            other.c.failed_at.is_(None),
            *(other.c[name] == each.c[name] for name in ("entity", "row_key", "handler")),
        )
        due = select(each.c.id).where(
            each.c.failed_at.is_(None),
            each.c.due_at <= now,
            or_(each.c.held_until.is_(None), each.c.held_until < now),
            each.c.handler.in_(self.handlers),
            ~earlier,
        )
        return due.order_by(each.c.id)

    async def _deliver(self, kept: Found[Any]) -> None:
        """Tell a handler of a change, and forget it; or put it off where the handler fails."""
        try:
            async with asyncio.timeout(self.lease * 0.8):
                await self.handlers[kept.handler](self._read(kept))
        except Exception:  # a handler may fail as it likes
            tries = kept.tries + 1
            words = "given up" if tries >= TRIES else "tried again"
            log.exception("%s failed at change %s: it is %s.", kept.handler, kept.id, words)
            await self._settle(kept, _failed(tries))
        else:
            await self._settle(kept, None)

    async def _settle(self, kept: Found[Any], values: Row | None) -> None:
        """Forget a change, or write what is known of it, unless another one holds it by now."""
        here = (TABLE.c.id == kept.id, TABLE.c.holder == kept.holder)
        try:
            async with transaction() as connection:
                if values is None:
                    await connection.execute(delete(TABLE).where(*here))
                else:
                    await connection.execute(update(TABLE).where(*here).values(values))
        except Exception:  # it is delivered again when it is held no longer
            log.exception("The outbox does not answer.")

    def _read(self, kept: Found[Any]) -> Committed:
        """Give a change as handlers know it."""
        entity = next((each for each in entities() if each.name == kept.entity), None)
        return Committed(
            id=kept.id,
            entity=kept.entity,
            operation=kept.operation,
            key=_key(entity, kept.row_key),
            old=kept.row_before,
            new=kept.row_after,
            actor=None if kept.actor is None else _key(self.accounts, kept.actor),
            at=kept.changed_at,
        )


def _failed(tries: int) -> Row:
    """Give what is written of a change at which a handler failed."""
    now = utcnow()
    pause = timedelta(seconds=min(2 ** (tries - 1), LONGEST_PAUSE))
    return {
        "tries": tries,
        "due_at": now + pause,
        "holder": None,
        "held_until": None,
        "failed_at": now if tries >= TRIES else None,
    }


def _key(entity: Entity | None, text: str) -> Id:
    """Give a key as its entity's table has it."""
    kind = str if entity is None else entity.table.c.id.type.python_type
    return UUID(text) if kind is UUID else kind(text)
