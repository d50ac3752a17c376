"""Committed changes are told at least once, in the order of their row, and none is invented, whatever dies.

IOPEER_KILLS=100 python -m pytest tests/plugins/test_feed.py
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from iopeer_core.environments.python import Environment

from tests.apps.generate import environment_of
from tests.apps.harness import App, lint, run, types
from tests.apps.postgres import postgres
from tests.projects import Project
from tests.running import free_port

SPEC = Path(__file__).parents[1] / "specs" / "feed.md"
KILLS = int(os.environ.get("IOPEER_KILLS", "3"))
PATIENCE = 60
LEASE = "0.5"
FEWEST = 8
"""Changes before a kill."""
WRITERS = 3
ROWS = 4
"""Notes that the writers change at the same time."""
ACCOUNT = {"email": "ada@example.com", "password": "correct horse battery", "name": "Ada"}

Steps = dict[str, list[tuple[str, str | None]]]
"""What happened to each note, in its order: the verb, and the title that it has then."""


@pytest.fixture(scope="module")
def app(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> App:
    """An app that tells of its rows, and keeps a history in the transactions themselves."""
    folder = tmp_path_factory.mktemp("feed")
    shutil.copy(SPEC, folder / "spec.md")
    project = Project(folder=folder, sites=(install("seams"),))
    project.enable("fastapi", "feed", "history")
    done = project.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    return App("feed", folder / "generated", SPEC.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_what_is_told(app: App, tmp_path: Path) -> None:
    environment = environment_of(app.folder)
    lint([app], environment)
    types([app], tmp_path, environment, tmp_path / "known")
    files = ("tests/test_feed.py", "tests/test_outbox.py")
    run(app, "tests", ("pytest", "-q", "-x", "-W", "error", *files), environment)
    assert not app.stage, app.log


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def test_a_server_that_is_killed_tells_of_everything(app: App, database: str, tmp_path: Path) -> None:
    with suppress(FileNotFoundError):
        (app.folder / ".env").unlink()
    if database == "sqlite":
        killed_over_and_over(app, f"sqlite:///{tmp_path}/app.db", tmp_path)
    else:
        with postgres() as server:
            killed_over_and_over(app, server.database("feed"), tmp_path)


def killed_over_and_over(app: App, url: str, folder: Path) -> None:
    """Kill the server again and again while it is written to; then compare what was told with what was done."""
    environment = environment_of(app.folder)
    variables = {"DATABASE_URL": url, "FEED_FILE": str(folder / "feed"), "OUTBOX_LEASE_SECONDS": LEASE}
    variables |= {"RATE_LIMITS": "false", "SECRET_KEY": "k" * 40}
    run(app, "migrate", ("alembic", "upgrade", "head"), environment, **variables)
    assert not app.stage, app.log
    for number in range(KILLS):
        with serving(app, environment, variables) as (address, kill):
            asyncio.run(write(address, kill, str(number)))
    with serving(app, environment, variables) as (address, _):
        done, told = asyncio.run(settled(address, folder / "feed"))
    assert sum(map(len, done.values())) >= FEWEST * KILLS
    assert told == done


@contextmanager
def serving(
    app: App, environment: Environment, variables: Mapping[str, str]
) -> Iterator[tuple[str, Callable[[], None]]]:
    """A server, and what kills it by a signal that it cannot hear; at the end, too."""
    port = free_port()
    command = [str(environment.bin / "uvicorn"), "backend.main:app", "--port", str(port), "--log-level", "warning"]
    with (app.folder.parent / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=app.folder, env={**os.environ, **variables}, stdout=log, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(PATIENCE * 10):
            with suppress(httpx.TransportError):
                httpx.get(f"{address}/health")
                break
            time.sleep(0.1)
        yield f"{address}/api/v1", process.kill
    finally:
        process.kill()
        process.wait()


async def signed_in(client: httpx.AsyncClient) -> None:
    """Call as an account, which is opened where it is not there yet."""
    await client.post("/auth/register", json=ACCOUNT)
    form = {"username": ACCOUNT["email"], "password": ACCOUNT["password"]}
    token = (await client.post("/auth/login", data=form)).raise_for_status().json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"


async def write(address: str, kill: Callable[[], None], name: str) -> None:
    """Add, change and delete notes, some at once, and kill the server in the middle of it."""
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        await signed_in(client)
        writers = [asyncio.create_task(change_notes(client, f"{name}.{one}")) for one in range(WRITERS)]
        await writers[0]
        await asyncio.sleep(random.uniform(0, 0.05))  # noqa: S311 - any moment will do
        kill()
        for writer in writers[1:]:
            with suppress(httpx.TransportError):
                await writer


async def change_notes(client: httpx.AsyncClient, name: str) -> None:
    """Write to the same few notes as others do; now and then one is deleted."""
    last = random.randint(FEWEST, 3 * FEWEST) if name.endswith(".0") else 10_000  # noqa: S311 - no secrets
    for number in range(last):
        notes = (await client.get("/notes")).raise_for_status().json()["items"]
        if len(notes) < ROWS:
            await client.post("/notes", json={"title": f"{name}.{number}"})
            continue
        key = random.choice(notes)["id"]  # noqa: S311 - no secrets
        if number % 10:
            await client.patch(f"/notes/{key}", json={"title": f"{name}.{number}"})
        else:
            await client.delete(f"/notes/{key}")


async def settled(address: str, file: Path) -> tuple[Steps, Steps]:
    """Give what the history says and, as soon as it says the same, or in the end, what was told."""
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        await signed_in(client)
        done = history(await everything(client))
        told: Steps = {}
        for _ in range(PATIENCE * 5):
            told = feed(file)
            if told == done:
                break
            await asyncio.sleep(0.2)
        return done, told


async def everything(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Give all entries of the history, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        query: dict[str, str | int] = {"sort": "id", "limit": 100, "offset": len(found)}
        page = (await client.get("/history-entries", params=query)).raise_for_status().json()["items"]
        if not page:
            return found
        found += page


def history(entries: Sequence[dict[str, Any]]) -> Steps:
    """Read the history, which was written in the transactions themselves: what was committed, and nothing else."""
    steps: Steps = defaultdict(list)
    for entry in entries:
        if entry["entity"] == "note":
            title = entry["changes"].get("title", [None, None])[1]
            steps[entry["row"]].append((entry["verb"], title))
    return dict(steps)


def feed(file: Path) -> Steps:
    """Read what was told, less what was told again; an order that was not kept shows."""
    steps: Steps = defaultdict(list)
    heard: dict[str, list[int]] = defaultdict(list)
    for text in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        with suppress(json.JSONDecodeError):  # the server died in the middle of a line
            line = json.loads(text)
            known = heard[f"{line['entity']} {line['key']}"]
            assert not known or line["id"] >= known[-1], f"{line} came after {known}"
            if line["entity"] == "note" and line["id"] not in known:
                steps[str(line["key"])].append((line["operation"], (line["new"] or {}).get("title")))
            known.append(line["id"])
    return dict(steps)
