"""Runs in a generated app's environment and folder: migrates, compares with the models, fills, tells its rows.

    python database.py fill 30 | up | check | down | rows …

Each `rows` prints all rows as a line of JSON.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from backend import models as m
from backend.addresses import read_address
from backend.database import create_engine
from backend.settings import get_settings
from sqlalchemy import URL, insert
from sqlalchemy.ext.asyncio import create_async_engine

KEPT = {"alembic_version", "seeded_rows"}


async def _rows(url: URL) -> dict[str, Any]:
    made = create_async_engine(url)
    async with made.connect() as connection:
        found = await connection.run_sync(_read)
    await made.dispose()
    return found


def _read(connection: sa.Connection) -> dict[str, Any]:
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return {
        table.name: sorted(
            (
                {key: plain(value) for key, value in row._mapping.items()}
                for row in connection.execute(sa.select(table))
            ),
            key=lambda row: json.dumps([row.get("id"), *(row[key.name] for key in table.primary_key)]),
        )
        for table in metadata.sorted_tables
        if table.name not in KEPT
    }


def plain(value: Any) -> Any:
    """A value in one form on both databases."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    return value.hex if isinstance(value, UUID) else value


async def fill(count: int) -> None:
    """Rows of each table, some values empty."""

    def many(make: Callable[[int], dict[str, Any]]) -> list[dict[str, Any]]:
        return [make(number) for number in range(1, count + 1)]

    day = date(2024, 2, 1)
    rows = [
        (
            m.User,
            many(lambda n: {"email": f"u{n}@example.org", "full_name": f"Üser {n}", "role": "member", "avatar": None}),
        ),
        (m.Profile, many(lambda n: {"user_id": n, "bio": f"# {n}" if n % 2 else None, "born_on": day})),
        (m.Team, many(lambda n: {"name": f"Team {n}", "color": "#123456"})),
        (m.Membership, many(lambda n: {"team_id": n, "user_id": count + 1 - n, "lead": n % 3 == 0})),
        (
            m.Project,
            many(
                lambda n: {
                    "team_id": n,
                    "name": f'It\'s "{n}": 50%',
                    "key": key(n),
                    "status": "on hold" if n % 2 else "done",
                    "budget": Decimal(n) / 4 if n % 2 else None,
                    "starts_on": day,
                    "ends_on": day + timedelta(days=n),
                    "settings": {"n": [n, None]},
                }
            ),
        ),
        (m.Label, many(lambda n: {"name": f"L{n}", "color": "#888888"})),
        (
            m.Task,
            many(
                lambda n: {
                    "project_id": n,
                    "title": f"Task {n}",
                    "status": ("todo", "doing", "review", "done")[n % 4],
                    "priority": ("none", "urgent", None)[n % 3],
                    "estimate": timedelta(minutes=n),
                    "due": day if n % 2 else None,
                    "points": n % 100,
                    "progress": Decimal(n % 100) + Decimal("0.25"),
                    "assignee_id": n if n % 2 else None,
                    "reporter_id": n,
                    "parent_id": n - 1 if n % 5 == 0 else None,
                    "links": [f"https://example.org/{n}"],
                }
            ),
        ),
        (
            m.Comment,
            many(
                lambda n: {
                    "task_id": n if n % 2 else None,
                    "project_id": None if n % 2 else n,
                    "author_id": n,
                    "body": f"c {n}",
                }
            ),
        ),
    ]
    made = create_engine(get_settings().database_url)
    async with made.begin() as connection:
        for model, values in rows:
            await connection.execute(insert(model), values)
        await connection.execute(insert(m.task_labels), many(lambda n: {"task_id": n, "label_id": count + 1 - n}))
        await connection.execute(insert(m.task_watchers), many(lambda n: {"task_id": n, "user_id": n}))
    await made.dispose()


def key(number: int) -> str:
    """A key of a project: capitals alone."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters.rjust(2, "Z") + "XX"[: max(0, 2 - len(letters))]


def main(words: Sequence[str]) -> None:
    """Do one after the other."""
    config = Config("alembic.ini")
    steps = iter(words)
    for step in steps:
        if step == "up":
            command.upgrade(config, "head")
        elif step == "check":
            command.check(config)
        elif step == "down":
            command.downgrade(config, "-1")
        elif step == "fill":
            asyncio.run(fill(int(next(steps))))
        elif step == "rows":
            found = asyncio.run(_rows(read_address(get_settings().database_url).url))
            sys.stdout.write(f"ROWS {json.dumps(found, sort_keys=True, default=str)}\n")


main(sys.argv[1:])
