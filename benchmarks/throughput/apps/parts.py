"""What the hand-written app and the ORM app share: settings, schemas, query parameters, middleware, problems.

It is the job of the app that spec.md describes, written by hand for it alone: same validation, same answers.
"""

import json
import logging
import os
import re
import time
from contextvars import ContextVar
from datetime import UTC, date, datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID, uuid4

import jwt
from fastapi import FastAPI, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import OAuth2PasswordBearer
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DATABASE_URL = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://")
SECRET_KEY = os.environ["SECRET_KEY"]
MAX_INTEGER = 2**53 - 1
MAX_BODY = 1024 * 1024
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
]
access_log = logging.getLogger("access")
bearer = OAuth2PasswordBearer(tokenUrl="/api/v1/auth/login", auto_error=False)
request_id: ContextVar[str] = ContextVar("request_id", default="")


class Status(StrEnum):
    TODO = "todo"
    DOING = "doing"
    DONE = "done"


class Role(StrEnum):
    ADMIN = "admin"
    MEMBER = "member"


class Problem(Exception):
    def __init__(self, status: int, detail: str, field: str = "", code: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.errors = [{"field": field, "code": code, "message": detail}] if field else []


def whole(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a whole number")  # noqa: TRY004  # pydantic takes this one
    return value


def iso_date(value: Any) -> Any:
    if not isinstance(value, str) or not DATE.fullmatch(value.strip()):
        raise ValueError("not in the expected form")
    return value.strip()


Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=1, le=MAX_INTEGER), BeforeValidator(whole)]
Date = Annotated[date, BeforeValidator(iso_date)]
Key = Annotated[int, Path(ge=1, le=MAX_INTEGER)]


class Reference(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    label: str | None


class TaskRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    title: str
    description: str | None
    status: Status
    done: bool | None
    due: date | None
    points: int | None
    owner_id: int
    owner: Reference
    created_at: datetime
    updated_at: datetime


class Page(BaseModel):
    items: list[TaskRead]
    total: int | None
    limit: int
    offset: int


class TaskCreate(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: Annotated[Text, Field(min_length=1, max_length=200)]
    description: Text | None = None
    status: Status = Status.TODO
    done: StrictBool | None = False
    due: Date | None = None
    points: Annotated[int, Field(ge=0, le=100), BeforeValidator(whole)] | None = None
    owner_id: Id = Field(default_factory=lambda: None)  # type: ignore[assignment]  # absent is not null


TEXT = Annotated[str, Field(max_length=255, pattern=r"^[^\x00]*$")]
NUMBER = Annotated[int, Field(ge=-MAX_INTEGER, le=MAX_INTEGER)]
ORDERED = ("eq", "in", "gte", "gt", "lte", "lt")
FIELDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "id": (NUMBER, ORDERED),
    "title": (TEXT, ("eq", "in", "contains")),
    "description": (TEXT, ("eq", "in", "contains", "isnull")),
    "status": (Status, ("eq", "in")),
    "done": (bool, ("eq", "isnull")),
    "due": (Date, (*ORDERED, "isnull")),
    "points": (NUMBER, (*ORDERED, "isnull")),
    "owner_id": (NUMBER, ("eq", "in")),
    "created_at": (AwareDatetime, ORDERED),
    "updated_at": (AwareDatetime, ORDERED),
}


def _adapter(kind: Any, operator: str) -> TypeAdapter[Any]:
    if operator == "isnull":
        return TypeAdapter(bool)
    many = Annotated[list[kind], Field(min_length=1, max_length=100)]
    return TypeAdapter(many if operator == "in" else kind)


FILTERS = {
    (name if operator == "eq" else f"{name}__{operator}"): (name, operator, _adapter(kind, operator))
    for name, (kind, operators) in FIELDS.items()
    for operator in operators
}
SORT = Annotated[str, Field(pattern=rf"^-?({'|'.join(FIELDS)})$")]
PLAIN: dict[str, TypeAdapter[Any]] = {
    "limit": TypeAdapter(Annotated[int, Field(ge=1, le=100)]),
    "offset": TypeAdapter(Annotated[int, Field(ge=0, le=MAX_INTEGER)]),
    "sort": TypeAdapter(Annotated[list[SORT], Field(min_length=1, max_length=8)]),
    "count": TypeAdapter(bool),
    "q": TypeAdapter(TEXT),
}
Shape = tuple[tuple[tuple[str, str], ...], tuple[str, ...], bool]
"""Filters, sort and search of a query, without their values."""


def pattern(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def parse(given: QueryParams) -> tuple[Shape, dict[str, Any], bool]:
    """Give the shape of a list, the values to bind, and whether to count."""
    errors: list[dict[str, Any]] = []
    plain: dict[str, Any] = {}
    filters: list[tuple[str, str]] = []
    values: dict[str, Any] = {}
    if len(given) != len(given.multi_items()):
        errors.append({"type": "repeated", "loc": ("query",), "msg": "Give each parameter once"})
    for name, value in given.items():
        try:
            if (adapter := PLAIN.get(name)) is not None:
                plain[name] = adapter.validate_python(value.split(",") if name == "sort" else value)
            elif name in FILTERS:
                field, operator, adapter = FILTERS[name]
                parsed = adapter.validate_python(value.split(",") if operator == "in" else value)
                values[f"value_{len(filters)}"] = pattern(parsed) if operator == "contains" else parsed
                filters.append((field, operator))
            else:
                errors.append({"type": "unknown_parameter", "loc": ("query", name), "msg": "Unknown parameter"})
        except ValidationError as error:
            errors += [{"type": e["type"], "loc": ("query", name), "msg": e["msg"]} for e in error.errors()]
    if errors:
        raise RequestValidationError(errors)
    values["limit"], values["offset"] = plain.get("limit", 20), plain.get("offset", 0)
    search = plain.get("q", "").strip()
    if search:
        values["search"] = pattern(search)
    return (tuple(filters), tuple(plain.get("sort", ())), bool(search)), values, plain.get("count", False)


def caller_of(token: str | None) -> tuple[int, UUID]:
    """Check a token and give the ids of its account and its session."""
    if token is None:
        raise Problem(401, "Sign in to do this.")
    try:
        claims = jwt.decode(token, SECRET_KEY, algorithms=["HS256"], options={"require": ["exp", "iat", "sub", "type"]})
    except jwt.InvalidTokenError as error:
        raise Problem(401, "The token is not valid.") from error
    if claims["type"] != "access":
        raise Problem(401, "The token is not valid.")
    return int(claims["sub"]), UUID(claims["sid"])


def problem(path: str, status: int, detail: str, errors: list[dict[str, str]] | None = None) -> Response:
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body |= {"detail": detail, "instance": path, "request_id": request_id.get()}
    if errors:
        body["errors"] = errors
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return Response(json.dumps(body), status, headers, media_type="application/problem+json")


async def on_problem(request: Request, error: Problem) -> Response:
    return problem(request.url.path, error.status, error.detail, error.errors)


async def on_invalid(request: Request, error: RequestValidationError) -> Response:
    errors = [
        {"field": ".".join(map(str, e["loc"][1:])) or str(e["loc"][0]), "code": e["type"], "message": e["msg"]}
        for e in error.errors()
    ]
    return problem(request.url.path, 422, "; ".join(f"{e['field']}: {e['message']}" for e in errors), errors)


class Around:
    """Request id, access log, security headers, body limit and the last resort: one middleware for all five."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: C901  # one is fastest
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = announced = b""
        for name, value in scope["headers"]:
            if name == b"x-request-id":
                given = value
            elif name == b"content-length":
                announced = value
        text = given.decode("latin-1")
        identifier = text if REQUEST_ID.fullmatch(text) else uuid4().hex
        status, received, started = 0, 0, time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] += [*HEADERS, (b"x-request-id", identifier.encode())]
            await send(message)

        async def receive_and_count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY:
                raise Problem(413, "The body is too large.")
            return message

        token = request_id.set(identifier)
        try:
            if announced.isdigit() and int(announced[:20]) > MAX_BODY:
                await problem(scope["path"], 413, "The body is too large.")(scope, receive, send_with_headers)
            else:
                await self.app(scope, receive_and_count, send_with_headers)
        except Exception:
            if status:
                raise
            access_log.exception("unhandled error")
            await problem(scope["path"], 500, "Something went wrong.")(scope, receive, send_with_headers)
        finally:
            line = {
                "time": datetime.now(UTC).isoformat(),
                "level": "info",
                "request_id": identifier,
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "duration_ms": round((time.perf_counter() - started) * 1000, 2),
                "client": scope["client"][0] if scope.get("client") else None,
            }
            access_log.info(json.dumps(line))
            request_id.reset(token)


def prepare(app: FastAPI) -> None:
    """Add the middleware, the handlers of errors and the log."""
    app.add_exception_handler(Problem, on_problem)  # type: ignore[arg-type]  # narrower error
    app.add_exception_handler(RequestValidationError, on_invalid)  # type: ignore[arg-type]  # same
    app.add_middleware(Around)
    logging.basicConfig(level="INFO", format="%(message)s", force=True)
    logging.getLogger("uvicorn.access").disabled = True


def version_of(changed: datetime) -> str:
    """The tag of a row's version."""
    return f'"{round(changed.timestamp() * 1_000_000):x}"'
