"""Generated frontends, held to what their own checks say, and to what their backends say of themselves."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from iopeer_core.blueprint.contributions import Component
from iopeer_core.environments.provide import Provided, provide

from .conftest import EXAMPLES, generate
from .test_view import SPECS

DESCRIBE = "import json; from backend.main import create_app; print(json.dumps(create_app().openapi()))"


class App:
    """A product in a folder, with the environments of its components."""

    def __init__(self, spec: Path, folder: Path) -> None:
        made = generate(spec)
        made.write(folder)
        tree, blueprint = made.tree, made.blueprint
        self._folder = folder
        self._provided: dict[str, Provided] = {}
        for component in blueprint.all(Component):
            provided = provide(component, blueprint, lambda path: tree[path].text if path in tree else None)
            provided.place(folder)
            self._provided[component.name] = provided

    def run(self, component: str, *command: str, within: str = ".") -> str:
        """What a command prints; it must succeed."""
        variables = {
            **os.environ,
            "PATH": self._provided[component].path(self._folder),
            "NEXT_TELEMETRY_DISABLED": "1",
            "DEBUG_PRINT_LIMIT": "0",
        }
        done = subprocess.run(
            command, cwd=self._folder / within, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"[-6000:]
        return done.stdout

    def described(self) -> Path:
        """The API's own description, in a file."""
        path = self._folder / "openapi.json"
        path.write_text(self.run("backend", "python", "-c", DESCRIBE), encoding="utf-8")
        return path


@pytest.mark.long
@pytest.mark.parametrize("spec", ["nasty", "names", "sealed"])
def test_names_and_types_of_every_kind_make_a_sound_frontend(spec: str, tmp_path: Path) -> None:
    app = App(SPECS / f"{spec}.md", tmp_path)
    app.run("frontend", "next", "typegen", within="frontend")
    app.run("frontend", "tsc", "--noEmit", within="frontend")
    app.run("frontend", "eslint", ".", within="frontend")
    app.run("frontend", "vitest", "run", within="frontend")
    app.run("frontend", "node", "tests/contract/run.mjs", str(app.described()), within="frontend")


@pytest.mark.long
def test_the_clients_types_are_the_apis(tmp_path: Path) -> None:
    app = App(EXAMPLES / "tracker" / "spec.md", tmp_path)
    description = app.described()
    contract = ("node", "tests/contract/run.mjs", str(description))
    app.run("frontend", *contract, within="frontend")
    described = description.read_text(encoding="utf-8")
    description.write_text(described.replace('"full_name"', '"whole_name"'), encoding="utf-8")
    with pytest.raises(AssertionError, match="TS2344"):
        app.run("frontend", *contract, within="frontend")
