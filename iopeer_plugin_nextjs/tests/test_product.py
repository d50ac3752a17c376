"""What the plugin makes of the examples, without running any of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed, Symbol
from iopeer_core.blueprint.plan import Plan
from iopeer_core.errors import PluginError
from iopeer_core.model.spec import Spec
from iopeer_core.tree.model import Tree
from iopeer_plugin_nextjs.contributions import Page
from iopeer_plugin_nextjs.product import pages

from .conftest import EXAMPLES as EXAMPLES_FOLDER
from .conftest import generate

EXAMPLES = ("biblioteca", "todo", "tracker")
SPECS = Path(__file__).parent / "specs"
LONGEST = 300
"""How many lines a file of the frontend may have."""


@pytest.fixture(params=EXAMPLES)
def tree(request: pytest.FixtureRequest, tree_of: Callable[[str], Tree]) -> Tree:
    return tree_of(request.param)


def test_the_lock_pins_what_package_json_asks_for(tree: Tree) -> None:
    asked = json.loads(tree["frontend/package.json"].text)
    lock = json.loads(tree["frontend/package-lock.json"].text)
    root = lock["packages"][""]
    assert asked["dependencies"] == root["dependencies"]
    assert asked["devDependencies"] == root["devDependencies"]


@pytest.mark.parametrize(("icon", "told"), [("NoSuchIcon", "one of lucide"), ("creditCard", "'CreditCard'")])
def test_a_page_names_an_icon_that_there_is(icon: str, told: str) -> None:
    symbol = Symbol(component="frontend", module="frontend/components/x", name="X")
    page = Page(path="billing", symbol=symbol, title="x", icon="CreditCard")
    plan = Plan(spec=Spec(title="x"))
    assert list(pages(Blueprint(plan=plan, contributions=(Contributed(plugin="stripe", value=page),))))
    wrong = Contributed(plugin="stripe", value=replace(page, icon=icon))
    with pytest.raises(PluginError, match=f"the page 'billing' of 'stripe' names the icon '{icon}'") as caught:
        list(pages(Blueprint(plan=plan, contributions=(wrong,))))
    assert told in str(caught.value)


def test_the_lock_names_no_registry_and_every_package_has_a_version(tree: Tree) -> None:
    packages = json.loads(tree["frontend/package-lock.json"].text)["packages"]
    assert not [path for path, one in packages.items() if "resolved" in one]
    assert not [path for path, one in packages.items() if path and "version" not in one]
    optional = {name for one in packages.values() for name in one.get("optionalDependencies", {})}
    known = {path.rpartition("node_modules/")[2] for path in packages}
    assert optional <= known  # npm leaves out what the registry does not have, and `npm ci` fails then


def test_nothing_names_the_generator(tree: Tree) -> None:
    ours = {path: entry for path, entry in tree.files.items() if path.startswith("frontend/")}
    assert not [path for path, entry in ours.items() if "iopeer" in entry.content.decode().lower()]


def test_a_file_of_texts_per_language(tree_of: Callable[[str], Tree]) -> None:
    def messages(name: str) -> list[str]:
        return sorted(path for path in tree_of(name).files if path.startswith("frontend/messages/"))

    assert messages("tracker") == ["frontend/messages/en.json", "frontend/messages/es.json"]
    assert messages("biblioteca") == ["frontend/messages/es.json"]


def test_the_tree_is_that_of_an_application(tree_of: Callable[[str], Tree]) -> None:
    paths = {path.removeprefix("frontend/") for path in tree_of("tracker").files}
    for page in ("page.tsx", "new/page.tsx", "[id]/page.tsx", "[id]/edit/page.tsx"):
        assert f"app/(app)/tasks/{page}" in paths
    for page in ("login", "register", "forgot-password", "reset-password"):
        assert f"app/(auth)/{page}/page.tsx" in paths
    for file in ("proxy.ts", "app/layout.tsx", "api/tasks.ts", "hooks/use-tasks.ts", "lib/schemas/task.ts"):
        assert file in paths


def test_every_text_that_is_asked_for_is_there_in_every_language(tree: Tree) -> None:
    files = {path: json.loads(entry.text) for path, entry in tree.files.items() if "/messages/" in path}
    named = re.compile(r'(\bt\w*) = useTranslations\("(\w+)"\)')
    for path, entry in tree.files.items():
        if not path.startswith("frontend/") or not path.endswith((".ts", ".tsx")):
            continue
        for variable, namespace in named.findall(entry.text):
            used = re.findall(rf'\b{variable}(?:\.rich)?\("([\w.]+)"', entry.text)
            for language, texts in files.items():
                lacking = [key for key in used if key not in texts[namespace]]
                assert not lacking, f"{path}: {language} has no {namespace}.{lacking}"


def test_nothing_is_left_unrendered_and_no_file_is_long(tree: Tree) -> None:
    ours = {path: entry.text for path, entry in tree.files.items() if path.startswith("frontend/")}
    assert not [path for path, text in ours.items() if "{%" in text]
    code = {path: text for path, text in ours.items() if path.endswith((".ts", ".tsx")) and "countries" not in path}
    assert not {path: text.count("\n") for path, text in code.items() if text.count("\n") > LONGEST}


def test_the_same_spec_gives_the_same_bytes() -> None:
    first, second = (generate(EXAMPLES_FOLDER / "tracker" / "spec.md").tree for _ in range(2))
    assert {path: entry.content for path, entry in first.files.items()} == {
        path: entry.content for path, entry in second.files.items()
    }


def test_entities_that_are_called_like_the_application_s_own_pages_get_other_addresses() -> None:
    tree = generate(SPECS / "reserved.md").tree
    paths = set(tree.files)
    for slug in ("account-list", "health-list", "types-list", "logins", "sessions"):
        assert f"frontend/app/(app)/{slug}/page.tsx" in paths
        assert f"frontend/api/{slug}.ts" in paths
    assert 'href: "/account-list"' in tree["frontend/lib/navigation.ts"].text
    assert "class: string;" in tree["frontend/api/logins.ts"].text


def test_entities_that_are_called_like_files_of_the_application_get_other_ones() -> None:
    tree = generate(SPECS / "names.md").tree
    for file in ("api/endpoints-list.ts", "hooks/use-places-list.ts", "lib/schemas/rules-entity.ts"):
        assert f"frontend/{file}" in tree.files
    for file in ("app/(app)/pages/page.tsx", "app/(app)/robots/page.tsx", "components/providers/provider-list.tsx"):
        assert f"frontend/{file}" in tree.files
    assert "const useUpdate =" not in tree["frontend/hooks/use-updates.ts"].text
    assert "import type { Caller }" not in tree["frontend/lib/policies.ts"].text
