"""All official plugins together: whatever the order that a project names them in, the product is the same."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import pytest
from iopeer_core.kit import generate

from tools.matrix import ALONE, official, sets, together

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("spec", ["examples/todo/spec.md", "tests/specs/biblioteca.md"])
@pytest.mark.parametrize("some", [official(), tuple(name for name in official() if name not in ALONE)], ids=len)
def test_the_order_of_plugins_means_nothing(some: tuple[str, ...], spec: str) -> None:
    names = deque(together(some))
    first = generate(ROOT / spec, list(names)).tree.files
    for turn in range(len(names)):
        names.rotate(1)
        order = list(names) if turn % 2 else list(reversed(names))
        assert generate(ROOT / spec, order).tree.files == first, order


def test_the_matrix_has_every_pair() -> None:
    names = official()
    assert "github" in names
    assert all(any({one, other} <= set(each) for each in sets()) for one in names for other in names)
