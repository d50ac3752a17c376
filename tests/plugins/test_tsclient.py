"""A frontend needs no backend's plugin: a TypeScript client is made from `Operation`s alone, whoever makes them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import Project

HERE = Path(__file__).parent
SPECS = HERE.parent / "specs"


@pytest.fixture(scope="module")
def clients(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The generated client of every example, with a backend's plugin that makes no file."""
    made: dict[str, Path] = {}
    for name in ("todo", "biblioteca", "tracker"):
        project = Project(folder=tmp_path_factory.mktemp(name), sites=(install("operations"), install("tsclient")))
        shutil.copy(SPECS / f"{name}.md", project.folder / "spec.md")
        project.enable("operations", "tsclient")
        done = project.generate("--check", "none")
        assert done.returncode == 0, done.stderr
        made[name] = project.folder / "generated" / "client"
    return made


def compile_(tsc: Path, client: Path, *more: str) -> str:
    done = subprocess.run([str(tsc), "-p", str(client), *more], capture_output=True, text=True, check=False)
    return done.stdout


def test_there_is_a_file_per_entity(clients: dict[str, Path]) -> None:
    files = {path.name for path in (clients["biblioteca"] / "src").iterdir()}
    assert {"api.ts", "auth.ts", "index.ts", "libros.ts", "personas.ts"} <= files
    tasks = (clients["tracker"] / "src" / "tasks.ts").read_text()
    assert '  status: "todo" | "doing" | "review" | "done";\n' in tasks
    assert "  project: api.Reference<number>;\n" in tasks
    assert "  listComments(id: number, query: CommentQuery = {}): Promise<api.Page<CommentRead>> {\n" in tasks
    assert 'import type { CommentQuery, CommentRead } from "./comments.js";\n' in tasks


@pytest.mark.parametrize("name", ["todo", "biblioteca", "tracker"])
def test_the_client_compiles_strictly(clients: dict[str, Path], tsc: Path, name: str) -> None:
    assert compile_(tsc, clients[name], "--noEmit") == ""


def test_its_types_refuse_what_the_api_refuses(clients: dict[str, Path], tsc: Path, tmp_path: Path) -> None:
    client = tmp_path / "client"
    shutil.copytree(clients["tracker"], client)
    (client / "src" / "use.ts").write_text(
        """import { ApiClient } from "./index.js";

const client = new ApiClient({ baseUrl: "http://localhost" });
void client.tasks.create({ project_id: 1, title: "x", status: "doing" });
void client.tasks.create({ project_id: 1 });
void client.tasks.create({ project_id: 1, title: "x", status: "later" });
void client.tasks.update(1, { reporter_id: 2 });
void client.tasks.list({ due__gte: "2026-01-01", status__in: ["todo"] });
void client.tasks.list({ colour: "red" });
"""
    )
    lines = re.findall(r"use\.ts\((\d+),", compile_(tsc, client, "--noEmit"))
    assert lines == ["5", "6", "7", "9"]


def test_it_sends_what_the_operations_say(clients: dict[str, Path], tsc: Path, tmp_path: Path) -> None:
    client = tmp_path / "client"
    shutil.copytree(clients["tracker"], client)
    assert compile_(tsc, client) == ""
    (client / "call.mjs").write_text(
        """import { ApiClient, ApiError } from "./dist/index.js";

const sent = [];
const answers = [
  new Response(JSON.stringify({ items: [], total: 0, limit: 20, offset: 0 })),
  new Response(null, { status: 204 }),
  new Response(JSON.stringify({ access_token: "t" })),
  new Response(JSON.stringify({ title: "Gone", status: 404 }), { status: 404 }),
];
const fetch = async (url, init) => {
  sent.push([init.method, url.pathname + url.search, init.headers.authorization ?? "", String(init.body ?? "")]);
  return answers.shift();
};
const client = new ApiClient({ baseUrl: "http://api", fetch, token: () => "abc" });
await client.tasks.list({ status__in: ["todo", "doing"], count: true });
await client.tasks.linkLabels(1, 2);
await client.auth.login({ username: "a@b.c", password: "x y" });
try { await client.tasks.read(7); } catch (error) { sent.push([error instanceof ApiError, error.message]); }
console.log(JSON.stringify(sent));
"""
    )
    done = subprocess.run(["node", "call.mjs"], cwd=client, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [
        ["GET", "/api/v1/tasks?status__in=todo%2Cdoing&count=true", "Bearer abc", ""],
        ["PUT", "/api/v1/tasks/1/labels/2", "Bearer abc", ""],
        ["POST", "/api/v1/auth/login", "Bearer abc", "username=a%40b.c&password=x+y"],
        ["GET", "/api/v1/tasks/7", "Bearer abc", ""],
        [True, "Gone"],
    ]


def test_it_knows_no_framework() -> None:
    for path in (HERE / "tsclient").rglob("*"):
        if path.suffix in {".py", ".toml", ".ts", ".j2", ".json"}:
            assert "fastapi" not in path.read_text(encoding="utf-8").lower(), path
