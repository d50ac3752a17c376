"""What other plugins' code may import of a generated backend is a public interface: it changes on purpose."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

from iopeer_core.blueprint.contributions import Symbol
from iopeer_core.blueprint.plan import Plan
from iopeer_core.language.reader import read
from iopeer_core.tree.model import Tree

from iopeer_plugin_fastapi import outbox, symbols

PAGE = Path(__file__).parents[2] / "docs" / "plugins" / "README.md"
WORK = "entity: Entity, connection: AsyncConnection, actor: Actor | None"
SIGNATURES = {
    "find": f"{WORK}, query: Query=EVERYTHING, parent: Parent | None=None) -> Listed",
    "get": f"{WORK}, key: Id) -> Row",
    "seek": f"{WORK}, key: Id) -> Row | None",
    "create": f"{WORK}, data: BaseModel) -> Row",
    "change": f"{WORK}, key: Id, data: BaseModel, *, whole: bool=False, expected: Collection[str] | None=None) -> Row",
    "remove": f"{WORK}, key: Id, *, expected: Collection[str] | None=None) -> None",
    "restore": f"{WORK}, key: Id) -> Row",
    "link": f"{WORK}, key: Id, name: str, target: Id) -> None",
    "unlink": f"{WORK}, key: Id, name: str, target: Id) -> None",
    "transaction": "actor: Actor | None=None) -> AsyncIterator[AsyncConnection]",
    "reading": "actor: Actor | None=None) -> AsyncIterator[AsyncConnection]",
    "attempt": "connection: AsyncConnection) -> AsyncIterator[None]",
    "problems": "*statuses: int) -> dict[int | str, dict[str, Any]]",
    "utcnow": ") -> datetime",
    "engine": ") -> AsyncEngine",
    "reader": ") -> AsyncEngine",
    "get_settings": ") -> Settings",
    "delivery": ") -> Delivery",
    "before": "entity: Entity, *verbs: Verb) -> Callable[[Step], Step]",
    "after": "entity: Entity, *verbs: Verb) -> Callable[[Step], Step]",
}
MEMBERS = {
    "Query": "filters order search deleted limit offset count",
    "Filter": "field operator value",
    "Order": "field descends",
    "Parent": "entity key field",
    "Listed": "items total limit offset",
    "Event": "entity verb connection actor key values old",
    "Committed": "id entity operation key old new actor at",
    "Actor": "id role",
}


def declared(module: str) -> dict[str, ast.stmt]:
    """What a module declares by itself."""
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(module).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id: node for target in targets if isinstance(target, ast.Name)}
    return found


def template(path: str) -> str:
    """The template of a file that only other plugins ask for, without what is filled in."""
    found = outbox.TEMPLATES / path
    text = (found if found.exists() else found.with_name(f"{found.name}.j2")).read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if "{%" not in line and "{{" not in line)


def test_all_of_it_is_there_with_its_arguments_and_members(tree_of: Callable[[str], Tree]) -> None:
    tree = {**tree_of("every_type").files, **tree_of("tracker").files}
    assert sum(map(len, symbols.PUBLIC.values())) == len({name for names in symbols.PUBLIC.values() for name in names})
    for path, names in symbols.PUBLIC.items():
        found = declared(tree[path].text if path in tree else template(path))
        for name in names:
            node = found[name]
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                returns = ast.unparse(node.returns) if node.returns else ""
                assert f"{ast.unparse(node.args)}) -> {returns}" == SIGNATURES[name]
                assert ast.get_docstring(node), name
            elif name in MEMBERS and isinstance(node, ast.ClassDef):
                members = [each.target for each in node.body if isinstance(each, ast.AnnAssign)]
                assert " ".join(ast.unparse(member) for member in members) == MEMBERS[name]


def test_the_page_for_authors_shows_the_calls() -> None:
    page = PAGE.read_text(encoding="utf-8")
    mine = {name: value for name, value in vars(symbols).items() if isinstance(value, Symbol)}
    assert len(mine) > 20
    for name, symbol in mine.items():
        assert f"`{name}`" in page or f"{symbol.name}(" in page or f"`{symbol.name}`" in page, name


def test_an_entity_tells_what_it_is_called() -> None:
    spec = read("# App\n\n## Entities\n\n### Table\n\n- class: text, required\n").spec
    assert spec is not None
    plan = Plan(spec=spec, account="")
    found = symbols.of(plan, "table")
    assert (found.model.module, found.model.name) == ("backend.models.table", "TableModel")
    assert (found.service.module, found.service.name) == ("backend.services.tables", "TABLES")
    assert [found.create.name, found.read.name, found.update.name] == ["TableCreate", "TableRead", "TableUpdate"]
    assert found.create.module == "backend.schemas.table"
