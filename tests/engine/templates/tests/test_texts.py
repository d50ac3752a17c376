"""Texts have one form, are found and sorted by their letters, and stand in lists whatever they hold."""

import pytest
from backend.routers.parameters import items

from tests.callers import Caller, problem

COMPOSED = "caf\u00e9"
APART = "cafe\u0301"


async def add(caller: Caller, *names: str) -> None:
    """Add folders."""
    for name in names:
        answer = await caller.post("/folders", json={"name": name})
        assert answer.status_code == 201, answer.text


async def found(caller: Caller, path: str = "/folders", key: str = "name", **params: str) -> list[str]:
    """Give the names that a list finds, in its order."""
    return [row[key] for row in await caller.rows(path, **params)]


async def test_a_text_has_one_form(admin: Caller) -> None:
    first = await admin.post("/labels", json={"name": APART})
    assert first.json()["name"] == COMPOSED
    for name in (COMPOSED, APART):
        problem(await admin.post("/labels", json={"name": name}), 409)
        assert await found(admin, "/labels", name=name) == [COMPOSED]
        assert await found(admin, "/labels", name__in=name) == [COMPOSED]
        assert await found(admin, "/labels", name__contains=name) == [COMPOSED]


@pytest.mark.parametrize("blank", ["\u200b", " \u200b ", "\ufeff", "\u2060\u00ad", "\u3164", "\u2800"])
async def test_what_shows_nothing_is_empty(admin: Caller, blank: str) -> None:
    problem(await admin.post("/labels", json={"name": blank}), 422)
    assert (await admin.post("/labels", json={"name": f"a{blank}b"})).status_code == 201


async def test_search_and_parts_fold_accents_and_case(admin: Caller) -> None:
    await admin.post("/notes", json={"title": "Señor GARCÍA"})
    for text in ("garcia", "GARCÍA", "garci\u0301a", "senor g", "Señor"):
        assert await found(admin, "/notes", "title", q=text) == ["Señor GARCÍA"]
        assert await found(admin, "/notes", "title", title__contains=text) == ["Señor GARCÍA"]
    assert await found(admin, "/notes", "title", q="garcía_") == []
    assert await found(admin, "/notes", "title", title="senor garcia") == []


async def test_one_order_of_letters(admin: Caller) -> None:
    order = ["1st", "apple", "Apricot", "Árbol", "banana", "Éclair", "ñandú", "Zebra"]
    await add(admin, *order[::2], *order[1::2])
    assert await found(admin, sort="name") == order
    assert await found(admin, sort="-name") == order[::-1]


async def test_lists_open_with_the_newest(admin: Caller) -> None:
    await add(admin, "one", "two", "three")
    assert await found(admin) == ["three", "two", "one"]
    assert await found(admin, sort="id") == ["one", "two", "three"]


async def test_lists_in_addresses_hold_commas(admin: Caller) -> None:
    names = ["a,b", "a", "b", "back\\slash", "\\,"]
    await add(admin, *names)
    for some in (["a,b"], ["a", "b"], ["a,b", "b"], ["back\\slash"], ["\\,", "a"], names):
        written = ",".join(name.replace("\\", "\\\\").replace(",", "\\,") for name in some)
        assert sorted(await found(admin, name__in=written)) == sorted(some)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("a,b", ["a", "b"]),
        (",a,", ["", "a", ""]),
        ("a\\,b,c", ["a,b", "c"]),
        ("a\\\\,b", ["a\\", "b"]),
        ("\\x", ["\\x"]),
        ("a\\", ["a\\"]),
    ],
)
def test_an_escape_stands_before_commas_and_itself(text: str, parts: list[str]) -> None:
    assert items(text) == parts
