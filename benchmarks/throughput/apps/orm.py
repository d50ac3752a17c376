"""The app of spec.md as most would write it: mapped objects, an AsyncSession per request, relations by selectinload."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from parts import (
    DATABASE_URL,
    Key,
    Page,
    Problem,
    Role,
    Status,
    TaskCreate,
    TaskRead,
    bearer,
    caller_of,
    parse,
    prepare,
    version_of,
)
from sqlalchemy import DateTime, Enum, ForeignKey, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


def text_enum(kind: type[Any]) -> Enum:
    return Enum(kind, native_enum=False, values_callable=lambda members: [member.value for member in members])


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    full_name: Mapped[str]
    role: Mapped[Role] = mapped_column(text_enum(Role))
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @property
    def label(self) -> str:
        return self.full_name


class AuthSession(Base):
    __tablename__ = "auth_sessions"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[int]


def now() -> datetime:
    return datetime.now(UTC)


class Task(Base):
    __tablename__ = "tasks"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    description: Mapped[str | None]
    status: Mapped[Status] = mapped_column(text_enum(Status))
    done: Mapped[bool | None]
    due: Mapped[date | None]
    points: Mapped[int | None]
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    owner: Mapped[User] = relationship()
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, onupdate=now)


engine = create_async_engine(DATABASE_URL, pool_size=20, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)


async def session() -> AsyncIterator[AsyncSession]:
    async with sessions() as opened:
        yield opened


Session = Annotated[AsyncSession, Depends(session)]


async def current_user(token: Annotated[str | None, Depends(bearer)], session: Session) -> User:
    account, signed_in = caller_of(token)
    user, known = await session.get(User, account), await session.get(AuthSession, signed_in)
    if user is None or known is None:
        raise Problem(401, "The account is gone.")
    return user


CurrentUser = Annotated[User, Depends(current_user)]
router = APIRouter(prefix="/api/v1/tasks")


def condition(field: str, operator: str, value: Any) -> Any:
    column = getattr(Task, field)
    match operator:
        case "in":
            return column.in_(value)
        case "contains":
            return column.ilike(value, escape="\\")
        case "isnull":
            return column.is_(None) == value
        case "gte":
            return column >= value
        case "gt":
            return column > value
        case "lte":
            return column <= value
        case "lt":
            return column < value
    return column == value


@router.get("", response_model=Page)
async def list_tasks(request: Request, user: CurrentUser, session: Session) -> dict[str, Any]:
    (filters, sort, search), values, count = parse(request.query_params)
    query = select(Task)
    for number, (field, operator) in enumerate(filters):
        query = query.where(condition(field, operator, values[f"value_{number}"]))
    if search:
        query = query.where(Task.title.ilike(values["search"], escape="\\"))
    total = await session.scalar(select(func.count()).select_from(query.subquery())) if count else None
    for name in sort:
        column = getattr(Task, name.removeprefix("-"))
        query = query.order_by((column.desc() if name.startswith("-") else column.asc()).nulls_last())
    query = query.order_by(Task.id if sort else Task.id.desc()).limit(values["limit"]).offset(values["offset"])
    items = (await session.scalars(query.options(selectinload(Task.owner)))).all()
    return {"items": items, "total": total, "limit": values["limit"], "offset": values["offset"]}


@router.get("/{task_id}", response_model=TaskRead)
async def get_task(task_id: Key, user: CurrentUser, session: Session, response: Response) -> Task:
    query = select(Task).where(Task.id == task_id).options(selectinload(Task.owner))
    task = (await session.scalars(query)).one_or_none()
    if task is None:
        raise Problem(404, "There is nothing here.")
    response.headers["ETag"] = version_of(task.updated_at)
    return task


@router.post("", status_code=201, response_model=TaskRead)
async def create_task(
    data: TaskCreate, user: CurrentUser, session: Session, request: Request, response: Response
) -> Task:
    values = data.model_dump()
    if "owner_id" not in data.model_fields_set:
        values["owner_id"] = user.id
    elif await session.get(User, values["owner_id"]) is None:
        raise Problem(409, "There is no such row.", "owner_id", "missing_reference")
    task = Task(**values)
    session.add(task)
    await session.commit()
    await session.refresh(task, ["owner"])
    response.headers["Location"] = f"{request.url.path}/{task.id}"
    response.headers["ETag"] = version_of(task.updated_at)
    return task


app = FastAPI(redirect_slashes=False)
app.include_router(router)
prepare(app)
