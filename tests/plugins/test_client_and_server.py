"""The TypeScript client calls the generated backend: what both make of the same operations is the same API."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import tomli
from iopeer_core.environments.python import Environment, python_environment

from tests.projects import Project

SPEC = Path(__file__).parent.parent / "specs" / "todo.md"
CALLS = """import { ApiClient, ApiError } from "./dist/index.js";

let token;
const client = new ApiClient({ baseUrl: process.argv[2], token: () => token });
const refused = await client.tasks.list().catch((error) => error);
const secret = "correct horse battery staple";
token = (await client.auth.register({ email: "ada@example.com", name: "Ada", password: secret })).access_token;
const made = await client.tasks.create({ title: "Write" });
await client.tasks.update(made.id, { done: true });
const page = await client.tasks.list({ done: true, title__contains: "rit", count: true });
const invalid = await client.tasks.create({ title: "" }).catch((error) => error);
await client.tasks.delete(made.id);
const gone = await client.tasks.read(made.id).catch((error) => error);
console.log(JSON.stringify({
  refused: [refused instanceof ApiError, refused.problem.status],
  page: [page.total, page.items.map((task) => [task.title, task.done])],
  invalid: invalid.problem.errors.map((error) => error.field),
  gone: gone.problem.status,
  me: (await client.auth.me()).email,
}));
"""


@pytest.fixture(scope="module")
def app(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The todo app with its client."""
    project = Project(folder=tmp_path_factory.mktemp("todo"), sites=(install("tsclient"),))
    shutil.copy(SPEC, project.folder / "spec.md")
    project.enable("fastapi", "tsclient", allow_unbuilt_guards=True)
    done = project.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    return project.folder / "generated"


@pytest.fixture(scope="module")
def server(app: Path) -> Iterator[str]:
    """The backend's address, while it runs."""
    environment = _environment(app)
    variables = {**os.environ, "DATABASE_URL": f"sqlite:///{app}/test.db", "ENVIRONMENT": "test"}
    subprocess.run([str(environment.bin / "alembic"), "upgrade", "head"], cwd=app, env=variables, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(environment.bin / "uvicorn"), "backend.main:app", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, cwd=app, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/health", process)
        yield address
    finally:
        process.terminate()
        process.wait()


def _environment(app: Path) -> Environment:
    project = tomli.loads((app / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return python_environment(wanted, (app / "requirements.lock").read_text())


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            httpx.get(address).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the backend did not start")


@pytest.mark.slow
def test_the_client_calls_the_server(app: Path, server: str, tsc: Path) -> None:
    client = app / "client"
    compiled = subprocess.run([str(tsc), "-p", str(client)], capture_output=True, text=True, check=False)
    assert compiled.stdout == ""
    (client / "calls.mjs").write_text(CALLS)
    done = subprocess.run(["node", "calls.mjs", server], cwd=client, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "refused": [True, 401],
        "page": [1, [["Write", True]]],
        "invalid": ["title"],
        "gone": 404,
        "me": "ada@example.com",
    }
