"""The outbox: what is kept there is delivered in order, held while it is, and tried again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.engine import delivery as module
from backend.engine.columns import utcnow
from backend.engine.delivery import Committed, Delivery
from backend.engine.outbox import Kept
from backend.engine.transactions import transaction
from backend.services.auth import ACCOUNTS

HEARD: list[tuple[str, int]] = []


async def hear(event: Committed) -> None:
    """Hear of a change; fail at what is called so."""
    HEARD.append((str(event.key), (event.new or {})["number"]))
    if event.operation == "fail":
        raise ValueError("as asked for")


@pytest.fixture(autouse=True)
def nothing_heard() -> Iterator[None]:
    HEARD.clear()
    yield
    HEARD.clear()


def delivers() -> Delivery:
    """Give what delivers to `hear`."""
    return Delivery(handlers={"hear": hear}, accounts=ACCOUNTS.entity)


async def keep(*changes: tuple[str, int], operation: str = "update", **values: Any) -> None:
    """Keep changes of rows that belong to no entity."""
    now = utcnow()
    shared = {"handler": "hear", "entity": "?", "operation": operation, "tries": 0}
    shared |= {"changed_at": now, "due_at": now} | values
    rows = [shared | {"row_key": key, "row_after": {"number": number}} for key, number in changes]
    async with transaction() as connection:
        await connection.execute(insert(Kept), rows)


async def change_all(**values: Any) -> None:
    """Write to all that is kept."""
    async with transaction() as connection:
        await connection.execute(update(Kept).values(**values))


async def test_changes_of_a_row_come_in_their_order(db: AsyncConnection) -> None:
    await keep(*[(row, number) for number in range(5) for row in "ab"])
    assert await delivers().drain() == 10
    assert [number for row, number in HEARD if row == "a"] == list(range(5))
    assert [number for row, number in HEARD if row == "b"] == list(range(5))
    assert (await db.execute(select(Kept.id))).all() == []


async def test_a_change_that_fails_holds_its_row_and_no_other(db: AsyncConnection) -> None:
    await keep(("a", 1), operation="fail")
    await keep(("a", 2), ("b", 3))
    assert await delivers().drain() == 2
    assert sorted(HEARD) == [("a", 1), ("b", 3)]
    await change_all(due_at=utcnow())
    assert await delivers().drain() == 1
    await change_all(due_at=utcnow(), operation="update")
    assert await delivers().drain() == 2
    assert HEARD[2:] == [("a", 1), ("a", 1), ("a", 2)]


async def test_what_always_fails_is_given_up_and_kept(db: AsyncConnection) -> None:
    await keep(("a", 1), operation="fail", tries=module.TRIES - 1)
    await keep(("a", 2))
    assert await delivers().drain() == 2
    assert HEARD == [("a", 1), ("a", 2)]
    (kept,) = (await db.execute(select(Kept.row_key, Kept.failed_at))).all()
    assert kept.failed_at is not None
    assert await delivers().drain() == 0


async def test_what_somebody_holds_is_left_until_the_time_is_over(db: AsyncConnection) -> None:
    await keep(("a", 1), ("a", 2))
    await change_all(held_until=utcnow() + timedelta(hours=1))
    assert await delivers().drain() == 0
    await change_all(held_until=utcnow() - timedelta(seconds=1))
    assert await delivers().drain() == 2
    assert HEARD == [("a", 1), ("a", 2)]


async def test_what_is_taken_by_another_meanwhile_is_theirs(db: AsyncConnection) -> None:
    await keep(("a", 1))
    own = delivers()
    (kept,) = await own._claim(1)
    assert await delivers()._claim(1) == ()
    await change_all(holder=None)
    await own._deliver(kept)
    assert len((await db.execute(select(Kept.id))).all()) == 1
    async with transaction() as connection:
        await connection.execute(delete(Kept))
