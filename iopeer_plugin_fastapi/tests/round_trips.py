"""Tests of the app of specs/round_trips.md, run in its own folder: what the API answers, it takes back.

For every type, as a value, in a list and as a filter, and for keys of every kind: values at their edges and drawn ones.
"""

import itertools
import random
from typing import Any
from uuid import UUID

import pytest

DRAW = random.Random(7)  # noqa: S311 - the same values in each run
LETTERS = "abz ÁñßΩ,;|\"'%_\\\n漢😀"


def _text() -> str:
    return "x" + "".join(DRAW.choices(LETTERS, k=8)) + "y"


def _number(most: int) -> int:
    return DRAW.randint(0, 10 ** DRAW.randint(1, most) - 1)


def _duration() -> str:
    if DRAW.random() < 0.2:
        return f"P{_number(6)}W"
    clock = DRAW.choice(["", f"T{_number(6)}H{_number(6)}M{_number(6)}S", f"T{_number(6)}H", f"T{_number(4)}.5S"])
    return f"P{_number(6)}D{clock}"


def _day() -> str:
    return f"{DRAW.randint(1, 9999):04}-{DRAW.randint(1, 12):02}-{DRAW.randint(1, 28):02}"


VALUES: dict[str, list[Any]] = {
    "short": ["a", "a,b", "null", "Árbol", "x" * 255, *(_text() for _ in range(10))],
    "long": ["a\nb", *(_text() for _ in range(3))],
    "marked": ["# a\n\n- b"],
    "whole": [0, -1, 2**53 - 1, -(2**53) + 1, *(_number(15) for _ in range(5))],
    "exact": ["0", "-0.0001", "99999999.9999", "1000", "12.5", 3],
    "price": ["0.01", "-1", 5, "1000000.00"],
    "flag": [True, False],
    "day": ["0001-01-01", "9999-12-31", "2024-02-29", *(_day() for _ in range(5))],
    "hour": ["00:00", "23:59:59.999999", "12:30:05", "01:02:03.1"],
    "moment": ["0001-01-02T00:00:00Z", "9999-12-30T23:59:59.999999Z", "2024-03-31T02:30:00+02:00", "2024-01-01 00:00Z"],
    "span": [
        "PT0S", "P364D", "P365D", "P400D", "P999999D", "P999999W", "PT36H", "PT90M", "PT999999S", "P1DT1H1M1.000001S",
        "P999999DT999999H999999M999999S", *(_duration() for _ in range(30)),
    ],
    "mail": ["A.B+c@Example.com", "b@example.com"],
    "home": ["https://example.com/a?b=c,d#e", "http://EXAMPLE.com"],
    "tel": ["+34 600 (1) 23-4", "600.100.100"],
    "path": ["a", "a-1-b"],
    "tint": ["#AbCdEf", "#000000"],
    "land": ["ES", "GB"],
    "uid": ["6F1C1B9E-8A57-4A1B-9D0E-2F8A1D3C4B5A", "6f1c1b9e-8a57-4a1b-9d0e-2f8a1d3c4b5b"],
    "data": [None, 0, "a", [1, [None, {"a": "ñ"}]], {"": 1.5, "a": [True]}, -1e300],
    "words": [[], ["a", "a,b", "null"], [_text()]],
    "days": [[], ["0001-01-01", "9999-12-31"]],
    "spans": [[], ["P400D", "PT36H", "P999999W"]],
    "size": ["small", "very, large", "3"],
    "sizes": [[], ["very, large", "3"]],
}  # fmt: skip
UNFILTERED = {"long", "marked", "data", "words", "days", "spans", "sizes"}


@pytest.mark.parametrize("name", VALUES)
async def test_what_is_answered_is_taken_back(name: str, admin: Any) -> None:
    for value in VALUES[name]:
        made = await admin.post("/things", json={name: value})
        assert made.status_code == 201, (value, made.text)
        row = made.json()
        told, path = row[name], f"/things/{row['id']}"
        assert (await admin.get(path)).json() == row
        again = await admin.patch(path, json={name: told})
        assert again.status_code == 200, (value, told, again.text)
        assert again.json()[name] == told
        if name not in UNFILTERED and isinstance(told, str | int):
            asked = str(told).lower() if isinstance(told, bool) else told
            found = await admin.get("/things", params={name: asked, "limit": 100})
            assert found.status_code == 200, (told, found.text)
            assert row["id"] in [one["id"] for one in found.json()["items"]], told
            bound = {f"{name}__gte": asked, f"{name}__lte": asked, "limit": 100}
            if name in {"whole", "exact", "price", "day", "moment", "span", "hour"}:
                found = await admin.get("/things", params=bound)
                assert row["id"] in [one["id"] for one in found.json()["items"]], (told, found.text)


async def test_rows_are_written_back_whole(admin: Any) -> None:
    columns = [[(name, value) for value in values] for name, values in VALUES.items()]
    for pairs in itertools.islice(zip(*map(itertools.cycle, columns), strict=False), 40):
        made = await admin.post("/things", json=dict(pairs))
        assert made.status_code == 201, made.text
        row = made.json()
        body = {name: row[name] for name in VALUES}
        put = await admin.put(f"/things/{row['id']}", json=body)
        assert put.status_code == 200, put.text
        assert {name: put.json()[name] for name in VALUES} == body


KEYS: dict[str, tuple[str, list[Any]]] = {
    "places": ("id", ["6F1C1B9E-8A57-4A1B-9D0E-2F8A1D3C4B5A", str(UUID(int=1))]),
    "codes": ("code", ["a", "a b", "á/ñ", "a,b", "?x=1#y", "%41", ".", "..", "x" * 255]),
    "numbers": ("no", [0, -5, 2**53 - 1]),
}


@pytest.mark.parametrize("path", KEYS)
async def test_keys_are_taken_back(path: str, admin: Any) -> None:
    key, values = KEYS[path]
    for value in values:
        made = await admin.post(f"/{path}", json={key: value, "name": "a"})
        if made.status_code == 422:
            continue  # refused before it is stored
        assert made.status_code == 201, (value, made.text)
        row = made.json()
        link = f"{path[:-1]}_id"
        found = await admin.get(f"/{path}", params={"id": row["id"]})
        assert [one["id"] for one in found.json()["items"]] == [row["id"]], (value, found.text)
        thing = await admin.post("/things", json={link: row["id"]})
        assert thing.status_code == 201, (value, thing.text)
        linked = await admin.get("/things", params={link: row["id"]})
        assert [one["id"] for one in linked.json()["items"]] == [thing.json()["id"]], value
        located = await admin.get(made.headers["Location"].removeprefix("/api/v1"))
        assert located.status_code == 200, (value, made.headers["Location"])
        assert located.json() == row
