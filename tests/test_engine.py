"""The engine of generated backends: the same in every app, without HTTP, alone with the database; and what it does."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.apps.generate import environment_of, generate
from tests.apps.harness import App, run
from tests.apps.postgres import Server, postgres
from tests.apps.specs import drawn

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
ENGINE = HERE / "engine"
SEED = 11
MANY = 4
"""Random apps that are compared with the examples."""
QUERIES = frozenset({"execute", "scalar", "scalars", "exec_driver_sql", "stream", "stream_scalars"})

Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Files]:
    """The files of the examples, of random apps and of one with every type."""
    specs = {name: (EXAMPLES / name / "spec.md").read_text("utf-8") for name in ("tracker", "biblioteca", "todo")}
    specs |= {f"random {number}": text for number, text in enumerate(drawn(MANY, SEED))}
    return {name: files(text, tmp_path_factory.mktemp("app")) for name, text in specs.items()}


def files(spec: str, folder: Path) -> Files:
    """What a spec becomes."""
    path = folder / "spec.md"
    path.write_text(spec, encoding="utf-8")
    return {name: entry.content for name, entry in generate(path, folder / "app").files.items()}


def modules(app: Files, folder: str = "backend/") -> dict[str, ast.Module]:
    """The modules below a folder, read."""
    return {p: parsed(app[p]) for p in app if p.startswith(folder) and p.endswith(".py")}


@cache
def parsed(content: bytes) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(content)


def test_files_of_one_name_are_the_same_bytes_in_every_app(apps: Mapping[str, Files]) -> None:
    versions: dict[str, set[bytes]] = {}
    for app in apps.values():
        for path in modules(app, "backend/engine/"):
            versions.setdefault(path, set()).add(app[path])
    assert len(versions) > 12
    assert [path for path, contents in versions.items() if len(contents) > 1] == []


def test_what_no_entity_asks_for_is_left_out_whole(apps: Mapping[str, Files]) -> None:
    optional = {f"backend/engine/{name}.py" for name in ("decimals", "durations", "links", "trash")}
    assert not optional & apps["todo"].keys()
    assert {"backend/engine/decimals.py", "backend/engine/links.py"} <= apps["tracker"].keys()


def test_services_are_data(apps: Mapping[str, Files]) -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    for name, app in apps.items():
        found = [
            p
            for p, tree in modules(app, "backend/services/").items()
            for n in ast.walk(tree)
            if isinstance(n, functions)
        ]
        assert found == [], name


def test_no_code_outside_the_engine_executes_a_query(apps: Mapping[str, Files]) -> None:
    for name, app in apps.items():
        outside = {
            p: t for p, t in modules(app).items() if not p.startswith(("backend/engine/", "backend/migrations/"))
        }
        calls = [(p, n) for p, tree in outside.items() for n in ast.walk(tree) if isinstance(n, ast.Call)]
        found = [p for p, call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in QUERIES]
        # SQLite's pragmas are set on its own connection, before anybody has it
        assert [path for path in found if path != "backend/database.py"] == [], name


def test_the_engine_speaks_no_http(apps: Mapping[str, Files]) -> None:
    spoken = {"fastapi", "starlette", "http", "uvicorn"}
    outer = {"backend.dependencies", "backend.errors", "backend.routers", "backend.schemas", "backend.security"}
    for tree in modules(apps["tracker"], "backend/engine/").values():
        for node in ast.walk(tree):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.partition(".")[0] in spoken or name in outer]


@pytest.mark.parametrize(("name", "entity"), [("todo", "Task"), ("tracker", "Team"), ("tracker", "Task")])
def test_soft_delete_changes_the_files_of_its_entity_its_migration_and_tests(
    apps: Mapping[str, Files], name: str, entity: str, tmp_path: Path
) -> None:
    text = (EXAMPLES / name / "spec.md").read_text("utf-8")
    before, (head, after) = apps[name], text.split(f"### {entity}\n", 1)
    body, mark, rest = after.partition("\n### ")
    assert mark or entity == "Task"
    body, heading, tail = body.partition("\n## ")
    changed = files(
        f"{head}### {entity}\n{body.rstrip()}\n\n#### Options\n\n- soft delete: yes\n{heading}{tail}{mark}{rest}",
        tmp_path,
    )
    differ = {path for path in before.keys() & changed.keys() if before[path] != changed[path]}
    own = {
        f"backend/{folder}/{entity.lower()}{s}.py"
        for folder in ("models", "schemas", "services", "routers")
        for s in ("", "s")
    }
    assert {path for path in differ - own if not path.startswith(("tests/", "backend/migrations/"))} == set()
    assert f"backend/models/{entity.lower()}.py" in differ
    assert changed.keys() - before.keys() <= {"backend/engine/trash.py"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server."""
    with postgres() as started:
        yield started


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """An app of few entities, with this folder's tests among its own."""
    folder = tmp_path_factory.mktemp("engine")
    generate(ENGINE / "spec.md", folder)
    shutil.copytree(ENGINE / "templates", folder, dirs_exist_ok=True)
    return App("engine", folder, "")


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("path", sorted((ENGINE / "templates" / "tests").glob("test_*.py")), ids=lambda path: path.stem)
def test_it_does_what_it_says(path: Path, database: str, app: App, server: Server) -> None:
    variables = {} if database == "sqlite" else {"TEST_DATABASE_URL": server.database(path.stem)}
    command = ("pytest", "-q", "-x", "-W", "error", f"tests/{path.name}")
    one = App(path.stem, app.folder, "")
    run(one, database, command, environment_of(app.folder), **variables)
    assert not one.stage, one.log
