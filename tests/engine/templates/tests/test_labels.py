"""Lists are sorted and searched by what links are called, as far as the caller may read that."""

import pytest
from backend.models import Role
from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.callers import Caller, problem
from tests.entities import BY_PATH
from tests.test_permissions import caller_of

NAMES = ("Zoe", "Álvaro", "bob")


@pytest.fixture
async def notes(db: AsyncConnection) -> dict[str, int]:
    """Notes of three authors, and of nobody."""
    authors = {name: await BY_PATH["users"].add(db, name=name) for name in NAMES}
    by_author = {name: await BY_PATH["notes"].add(db, author_id=key) for name, key in authors.items()}
    return by_author | {"": await BY_PATH["notes"].add(db, author_id=None)}


async def test_sort_by_a_label(notes: dict[str, int], admin: Caller) -> None:
    for sort, names in {"author": ("Álvaro", "bob", "Zoe", ""), "-author": ("Zoe", "bob", "Álvaro", "")}.items():
        found = [row["id"] for row in await admin.rows("/notes", sort=sort) if row["id"] in notes.values()]
        assert found == [notes[name] for name in names]
    by_id = [row["id"] for row in await admin.rows("/notes", sort="author_id")]
    assert by_id[:3] == [notes[name] for name in NAMES]
    problem(await admin.get("/notes", params={"sort": "labels"}), 422, "sort")


async def test_search_in_labels(notes: dict[str, int], admin: Caller) -> None:
    for text in ("alvaro", "ÁLV"):
        answer = (await admin.get("/notes", params={"q": text, "count": True})).json()
        assert ([row["id"] for row in answer["items"]], answer["total"]) == ([notes["Álvaro"]], 1)


async def test_labels_that_are_not_read_neither_sort_nor_find(notes: dict[str, int], db: AsyncConnection) -> None:
    async with caller_of(db, Role.MEMBER) as member:
        rows = await member.rows("/notes", sort="author,id")
        assert [row["id"] for row in rows] == sorted(notes.values())
        assert {row["author"] and row["author"]["label"] for row in rows} == {None}
        assert [row["id"] for row in await member.rows("/notes", sort="-author,-id")] == sorted(notes.values())[::-1]
        assert await member.rows("/notes", q="alvaro") == []


async def test_what_is_deleted_does_not_find(notes: dict[str, int], db: AsyncConnection, admin: Caller) -> None:
    above = await BY_PATH["notes"].add(db, title="Aardvark")
    (await admin.patch(f"/notes/{notes['Zoe']}", json={"parent_id": above})).raise_for_status()
    first, *_ = await admin.rows("/notes", sort="parent")
    assert first["id"] == notes["Zoe"]
    assert {row["id"] for row in await admin.rows("/notes", q="aardvark")} == {above, notes["Zoe"]}
    (await admin.delete(f"/notes/{above}")).raise_for_status()
    assert await admin.rows("/notes", q="aardvark") == []


async def test_labels_cost_no_statement(notes: dict[str, int], admin: Caller) -> None:
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    counts = []
    event.listen(Engine, "before_cursor_execute", note)
    for params in ({}, {"sort": "author", "q": "b"}):
        seen.clear()
        await admin.rows("/notes", **params)
        counts.append(len(seen))
    event.remove(Engine, "before_cursor_execute", note)
    assert counts[0] == counts[1]
