"""The example apps, rendered once, and the environment that their own requirements come to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import tomli
from iopeer_core.environments.python import Environment, python_environment
from iopeer_core.kit import generate
from iopeer_core.tree.model import Tree

EXAMPLES = Path(__file__).parents[2] / "examples"
SPECS = Path(__file__).parent / "specs"
APPS = {
    "tracker": EXAMPLES / "tracker" / "spec.md",
    "biblioteca": EXAMPLES / "biblioteca" / "spec.md",
    "todo": EXAMPLES / "todo" / "spec.md",
    "every_type": SPECS / "every_type.md",
}


@pytest.fixture(scope="session", params=sorted(APPS))
def app(
    request: pytest.FixtureRequest, tree_of: Callable[[str], Tree], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a generated app."""
    folder = tmp_path_factory.mktemp(request.param)
    tree_of(request.param).write_to(folder)
    return folder


@pytest.fixture(scope="session")
def tree_of() -> Callable[[str], Tree]:
    """Renders an app by its name, once."""
    made: dict[str, Tree] = {}

    def of(name: str) -> Tree:
        if name not in made:
            made[name] = generate(APPS[name], ["fastapi"]).tree
        return made[name]

    return of


@pytest.fixture(scope="session")
def environment(tree_of: Callable[[str], Tree]) -> Environment:
    """What the generated apps require, their development group included."""
    tree = tree_of("tracker")
    project = tomli.loads(tree["pyproject.toml"].text)
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return python_environment(wanted, tree["requirements.lock"].text)
