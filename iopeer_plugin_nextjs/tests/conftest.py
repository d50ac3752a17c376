"""The example apps, rendered once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from iopeer_core.tree.model import Tree

from iopeer_core import kit

EXAMPLES = Path(__file__).parents[2] / "examples"


def generate(spec: Path) -> kit.Generated:
    """A whole product of a spec: an API and its frontend."""
    return kit.generate(spec, ["fastapi", "nextjs"])


@pytest.fixture(scope="session")
def tree_of() -> Callable[[str], Tree]:
    """Renders an app by its name, once."""
    made: dict[str, Tree] = {}

    def of(name: str) -> Tree:
        if name not in made:
            made[name] = generate(EXAMPLES / name / "spec.md").tree
        return made[name]

    return of
