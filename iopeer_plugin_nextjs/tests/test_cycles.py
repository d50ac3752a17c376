"""No circle of files in the frontend: who reads one of them needs not read all."""

from __future__ import annotations

import re
from collections.abc import Callable
from graphlib import TopologicalSorter
from posixpath import dirname, join, normpath

import pytest
from iopeer_core.tree.model import Tree

IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']((?:@/|\.{1,2}/)[^"']+)["']""")
SUFFIXES = ("", ".ts", ".tsx", "/index.ts", "/index.tsx")


def imports(tree: Tree) -> dict[str, set[str]]:
    """The files of the frontend, and those that each of them imports, types included."""
    files = {path for path in tree.files if path.startswith("frontend/") and path.endswith((".ts", ".tsx"))}
    graph: dict[str, set[str]] = {}
    for path in files:
        wanted = IMPORT.findall(tree[path].text)
        places = (
            normpath(name.replace("@/", "frontend/", 1) if name.startswith("@/") else join(dirname(path), name))
            for name in wanted
        )
        graph[path] = {place + suffix for place in places for suffix in SUFFIXES if place + suffix in files}
    return graph


@pytest.mark.parametrize("name", ["tracker", "biblioteca"])
def test_no_files_import_each_other_in_a_circle(tree_of: Callable[[str], Tree], name: str) -> None:
    graph = imports(tree_of(name))
    assert sum(map(len, graph.values())) > 500
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the files
