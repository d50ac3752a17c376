"""Fills the database with 100 accounts, signed in and 10,000 tasks; runs in the generated app's environment."""

import asyncio
import os
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import asyncpg

USERS, TASKS = 100, 10_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
STATUSES = ("todo", "doing", "done")
USER = ("id", "email", "full_name", "role", "created_at", "updated_at")
SESSION = ("id", "user_id", "token_id", "expires_at", "created_at")
TASK = ("title", "description", "status", "done", "due", "points", "owner_id", "created_at", "updated_at")


async def main() -> None:
    """Copy the rows in, and let PostgreSQL count them."""
    users = [
        (n, f"user{n}@example.com", f"User number {n}", "admin" if n == 1 else "member", NOW, NOW)
        for n in range(1, USERS + 1)
    ]
    sessions = [(UUID(int=n), n, UUID(int=n), NOW + timedelta(days=36500), NOW) for n in range(1, USERS + 1)]
    tasks = [
        (
            f"Task number {n}",
            f"What there is to do in task {n}: a line of text, as people write it.",
            STATUSES[n % 3],
            n % 3 == 2,
            date(2026, 1, 1) + timedelta(days=n % 365),
            n % 101,
            n % USERS + 1,
            NOW,
            NOW,
        )
        for n in range(1, TASKS + 1)
    ]
    connection = await asyncpg.connect(os.environ["DATABASE_URL"])
    await connection.copy_records_to_table("users", records=users, columns=USER)
    await connection.copy_records_to_table("auth_sessions", records=sessions, columns=SESSION)
    await connection.copy_records_to_table("tasks", records=tasks, columns=TASK)
    await connection.execute("ANALYZE")
    await connection.close()


asyncio.run(main())
