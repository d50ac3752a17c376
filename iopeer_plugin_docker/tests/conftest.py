"""The tracker in containers, made once, and as it is where another plugin contributes too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.tree.model import Tree

from iopeer_core import kit

EXAMPLES = Path(__file__).parents[2] / "examples"
WHOLE = ("docker", "fastapi", "nextjs")
PROXIED: Mapping[str, Mapping[str, Any]] = {"docker": {"nginx": True}}
Make = Callable[..., kit.Generated]


@pytest.fixture(scope="session")
def tree() -> Tree:
    """The files of the tracker, with an NGINX."""
    return kit.generate(EXAMPLES / "tracker" / "spec.md", WHOLE, settings=PROXIED).tree


@pytest.fixture(scope="session")
def bare() -> Tree:
    """The files of the backend alone, without an NGINX."""
    return kit.generate(EXAMPLES / "todo" / "spec.md", ("docker", "fastapi")).tree


@pytest.fixture
def made_with(tmp_path: Path) -> Make:
    """The tracker where another plugin contributes too, with a template of its own, `mine`."""
    (tmp_path / "mine").write_text("mine\n")

    def make(*more: Contribution) -> kit.Generated:
        spec = EXAMPLES / "tracker" / "spec.md"
        return kit.generate(spec, WHOLE, settings=PROXIED, more=more, templates=tmp_path)

    return make


@pytest.fixture
def tree_with(made_with: Make) -> Callable[..., Tree]:
    """Its files."""
    return lambda *more: made_with(*more).tree
