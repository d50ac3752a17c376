"""What the plugin makes of the examples, without running any of it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from iopeer_core.tree.model import Tree

EXAMPLES = ("biblioteca", "todo", "tracker")


@pytest.fixture(params=EXAMPLES)
def tree(request: pytest.FixtureRequest, tree_of: Callable[[str], Tree]) -> Tree:
    return tree_of(request.param)


def test_the_lock_pins_what_package_json_asks_for(tree: Tree) -> None:
    asked = json.loads(tree["frontend/package.json"].text)
    lock = json.loads(tree["frontend/package-lock.json"].text)
    root = lock["packages"][""]
    assert asked["dependencies"] == root["dependencies"]
    assert asked["devDependencies"] == root["devDependencies"]


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
