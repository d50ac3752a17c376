"""Makes docs/plugins/reference.md: every hook, addition and contribution with its fields, as the code has them.

It reads the sources, not the modules: what a field means stands in the comment beside it.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE = "iopeer_core/src/iopeer_core/"
HEAD = """# Reference of the plugin interfaces

Made by `tools/made_docs.py` from the code. How plugins work is in [the guide](README.md).
"""
PAGES = (
    ("The hooks", f"{CORE}plugins/hookspecs.py", "Hooks"),
    ("Additions to the spec", f"{CORE}blueprint/additions.py", ""),
    ("What a spec says", f"{CORE}model/spec.py", ""),
    ("Contributions of the core", f"{CORE}blueprint/contributions.py", ""),
)
OWNERS = "*/src/*/contributions.py"
"""What the plugins publish: a section each."""
SYMBOLS = "*/src/*/symbols.py"
"""What of the code that they generate others may import."""


def reference() -> str:
    """The whole document."""
    parts = [HEAD]
    for title, path, hooks in PAGES:
        parts += _hooks(title, path, hooks) if hooks else _types(title, path)
    for owner in _found(OWNERS):
        parts += _types(f"Contributions of {owner.parent.name}", owner.relative_to(ROOT).as_posix())
    for owner in _found(SYMBOLS):
        parts += _symbols(f"Symbols of {owner.parent.name}", owner.relative_to(ROOT).as_posix())
    return "\n".join(parts)


def _found(pattern: str) -> list[Path]:
    """The files of a pattern, in the workspace and among the official plugins."""
    return sorted(found for place in (pattern, f"plugins/{pattern}") for found in ROOT.glob(place))


def _symbols(title: str, path: str) -> Iterator[str]:
    """The public names of a module of symbols: constants with the line that says what each is, then its functions."""
    tree, _ = _parsed(path)
    yield f"## {title}\n\n`{_module(path)}`\n\n{inspect.cleandoc(ast.get_docstring(tree) or '')}\n"
    for node, after in pairwise(tree.body):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "PUBLIC" and node.value:
            for file, names in ast.literal_eval(node.value).items():
                yield f"- `{file}`: " + ", ".join(f"`{name}`" for name in names)
        if isinstance(node, ast.Assign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            names = ", ".join(f"`{ast.unparse(target)}`" for target in node.targets)
            yield f"- {names}: {' '.join(str(after.value.value).split())}"
    yield ""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
            yield f"```python\ndef {node.name}({ast.unparse(node.args)}){returns}\n```\n\n{_prose(node)}\n"


def _hooks(title: str, path: str, name: str) -> Iterator[str]:
    """The methods of a class, with their signatures."""
    yield f"## {title}\n\n`{_module(path)}`\n"
    for node in _parsed(path)[0].body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            for hook in (one for one in node.body if isinstance(one, ast.FunctionDef)):
                returns = f" -> {ast.unparse(hook.returns)}" if hook.returns else ""
                yield f"### {hook.name}\n\n```python\ndef {hook.name}({ast.unparse(hook.args)}){returns}\n```\n"
                yield f"{_prose(hook)}\n"


def _types(title: str, path: str) -> Iterator[str]:
    """The public classes of a module, with their fields."""
    tree, lines = _parsed(path)
    yield f"## {title}\n\n`{_module(path)}`\n"
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield f"### {node.name}\n\n{_prose(node)}\n"
            if rows := list(_fields(node, lines)):
                yield "| field | type | default | |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _fields(node: ast.ClassDef, lines: list[str]) -> Iterator[str]:
    """A row for each field of a dataclass, and for each member of an enum."""
    for item in node.body:
        comment = _comment(lines, item)
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            annotation = ast.unparse(item.annotation)
            if not annotation.startswith("ClassVar"):
                yield _row(item.target.id, f"`{annotation}`", item.value, comment)
        elif isinstance(item, ast.Assign) and _is_enum(node) and isinstance(item.targets[0], ast.Name):
            yield _row(item.targets[0].id, "", item.value, comment)
        elif isinstance(item, ast.Assign) and ast.unparse(item.targets[0]) == "merge":
            yield _row("merge", "", item.value, "what happens when two have one key")


def _row(name: str, kind: str, value: ast.expr | None, comment: str) -> str:
    default = f"`{ast.unparse(value)}`" if value is not None else ""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in (f"`{name}`", kind, default, comment)) + " |"


def _is_enum(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).endswith("Enum") for base in node.bases)


def _comment(lines: list[str], node: ast.stmt) -> str:
    """What stands after the last line of a statement, in a comment."""
    last = lines[(node.end_lineno or node.lineno) - 1]
    rest = last.encode()[node.end_col_offset or 0 :].decode()
    found = re.match(r"\s*# (?!noqa|type:|fmt:)(.*)", rest)
    return found[1] if found else ""


def _prose(node: ast.ClassDef | ast.FunctionDef) -> str:
    return inspect.cleandoc(ast.get_docstring(node) or "")


def _parsed(path: str) -> tuple[ast.Module, list[str]]:
    text = (ROOT / path).read_text("utf-8")
    return ast.parse(text), text.split("\n")


def _module(path: str) -> str:
    return path.partition("/src/")[2].removesuffix(".py").replace("/", ".")
