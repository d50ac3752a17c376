"""What was seeded is people's: it is not added again, and not changed, whatever became of it."""

import asyncio
from typing import Any

from backend import seeds
from backend.engine import transaction
from backend.engine.seeds import Named, Seed
from backend.services import FOLDERS, LABELS, PAGES, PAPERS
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.callers import Caller


async def seed() -> int:
    """Seed, as each start does."""
    async with transaction() as connection:
        return await seeds.seed(connection, "test")


async def names(caller: Caller, path: str) -> list[str]:
    """Give the names of rows."""
    return sorted(row["name"] for row in await caller.rows(path))


async def test_renamed_and_deleted_rows_stay_so(admin: Caller, db: AsyncConnection) -> None:
    assert await seed() == 7
    rows = {row["name"]: row for row in await admin.rows("/folders")}
    assert rows["Photos"]["parent"]["label"] == rows["Papers"]["parent"]["label"] == "Home"
    for row, name in ((rows["Home"], "House"), (rows["Photos"], "Pictures")):
        assert (await admin.patch(f"/folders/{row['id']}", json={"name": name})).status_code == 200
    (urgent,) = await admin.rows("/labels", name="urgent")
    assert (await admin.delete(f"/labels/{urgent['id']}")).status_code == 204
    (later,) = await admin.rows("/labels", name="later")
    await admin.patch(f"/labels/{later['id']}", json={"name": "urgent"})  # another's name, which is unique
    for _ in range(2):
        assert await seed() == 0
    assert await names(admin, "/folders") == ["House", "Papers", "Pictures"]
    assert await names(admin, "/labels") == ["urgent"]


async def test_new_seeds_link_to_what_was_renamed(admin: Caller, db: AsyncConnection, monkeypatch: Any) -> None:
    await seed()
    home = FOLDERS.table
    await db.execute(update(home).where(home.c.name == "Home").values(name="House"))
    await db.execute(delete(PAPERS.table).where(PAPERS.table.c.name == "Letter"))
    more = [
        Seed(FOLDERS, key=("name",), rows=[{"name": "Music", "parent_id": Named(FOLDERS, "Home")}]),
        Seed(PAGES, key=("name",), rows=[{"name": "second", "paper_id": Named(PAPERS, "Letter")}]),
    ]
    monkeypatch.setattr(seeds, "EVERYWHERE", [*seeds.EVERYWHERE, *more])
    assert await seed() == 1
    (music,) = await admin.rows("/folders", name="Music")
    assert music["parent"]["label"] == "House"
    assert await names(admin, "/pages") == []


async def test_rows_that_are_there_already_are_taken_for_seeded(db: AsyncConnection, admin: Caller) -> None:
    assert (await admin.post("/labels", json={"name": "urgent"})).status_code == 201
    assert await seed() == 6
    await db.execute(update(LABELS.table).where(LABELS.table.c.name == "urgent").values(name="x"))
    assert await seed() == 0


async def test_of_several_that_start_at_once_one_seeds(db: AsyncConnection) -> None:
    assert sorted(await asyncio.gather(seed(), seed(), seed())) == [0, 0, 7]
