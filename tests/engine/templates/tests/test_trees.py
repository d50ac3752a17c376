"""Trees stay trees; what is deleted softly takes along what a deletion would, rings included."""

import asyncio
import itertools
from typing import Any

from tests.callers import Caller, problem


async def folder(caller: Caller, name: str, parent: int | None = None, **given: Any) -> int:
    """Make a folder, and give its id."""
    answer = await caller.post("/folders", json={"name": name, "parent_id": parent, **given})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


async def names(caller: Caller, path: str = "/folders", **params: Any) -> list[str]:
    """Give the names of the rows that are there."""
    return sorted(row["name"] for row in await caller.rows(path, **params))


async def move(caller: Caller, key: int, parent: int | None) -> tuple[int, str]:
    """Put a folder below another; give the status, and the code of what is wrong."""
    answer = await caller.patch(f"/folders/{key}", json={"parent_id": parent})
    errors = answer.json().get("errors") or [{"code": ""}]
    return answer.status_code, errors[0]["code"]


async def test_no_row_is_below_itself(admin: Caller) -> None:
    top = await folder(admin, "top")
    middle = await folder(admin, "middle", top)
    low = await folder(admin, "low", middle)
    for below in (top, middle, low):
        assert await move(admin, top, below) == (409, "own_ancestor")
    whole = await admin.put(f"/folders/{top}", json={"name": "top", "parent_id": low})
    problem(whole, 409)
    assert await move(admin, low, top) == (200, "")
    assert await move(admin, middle, low) == (200, "")
    assert await move(admin, top, None) == (200, "")


async def test_nor_when_several_move_at_once(admin: Caller) -> None:
    for _ in range(5):
        rows = [await folder(admin, "x") for _ in range(4)]
        ring = zip(rows, [*rows[1:], rows[0]], strict=True)
        done = await asyncio.gather(*(move(admin, key, parent) for key, parent in ring))
        assert sorted(status for status, _ in done) == [200, 200, 200, 409]
        parents = {row["id"]: row["parent_id"] for row in await admin.rows("/folders", limit=100)}
        assert sum(parents[key] is None for key in rows) == 1


async def test_a_deleted_row_takes_along_what_is_below_and_brings_it_back(admin: Caller) -> None:
    top = await folder(admin, "top")
    middle = await folder(admin, "middle", top)
    for number in range(3):
        await folder(admin, f"low {number}", middle)
    other = await folder(admin, "other")
    gone = await folder(admin, "gone before", middle)
    assert (await admin.delete(f"/folders/{gone}")).status_code == 204
    assert (await admin.delete(f"/folders/{top}")).status_code == 204
    assert await names(admin) == ["other"]
    assert len(await names(admin, deleted=True)) == 6
    problem(await admin.post(f"/folders/{middle}/restore"), 409)
    assert await names(admin) == ["other"]
    assert (await admin.post(f"/folders/{top}/restore")).status_code == 200
    assert await names(admin) == ["low 0", "low 1", "low 2", "middle", "other", "top"]
    assert (await admin.post(f"/folders/{gone}/restore")).status_code == 200
    assert other


async def test_rings_of_several_entities_are_followed_too(admin: Caller) -> None:
    top = await folder(admin, "top")
    paper = (await admin.post("/papers", json={"name": "paper", "folder_id": top})).json()["id"]
    covered = await folder(admin, "covered", cover_id=paper)
    assert (await admin.patch(f"/folders/{top}", json={"cover_id": paper})).status_code == 200
    page = (await admin.post("/pages", json={"name": "page", "paper_id": paper})).json()["id"]
    assert (await admin.delete(f"/papers/{paper}")).status_code == 204
    assert await names(admin) + await names(admin, "/papers") + await names(admin, "/pages") == []
    problem(await admin.post(f"/folders/{covered}/restore"), 409)
    assert (await admin.post(f"/folders/{top}/restore")).status_code == 200
    assert await names(admin) == ["covered", "top"]
    assert await names(admin, "/papers") + await names(admin, "/pages") == ["paper", "page"]
    assert page


async def test_what_is_needed_below_keeps_the_whole(admin: Caller) -> None:
    top = await folder(admin, "top")
    paper = (await admin.post("/papers", json={"name": "paper", "folder_id": top})).json()["id"]
    page = (await admin.post("/pages", json={"name": "page", "paper_id": paper})).json()["id"]
    needing = (await admin.post("/papers", json={"name": "needing", "first_page_id": page})).json()
    problem(await admin.delete(f"/pages/{page}"), 409)
    assert (await admin.delete(f"/papers/{needing['id']}")).status_code == 204
    assert (await admin.delete(f"/folders/{top}")).status_code == 204
    assert list(itertools.chain(await names(admin), await names(admin, "/papers"))) == []
