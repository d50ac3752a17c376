"""A few hundred cases of the fuzzer, always the same ones; `make fuzz` runs ten thousand."""

from __future__ import annotations

import pytest

from tests.fuzz.hostile import huge
from tests.fuzz.lines import base_specs
from tests.fuzz.run import KINDS, answered, case

CASES = 120


@pytest.mark.parametrize("kind", KINDS)
def test_specs_are_answered_as_they_should_be(kind: str) -> None:
    bases = base_specs()
    failures = [failure for seed in range(CASES) if (failure := case(kind, seed, bases))]
    assert [str(failure) for failure in failures] == []


HUGE = {
    "100,000 headings ##",
    "100,000 equal fields",
    "check brackets",
    "nested lists",
    "a table of bars",
    "a million bars",
}


@pytest.mark.parametrize("name", sorted(HUGE))
def test_huge_texts_are_answered(name: str) -> None:
    text = next(text for other, text in huge() if other == name)
    assert answered(text) is None
