"""Modules that nothing imports are not shipped."""

from __future__ import annotations

import re
from collections.abc import Callable

from iopeer_core.tree.model import Entry, Tree
from iopeer_plugin_nextjs.unused import unused


def tree(**files: str) -> Tree:
    made = {
        f"frontend/{path.replace('__', '/')}.ts": Entry(content=text.encode(), mode=0o644, author="nextjs")
        for path, text in files.items()
    }
    return Tree(made)


def test_what_no_page_leads_to_goes_and_its_tests_with_it() -> None:
    found = tree(
        app__page='import { a } from "@/lib/a";',
        lib__a='import { b } from "./b";',
        lib__b="",
        lib__c='import { d } from "@/lib/d";',
        lib__d="",
        tests__a='import { a } from "@/lib/a";',
        tests__d='import { d } from "@/lib/d";',
    )
    assert unused(found, "nextjs") == ("frontend/lib/c.ts", "frontend/lib/d.ts", "frontend/tests/d.ts")


def test_what_another_plugin_imports_stays() -> None:
    found = tree(lib__a="", lib__b='import { a } from "@/lib/a";')
    theirs = Entry(content=b'import "@/lib/b";', mode=0o644, author="other")
    assert unused(Tree({**found.files, "frontend/lib/theirs.ts": theirs}), "nextjs") == ()


def test_apps_have_the_widgets_of_their_types_alone(tree_of: Callable[[str], Tree]) -> None:
    todo, tracker = tree_of("todo").files, tree_of("tracker").files
    for name in ("money-field", "markdown-field", "subject-field", "reference-field"):
        path = f"frontend/components/form/{name}.tsx"
        assert path in tracker
        assert path not in todo
    imports = re.compile(r'from "@/([^"]+)"')
    for path, entry in todo.items():
        for found in imports.findall(entry.text) if path.endswith((".ts", ".tsx")) else ():
            candidates = {f"frontend/{found}{suffix}" for suffix in ("", ".ts", ".tsx")}
            assert candidates & todo.keys(), f"{path} imports {found}"
