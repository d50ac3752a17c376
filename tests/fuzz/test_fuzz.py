"""A few hundred cases of the fuzzer, always the same ones; `make fuzz-spec` runs ten thousand."""

from __future__ import annotations

import pytest

from tests.fuzz import apps
from tests.fuzz.hostile import huge
from tests.fuzz.lines import base_specs
from tests.fuzz.run import APPS, KINDS, alarm, answered, case

CASES = 120


@pytest.mark.shows("modifier.optional")
@pytest.mark.parametrize("kind", KINDS)
def test_specs_are_answered_as_they_should_be(kind: str) -> None:
    bases = base_specs()
    failures = [failure for seed in range(CASES) if (failure := case(kind, seed, bases))]
    assert [str(failure) for failure in failures] == []


@pytest.mark.parametrize("size", [(10_000_000, 60_000), (18_000, 2_000)], ids=["more than is read", "what is read"])
def test_huge_texts_are_answered(size: tuple[int, int]) -> None:
    for name, text in huge(*size):
        with alarm(60):
            assert answered(text) is None, name


@pytest.mark.parametrize("kind", APPS)
def test_apps_of_mutated_specs(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The core's own files, which need no plugin; `tools/fuzz.py --kind same` judges whole apps."""
    monkeypatch.setattr(apps, "CONFIG", "plugins = []\nallow_unbuilt_guards = true\n")
    bases = base_specs()
    failures = [failure for seed in range(60) if (failure := case(kind, seed, bases))]
    assert [str(failure) for failure in failures] == []
