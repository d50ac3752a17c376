"""The app of spec.md as its author would write it by hand, in the style of the generated one and as fast as that goes.

Statements are built once, at import or per shape of a query; reads are in AUTOCOMMIT; a create is one INSERT that
returns the whole answer.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from parts import (
    DATABASE_URL,
    Key,
    Page,
    Problem,
    Role,
    Shape,
    Status,
    TaskCreate,
    TaskRead,
    bearer,
    caller_of,
    parse,
    prepare,
    version_of,
)
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine


def text_enum(kind: type[Any]) -> sa.Enum:
    return sa.Enum(kind, native_enum=False, values_callable=lambda members: [member.value for member in members])


meta = sa.MetaData()
users = sa.Table(
    "users",
    meta,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("full_name", sa.String),
    sa.Column("role", text_enum(Role)),
)
sessions = sa.Table(
    "auth_sessions", meta, sa.Column("id", sa.Uuid, primary_key=True), sa.Column("user_id", sa.BigInteger)
)
tasks = sa.Table(
    "tasks",
    meta,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("title", sa.String),
    sa.Column("description", sa.Text),
    sa.Column("status", text_enum(Status)),
    sa.Column("done", sa.Boolean),
    sa.Column("due", sa.Date),
    sa.Column("points", sa.BigInteger),
    sa.Column("owner_id", sa.BigInteger, sa.ForeignKey("users.id")),
    sa.Column("created_at", sa.DateTime(timezone=True)),
    sa.Column("updated_at", sa.DateTime(timezone=True)),
)
engine = create_async_engine(DATABASE_URL, pool_size=20, max_overflow=0)
reader = engine.execution_options(isolation_level="AUTOCOMMIT")
ACTOR = sa.select(users.c.id, users.c.role).where(
    users.c.id == sa.bindparam("actor_id"),
    sessions.c.user_id == users.c.id,
    sessions.c.id == sa.bindparam("session_id", type_=sa.Uuid),
)
ROWS = sa.select(*tasks.c, users.c.full_name.label("owner")).select_from(
    tasks.outerjoin(users, users.c.id == tasks.c.owner_id)
)
ONE = ROWS.where(tasks.c.id == sa.bindparam("key"))
OWNER = sa.select(users.c.id).where(users.c.id == sa.bindparam("key"))
OF_NEW: sa.ColumnElement[int] = sa.literal_column(
    "tasks.owner_id"
)  # a column of the table itself would be selected from once more
OWNERS_NAME = sa.select(users.c.full_name).where(users.c.id == OF_NEW).scalar_subquery()
INSERT = sa.insert(tasks).returning(*tasks.c, OWNERS_NAME.label("owner"))
NAMES = (*tasks.c.keys(), "owner")
READERS = frozenset({Role.ADMIN, Role.MEMBER})


@dataclass(frozen=True, slots=True)
class Actor:
    id: int
    role: Role


async def connection(request: Request) -> AsyncIterator[AsyncConnection]:
    if request.method == "GET":
        async with reader.connect() as reading:
            yield reading
    else:
        async with engine.connect() as writing:
            yield writing
            await writing.commit()


Connection = Annotated[AsyncConnection, Depends(connection, scope="function")]


async def actor(token: Annotated[str | None, Depends(bearer)], database: Connection) -> Actor:
    account, session = caller_of(token)
    row = (await database.execute(ACTOR, {"actor_id": account, "session_id": session})).one_or_none()
    if row is None:
        raise Problem(401, "The account is gone.")
    return Actor(row.id, row.role)


CurrentActor = Annotated[Actor, Depends(actor)]


def answer(row: sa.Row[*tuple[Any, ...]]) -> dict[str, Any]:
    task: dict[str, Any] = dict(zip(NAMES, row, strict=True))
    task["owner"] = {"id": task["owner_id"], "label": task["owner"]}
    return task


@cache
def condition(field: str, operator: str, number: int) -> sa.ColumnElement[bool]:
    column, name = tasks.c[field], f"value_{number}"
    value = sa.bindparam(name, type_=column.type)
    operators = {
        "eq": lambda: column == value,
        "in": lambda: column.in_(sa.bindparam(name, type_=column.type, expanding=True)),
        "gte": lambda: column >= value,
        "gt": lambda: column > value,
        "lte": lambda: column <= value,
        "lt": lambda: column < value,
        "contains": lambda: column.ilike(value, escape="\\"),
        "isnull": lambda: column.is_(None) == sa.bindparam(name, type_=sa.Boolean),
    }
    return operators[operator]()


@lru_cache(maxsize=512)
def listing(shape: Shape) -> tuple[sa.Select[Any], sa.Select[Any]]:
    filters, sort, search = shape
    conditions = [condition(field, operator, number) for number, (field, operator) in enumerate(filters)]
    if search:
        conditions.append(tasks.c.title.ilike(sa.bindparam("search", type_=sa.String), escape="\\"))
    columns = [(tasks.c[name.removeprefix("-")], name.startswith("-")) for name in sort]
    order = [(column.desc() if descends else column.asc()).nulls_last() for column, descends in columns]
    rows = ROWS.where(*conditions).order_by(*order, tasks.c.id if order else tasks.c.id.desc())
    limit, offset = (sa.bindparam(name, type_=sa.BigInteger) for name in ("limit", "offset"))
    return rows.limit(limit).offset(offset), sa.select(sa.func.count()).select_from(tasks).where(*conditions)


router = APIRouter(prefix="/api/v1/tasks")


@router.get("", response_model=Page)
async def list_tasks(request: Request, actor: CurrentActor, database: Connection) -> dict[str, Any]:
    if actor.role not in READERS:
        raise Problem(403, "You may not read this.")
    shape, values, count = parse(request.query_params)
    rows, total = listing(shape)
    items = [answer(row) for row in await database.execute(rows, values)]
    number = await database.scalar(total, values) if count else None
    return {"items": items, "total": number, "limit": values["limit"], "offset": values["offset"]}


@router.get("/{task_id}", response_model=TaskRead)
async def get_task(task_id: Key, actor: CurrentActor, database: Connection, response: Response) -> dict[str, Any]:
    if actor.role not in READERS:
        raise Problem(403, "You may not read this.")
    row = (await database.execute(ONE, {"key": task_id})).first()
    if row is None:
        raise Problem(404, "There is nothing here.")
    response.headers["ETag"] = version_of(row.updated_at)
    return answer(row)


@router.post("", status_code=201, response_model=TaskRead)
async def create_task(
    data: TaskCreate, actor: CurrentActor, database: Connection, request: Request, response: Response
) -> dict[str, Any]:
    if actor.role not in READERS:
        raise Problem(403, "You may not create this.")
    values = data.model_dump()
    if "owner_id" not in data.model_fields_set:
        values["owner_id"] = actor.id
    elif (
        values["owner_id"] != actor.id and (await database.execute(OWNER, {"key": values["owner_id"]})).first() is None
    ):
        raise Problem(409, "There is no such row.", "owner_id", "missing_reference")
    values["created_at"] = values["updated_at"] = datetime.now(UTC)
    row = (await database.execute(INSERT, values)).one()
    response.headers["Location"] = f"{request.url.path}/{row.id}"
    response.headers["ETag"] = version_of(row.updated_at)
    return answer(row)


app = FastAPI(redirect_slashes=False)
app.include_router(router)
prepare(app)
