"""The floor: Starlette and asyncpg with nothing between. It knows the caller, and validates nothing."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SECRET_KEY = os.environ["SECRET_KEY"]
ROWS = "SELECT t.*, u.full_name AS owner FROM tasks t JOIN users u ON u.id = t.owner_id"
PAGE = f"{ROWS} ORDER BY t.id DESC LIMIT $1 OFFSET $2"
ONE = f"{ROWS} WHERE t.id = $1"
INSERT = """
INSERT INTO tasks (title, description, status, done, due, points, owner_id, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
RETURNING tasks.*, (SELECT full_name FROM users WHERE users.id = tasks.owner_id) AS owner
"""


def written(value: Any) -> str:
    return str(value.isoformat())


def answer(row: Any) -> dict[str, Any]:
    task: dict[str, Any] = dict(row)
    task["owner"] = {"id": task["owner_id"], "label": task["owner"]}
    return task


def respond(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value, default=written), status, media_type="application/json")


async def caller(request: Request, connection: Any) -> Any:
    token = request.headers["authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, SECRET_KEY, algorithms=["HS256"])
    return await connection.fetchrow("SELECT id, role FROM users WHERE id = $1", int(claims["sub"]))


async def keep(connection: Any) -> None:
    """Give a connection back as it is: nothing here leaves a trace on it."""


async def list_tasks(request: Request) -> Response:
    limit, offset = int(request.query_params.get("limit", 20)), int(request.query_params.get("offset", 0))
    async with request.app.state.pool.acquire() as connection:
        await caller(request, connection)
        rows = await connection.fetch(PAGE, limit, offset)
        total = await connection.fetchval("SELECT count(*) FROM tasks")
    return respond({"items": [answer(row) for row in rows], "total": total, "limit": limit, "offset": offset})


async def get_task(request: Request) -> Response:
    async with request.app.state.pool.acquire() as connection:
        await caller(request, connection)
        row = await connection.fetchrow(ONE, int(request.path_params["id"]))
    return respond(answer(row))


async def create_task(request: Request) -> Response:
    given = json.loads(await request.body())
    async with request.app.state.pool.acquire() as connection:
        user = await caller(request, connection)
        plain = [given.get(name) for name in ("title", "description", "status", "done")]
        due = date.fromisoformat(given["due"])
        row = await connection.fetchrow(INSERT, *plain, due, given["points"], user["id"], datetime.now(UTC))
    return respond(answer(row), 201)


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.pool = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=20, max_size=20, reset=keep)
    yield
    await app.state.pool.close()


routes = [
    Route("/api/v1/tasks", list_tasks),
    Route("/api/v1/tasks", create_task, methods=["POST"]),
    Route("/api/v1/tasks/{id}", get_task),
]
app = Starlette(routes=routes, lifespan=lifespan)
