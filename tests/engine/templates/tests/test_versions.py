"""Rows have versions: whoever changes one that he has not seen is told how it is now."""

import asyncio

from tests.callers import Caller, problem


async def test_a_change_of_a_version_that_is_gone_is_refused(admin: Caller) -> None:
    made = await admin.post("/notes", json={"title": "Milk"})
    path, first = f"/notes/{made.json()['id']}", {"If-Match": made.headers["ETag"]}
    assert made.headers["ETag"] == f'"{made.json()["updated_at"]}"'
    assert (await admin.get(path)).headers["ETag"] == made.headers["ETag"]
    changed = await admin.patch(path, json={"title": "Bread"}, headers=first)
    assert (changed.status_code, changed.json()["title"]) == (200, "Bread")
    second = {"If-Match": changed.headers["ETag"]}
    assert first != second
    for answer in (
        await admin.patch(path, json={"title": "Eggs"}, headers=first),
        await admin.put(path, json={"title": "Eggs"}, headers=first),
    ):
        told = problem(answer, 412)
        assert told["current"] == changed.json()
        assert answer.headers["ETag"] == changed.headers["ETag"]
    problem(await admin.delete(path, headers=first), 412)
    assert (await admin.get(path)).json() == changed.json()
    assert (await admin.put(path, json={"title": "Eggs"}, headers=second)).status_code == 200
    problem(await admin.delete(path, headers=second), 412)
    assert (await admin.delete(path)).status_code == 204


async def test_who_sends_none_is_served_as_ever(admin: Caller) -> None:
    path = f"/notes/{(await admin.post('/notes', json={'title': 'Milk'})).json()['id']}"
    for headers in ({}, {"If-Match": "*"}):
        assert (await admin.patch(path, json={"title": "Bread"}, headers=headers)).status_code == 200
    for written in ('"other", {}', "W/{}"):
        known = {"If-Match": written.format((await admin.get(path)).headers["ETag"])}
        assert (await admin.patch(path, json={"title": "x"}, headers=known)).status_code == 200
    for written in ('"other"', "nonsense", ""):
        problem(await admin.patch(path, json={"title": "x"}, headers={"If-Match": written}), 412)


async def test_links_are_part_of_a_version(admin: Caller) -> None:
    label = (await admin.post("/labels", json={"name": "red"})).json()["id"]
    path = f"/notes/{(await admin.post('/notes', json={'title': 'Milk'})).json()['id']}"
    for verb in (admin.put, admin.delete):
        known = (await admin.get(path)).headers["ETag"]
        assert (await verb(f"{path}/labels/{label}")).status_code == 204
        problem(await admin.patch(path, json={"title": "x"}, headers={"If-Match": known}), 412)


async def test_of_several_at_once_one_wins(admin: Caller) -> None:
    made = await admin.post("/notes", json={"title": "Milk"})
    path, headers = f"/notes/{made.json()['id']}", {"If-Match": made.headers["ETag"]}
    tries = (admin.patch(path, json={"title": str(n)}, headers=headers) for n in range(6))
    assert sorted(answer.status_code for answer in await asyncio.gather(*tries)) == [200, *[412] * 5]
