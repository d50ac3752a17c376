"""Trees, folders, and a tiny plugin to render with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed, Contribution, Language
from iopeer_core.blueprint.plan import Plan
from iopeer_core.language.reader import read
from iopeer_core.model.spec import Spec
from iopeer_core.plugins.isolation import timed
from iopeer_core.render.renderer import Renderer, Source, template_files
from iopeer_core.runs.run import Event, Run
from iopeer_core.stages.coder import bytecode_folder
from iopeer_core.tree.model import Tree

FUNCTIONS = '''
"""What the tiny plugin names as module:function."""
from iopeer_core.blueprint.contributions import Scope
from iopeer_core.errors import UserError

def imports(static, symbols, body, module):
    lines = {f"import {name}" for name in static.split() if name in body}
    named = {f"from {s.module} import {s.name}" + (f" as {n}" if n != s.name else "") for s, n in symbols.items()}
    return "\\n".join(sorted(lines | named))

def scope(static, body):
    words = body.split()
    bound = {name: name for name in static.split()} | {n: "" for d, n in zip(words, words[1:]) if d == "def"}
    return Scope(bound=bound, used=frozenset(words))

def upper_first_line(files):
    return {path: content.replace(b"\\t", b"    ") for path, content in files.items()}

def loses_files(files):
    return {}

def refuses(files):
    raise UserError("cannot be read: a/x.tiny:3")

def fails(files):
    return 1 / 0

def helpers(blueprint):
    count = len(blueprint.spec.entities)
    return {"shout": str.upper, "count": count, "broken": fails, "leave": lambda: exit(3), "say": print}

def rude_helpers(blueprint):
    return {"use": print}
'''
TINY = Language(
    name="tiny",
    suffixes=(".tiny",),
    imports="tiny_plugin:imports",
    scope="tiny_plugin:scope",
    format="tiny_plugin:upper_first_line",
)

Make = Callable[..., Tree]


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder, a cache and a plugin's module of this test alone."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("IOPEER_CACHE", str(tmp_path / "cache"))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "tiny_plugin.py").write_text(FUNCTIONS)
    monkeypatch.syspath_prepend(tmp_path / "site")


@pytest.fixture
def events() -> list[Event]:
    """What the renderer tells."""
    return []


@pytest.fixture
def spec() -> Spec:
    """Three entities."""
    entities = "".join(f"### {name}\n\n- name: text\n\n" for name in ("Work order", "Person", "Tag"))
    result = read(f"# Shop\n\n## Entities\n\n{entities}")
    assert result.spec
    return result.spec


@pytest.fixture
def make(tmp_path: Path, spec: Spec, events: list[Event]) -> Make:
    """Renders templates, given as path → text, of a plugin called "tiny" (or as `plugins` says)."""

    def make(
        templates: Mapping[str, str] | None = None,
        *more: Contribution,
        plugins: Mapping[str, Mapping[str, str]] | None = None,
        helpers: str = "tiny_plugin:helpers",
        language: Language = TINY,
        overrides: Path | None = None,
    ) -> Tree:
        contributed, sources = [Contributed(plugin="tiny", value=value) for value in (language, *more)], {}
        for plugin, files in (plugins or {"tiny": templates or {}}).items():
            folder = tmp_path / "plugins" / plugin / "templates"
            folder.mkdir(parents=True, exist_ok=True)
            for path, text in files.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(text.encode("utf-8", "surrogateescape"))
            given = {value.path for value in more if hasattr(value, "path")}
            found = template_files(folder, only=lambda path: path not in given)  # noqa: B023 - consumed at once
            contributed += [Contributed(plugin=plugin, value=file) for file in found]
            sources[plugin] = Source(folder=folder, helpers=helpers)
        blueprint = Blueprint(plan=Plan(spec=spec), contributions=tuple(contributed))
        run = Run(id="1", listeners=[events.append])
        return Renderer(
            partial(timed, run), blueprint, sources, overrides=overrides, bytecode=bytecode_folder()
        ).render()

    return make
