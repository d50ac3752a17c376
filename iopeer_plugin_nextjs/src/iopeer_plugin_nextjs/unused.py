"""Parts of the app that a spec does not ask for: modules that nothing imports are not shipped."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from iopeer_core.tree.model import Tree

ROOT = "frontend/"
SHARED = tuple(ROOT + folder for folder in ("api/", "components/", "hooks/", "lib/"))
"""Where modules are that others import; what is elsewhere is read by the framework or by people."""
TESTS = f"{ROOT}tests/"
_SUFFIXES = (".ts", ".tsx")
_IMPORT = re.compile(r'(?:from|import|import\(|mock\()\s*"(?P<source>[@.]/?[^"]*)"')


def unused(tree: Tree, author: str) -> tuple[str, ...]:
    """The paths of an author's modules that no page leads to, and of the tests of these modules alone.

    Args:
        tree: all files.
        author: the plugin whose files may go.
    """
    modules = {path: _imports(tree, path) for path in tree if path.startswith(ROOT) and path.endswith(_SUFFIXES)}
    ours = {path for path in modules if tree[path].author == author}
    tests = {path for path in ours if path.startswith(TESTS)}
    roots = {path for path in modules if path not in tests and not (path in ours and path.startswith(SHARED))}
    alive = _reached(roots, modules)
    useless = {path for path in tests if any(found not in alive | tests for found in modules[path])}
    return tuple(sorted((ours - alive - tests) | useless))


def _imports(tree: Tree, path: str) -> frozenset[str]:
    """The paths of the modules that a file imports."""
    text = tree[path].content.decode()
    return frozenset(filter(None, (_found(tree, path, found["source"]) for found in _IMPORT.finditer(text))))


def _found(tree: Tree, path: str, source: str) -> str | None:
    where = ROOT + source[2:] if source.startswith("@/") else posixpath.join(posixpath.dirname(path), source)
    base = posixpath.normpath(where)
    return next((found for found in (base + suffix for suffix in _SUFFIXES) if found in tree), None)


def _reached(roots: Iterable[str], modules: dict[str, frozenset[str]]) -> set[str]:
    """Everything that is imported from somewhere on."""
    reached: set[str] = set()
    pending = list(roots)
    while pending:
        path = pending.pop()
        if path not in reached:
            reached.add(path)
            pending.extend(modules[path])
    return reached
