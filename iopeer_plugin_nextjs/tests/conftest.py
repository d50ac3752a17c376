"""The example apps, rendered once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from iopeer_core.tree.model import Tree

from .generate import EXAMPLES, generate


@pytest.fixture(scope="session")
def tree_of() -> Callable[[str], Tree]:
    """Renders an app by its name, once."""
    made: dict[str, Tree] = {}

    def of(name: str) -> Tree:
        if name not in made:
            made[name] = generate(EXAMPLES / name / "spec.md")
        return made[name]

    return of
