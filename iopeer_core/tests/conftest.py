"""Specs for the tests, read from text by the real reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from iopeer_core.blueprint.plan import Plan
from iopeer_core.blueprint.union import unite
from iopeer_core.language.reader import read
from iopeer_core.model.spec import Spec

SPECS = Path(__file__).parents[2] / "tests" / "specs"
Read = Callable[[str], Spec]


@pytest.fixture(scope="session")
def spec_of() -> Read:
    """Reads a spec, from text or from `tests/specs` by name."""

    def reader(text: str) -> Spec:
        result = read(text if "\n" in text else (SPECS / f"{text}.md").read_text())
        assert result.spec, [(problem.line, problem.code, problem.values) for problem in result.problems]
        return result.spec

    return reader


@pytest.fixture(scope="session")
def united(spec_of: Read) -> Callable[[str], Plan]:
    """The same, with what IOPEER adds."""
    return lambda text: unite(spec_of(text), [])
