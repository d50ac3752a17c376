"""One table of inputs goes through the form's schema, the API on both databases, CSV and back: all accept the same.

The table is the core's (iopeer_core/model/formats.py), so that a new row is tried everywhere.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from iopeer_core.environments.node import link_tree, node, node_modules
from iopeer_core.model.formats import FORMATS, Json

from tests.apps.generate import environment_of
from tests.apps.postgres import postgres
from tests.apps.running import Running, running
from tests.projects import Project

Row = tuple[str, Json, bool]
"""A field, a value, and whether it is taken."""
TABLE: list[Row] = [
    (scalar.value.replace(" ", "_"), value, taken)
    for scalar, row in FORMATS.items()
    for values, taken in ((row.valid, True), (row.invalid, False))
    for value in values
    if value != ""  # what is empty is missing, or none
]
SPEC = "# Every type\n\n## Entities\n\n### Value\n\n- label: text\n" + "".join(
    f"- {scalar.value}: {scalar.value}\n" for scalar in FORMATS
).replace("- text: text", "- `text`: text")
ZOD = """
import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { csv } from "@/lib/csv";
import { valueSchema, valueValues } from "@/lib/schemas/value";

const table = JSON.parse(readFileSync("table.json", "utf-8")) as [string, unknown, boolean][];

it("takes the same", () => {
  const wrong = table.filter(([name, value, taken]) => {
    const held = name === "json" ? JSON.stringify(value) : value;
    return valueSchema.safeParse({ ...valueValues(), [name]: held }).success !== taken;
  });
  expect(wrong).toEqual([]);
});

it("writes what comes back", () => {
  const texts = table.filter(([, value, taken]) => taken && typeof value === "string");
  writeFileSync("table.csv", csv(texts.map(([name, value]) => [name, String(value)])));
});
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats")
    (folder / "spec.md").write_text(SPEC, encoding="utf-8")
    project = Project(folder=folder)
    project.enable("fastapi", "nextjs")
    done = project.generate("--check", "none")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "generated"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, app: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    file = tmp_path_factory.mktemp("database") / "app.db"
    with postgres() as server:
        url = f"sqlite:///{file}" if request.param == "sqlite" else server.database("formats")
        with running(app, environment_of(app), url) as found:
            yield found


def answer(served: Running, token: str, name: str, value: Json) -> tuple[bool, Any]:
    """Whether the API takes a value, and what it answers."""
    try:
        return True, served.call("/api/v1/values", {name: value}, token=token)[name]
    except urllib.error.HTTPError as refused:
        return (False, None) if refused.code == 422 else (True, refused.code)


@pytest.mark.slow
def test_the_api_takes_them_and_takes_back_what_it_answers(served: Running) -> None:
    token = served.first_token()
    wrong = []
    for name, value, taken in TABLE:
        done, answered = answer(served, token, name, value)
        again = answer(served, token, name, answered) if done else (False, None)
        if done is not taken or again != (done, answered):
            wrong.append((name, value, answered, again))
    assert wrong == []


@pytest.mark.slow
def test_the_form_takes_them_and_csv_keeps_them(app: Path) -> None:
    folder = app / "frontend"
    (folder / "table.json").write_text(json.dumps(TABLE), encoding="utf-8")
    (folder / "tests" / "formats.test.ts").write_text(ZOD, encoding="utf-8")
    manifest, lock = ((folder / name).read_text(encoding="utf-8") for name in ("package.json", "package-lock.json"))
    programs = node(manifest)
    link_tree(node_modules(manifest, lock, programs), folder / "node_modules")
    done = subprocess.run(
        [folder / "node_modules" / ".bin" / "vitest", "run", "tests/formats.test.ts"],
        cwd=folder,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with (folder / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        back = [(name, text.removeprefix("'") if text[1:2] in "=+-@" else text) for name, text in csv.reader(file)]
    assert back == [(name, value) for name, value, taken in TABLE if taken and isinstance(value, str)]
    shutil.rmtree(folder / "node_modules")
