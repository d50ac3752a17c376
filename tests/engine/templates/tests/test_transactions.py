"""A problem undoes its transaction, whoever catches it; transactions are for everybody; sockets know their caller."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from backend import dependencies
from backend.dependencies import Connection, CurrentActor, OptionalActor
from backend.engine import Query, attempt, create, find, get, reading, seek, transaction
from backend.engine.policy import Actor
from backend.engine.problems import Conflict, NotFound, Unauthorized
from backend.main import app
from backend.models import Role
from backend.schemas.label import LabelCreate
from backend.security import access_token
from backend.services import LABELS
from fastapi import APIRouter, Request, Response, WebSocket
from fastapi.requests import HTTPConnection
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.callers import Caller, sign_in
from tests.sessions import session_of
from tests.factories import add_user


class Telling(APIRoute):
    """Answers problems in a way of its own, and never lets one out."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:
        handle = super().get_route_handler()

        async def tell(request: Request) -> Response:
            try:
                return await handle(request)
            except (Conflict, NotFound, Unauthorized) as problem:
                return JSONResponse({"told": str(problem)}, int(request.query_params.get("status", "404")))

        return tell


router = APIRouter(route_class=Telling)


@router.post("/half")
async def half(actor: CurrentActor, connection: Connection) -> None:
    await create(LABELS, connection, actor, LabelCreate(name="half"))
    raise NotFound


@router.post("/within")
async def within(actor: CurrentActor, connection: Connection) -> None:
    await create(LABELS, connection, actor, LabelCreate(name="half"))
    try:
        await get(LABELS, connection, actor, 1000)
    except NotFound:
        return


@router.post("/tried")
async def tried(actor: CurrentActor, connection: Connection) -> str:
    await create(LABELS, connection, actor, LabelCreate(name="one"))
    try:
        async with attempt(connection):
            await create(LABELS, connection, actor, LabelCreate(name="two"))
            await create(LABELS, connection, actor, LabelCreate(name="one"))
    except Conflict as problem:
        return str(problem)
    return ""


@router.websocket("/socket")
async def socket(websocket: WebSocket, actor: OptionalActor) -> None:
    await websocket.accept()
    while (text := await websocket.receive_text()) != "end":
        try:
            async with transaction(actor) as connection:
                await create(LABELS, connection, actor, LabelCreate(name=text))
                await websocket.send_text(f"{actor.id if actor else None} made {text}")
        except Unauthorized as problem:
            await websocket.send_text(str(problem))
    await websocket.close()


@pytest.fixture(scope="module", autouse=True)
def routes() -> None:
    app.include_router(router, prefix="/api/v1")


async def labels() -> list[str]:
    async with reading() as connection:
        page = await find(LABELS, connection, Actor(1, Role.ADMIN), Query(limit=100))
    return sorted(row["name"] for row in page["items"])


@pytest.mark.parametrize("status", [404, 200])
async def test_a_problem_that_a_route_class_answers_undoes_all(admin: Caller, status: int) -> None:
    answer = await admin.post("/half", params={"status": status})
    assert (answer.status_code, answer.json()) == (status, {"told": "There is nothing here."})
    assert await labels() == []


async def test_so_does_one_that_the_route_itself_catches(admin: Caller) -> None:
    assert (await admin.post("/within")).status_code == 200
    assert await labels() == []


async def test_what_is_tried_fails_alone(admin: Caller) -> None:
    answer = await admin.post("/tried")
    assert (answer.status_code, answer.json()) == (200, "This value is already taken.")
    assert await labels() == ["one"]


async def test_whoever_has_a_transaction_is_told_that_it_was_undone(db: AsyncConnection) -> None:
    actor = Actor(await add_user(db, role=Role.ADMIN), Role.ADMIN)
    with pytest.raises(RuntimeError, match="undone by a problem that was caught: There is nothing here"):
        async with transaction(actor) as connection:
            await create(LABELS, connection, actor, LabelCreate(name="half"))
            with pytest.raises(NotFound):
                await get(LABELS, connection, actor, 1000)
    with pytest.raises(RuntimeError, match="undone by a problem"):
        async with transaction(actor) as connection:
            with pytest.raises(NotFound):
                await get(LABELS, connection, actor, 1000)
            await create(LABELS, connection, actor, LabelCreate(name="half"))
    assert await labels() == []


async def test_it_can_look_first(db: AsyncConnection) -> None:
    actor = Actor(await add_user(db, role=Role.ADMIN), Role.ADMIN)
    async with transaction(actor) as connection:
        assert await seek(LABELS, connection, actor, 1000) is None
        await create(LABELS, connection, actor, LabelCreate(name="kept"))
    with pytest.raises(Conflict):
        async with transaction(actor) as connection:
            await create(LABELS, connection, actor, LabelCreate(name="gone"))
            await create(LABELS, connection, actor, LabelCreate(name="kept"))
    assert await labels() == ["kept"]


async def talk(token: str | None, *texts: str) -> list[str]:
    """Open a socket, say something, and give what is answered."""
    scope: dict[str, Any] = {"type": "websocket", "path": "/api/v1/socket", "query_string": b"", "subprotocols": []}
    scope |= {"headers": [(b"authorization", f"Bearer {token}".encode())] if token else [], "client": ("127.0.0.1", 1)}
    said = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": t} for t in (*texts, "end"))]
    messages, answers = iter(said), []

    async def receive() -> dict[str, Any]:
        return next(messages)

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    await app(scope, receive, send)  # type: ignore[arg-type] # dictionaries, as servers send them
    return [answer["text"] for answer in answers if answer["type"] == "websocket.send"]


async def test_a_socket_knows_its_caller_and_holds_no_connection(
    db: AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await add_user(db, role=Role.ADMIN)
    lent: list[AsyncConnection] = []
    plain = dependencies.connection

    async def watched(http: HTTPConnection) -> AsyncIterator[AsyncConnection]:
        async for connection in plain(http):
            lent.append(connection)
            yield connection

    app.dependency_overrides[plain] = watched
    assert await talk(access_token(key, session_of(key)), "a", "b") == [f"{key} made a", f"{key} made b"]
    assert await talk(None, "c") == ["Sign in to do this."]
    app.dependency_overrides.clear()
    assert await labels() == ["a", "b"]
    assert not any(connection.sync_connection for connection in lent)


async def test_members_are_held_to_their_grants_everywhere(db: AsyncConnection) -> None:
    async with sign_in(await add_user(db, role=Role.MEMBER)) as member:
        assert (await member.post("/half")).status_code == 403
    assert await labels() == []
