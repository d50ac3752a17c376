"""`backend/own/`: what people write there works without being registered, and no later run touches it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from iopeer_core.environments.python import Environment

from tests.apps.generate import environment_of
from tests.projects import Project, snapshot

SPEC = """# Desk

## Roles

- admin
- reader

## Entities

### Note
- text: text, required
{more}
#### Permissions
- admin: all
- public: create, read, delete
"""
SEEN = """
import asyncio
from backend.main import app
from httpx import ASGITransport, AsyncClient

async def main():
    async with AsyncClient(transport=ASGITransport(app), base_url="http://app") as client:
        note = (await client.post("/api/v1/notes", json={"text": "hello"})).raise_for_status().json()
        print((await client.delete(f"/api/v1/notes/{note['id']}")).status_code)
        print((await client.get("/api/v1/own/first")).raise_for_status().json()["first"]["text"])

asyncio.run(main())
"""


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    project = Project(folder=tmp_path)
    project.enable("fastapi")
    again(project)
    return project


def again(project: Project, more: str = "") -> Path:
    """Generate, with another field if wanted; gives the app's folder."""
    (project.folder / "spec.md").write_text(SPEC.format(more=more), encoding="utf-8")
    done = project.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    return project.folder / "generated"


def take_hashes(file: Path) -> None:
    """Make the commented example part of the code, its imports above."""
    head, example = re.split(r"^ *# An example.*\n(?: *#\n)?", file.read_text(), flags=re.MULTILINE)
    end = re.search(r"^(?! *#)", example, flags=re.MULTILINE)
    lines = [re.sub(r"^( *)# ?", r"\1", line) for line in example[: end.start() if end else None].splitlines()]
    imports = [line.strip() for line in lines if line.strip().startswith("from backend")]
    rest = [line for line in lines if line.strip() not in imports]
    above, below = re.split(r"(?<=\"\"\"\n)\n*", head, maxsplit=1)
    text = "\n".join([above, *imports, below, *rest, example[end.start() :] if end else ""])
    file.write_text(text, encoding="utf-8")


def program(environment: Environment, folder: Path, *command: str) -> str:
    settings = {"DATABASE_URL": "sqlite:///./own.db", "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "")}
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_examples_work_and_stay(desk: Project) -> None:
    """A step refuses, a route answers (through ASGI, without a server), a task reads; types and style hold."""
    folder = desk.folder / "generated"
    environment = environment_of(folder)
    for name in ("steps", "routes", "task"):
        take_hashes(folder / "backend" / "own" / f"{name}.py")
    program(environment, folder, str(environment.bin / "ruff"), "check", "-q", "--fix", "backend/own")
    program(environment, folder, str(environment.bin / "ruff"), "format", "-q", "backend/own")
    written = snapshot(folder / "backend" / "own")
    folder = again(desk, "- colour: text\n")
    assert snapshot(folder / "backend" / "own") == written
    assert "colour" in (folder / "backend/models/note.py").read_text()
    program(environment, folder, str(environment.bin / "alembic"), "upgrade", "head")
    assert program(environment, folder, str(environment.python), "-c", SEEN).split() == ["403", "hello"]
    assert "hello" in program(environment, folder, str(environment.python), "-m", "backend.own.task")
    program(environment, folder, str(environment.bin / "ruff"), "check", ".")
    program(environment, folder, str(environment.bin / "mypy"))


def test_a_file_of_ones_own_that_was_deleted_does_not_come_back_in_silence(desk: Project) -> None:
    (desk.folder / "generated/backend/own/task.py").unlink()
    assert not (again(desk, "- colour: text\n") / "backend/own/task.py").exists()
