"""Random valid specs become apps that nobody can fault: always the same three; `make fuzz N=100` makes others."""

from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.spec.reader import read

from tests.apps.harness import judge
from tests.apps.specs import drawn

SEED = 3
MANY = 40
JSON_ROWS = """
# Flags

## Entities

### Flag

- payload: json, required
- tags: list of text

## Seeds

### Flag

| payload  |
| -------- |
| true     |
| {"a": 1} |
| [1, 2]   |
"""
"""Rows that are known by nothing but JSON: PostgreSQL has no equality for it, and `true` is no text."""


def test_random_specs_are_read_without_problems() -> None:
    for text in drawn(MANY, SEED):
        assert [problem.render() for problem in read(text).errors] == []


@pytest.mark.slow
def test_random_apps_hold(tmp_path: Path) -> None:
    apps = judge([*drawn(3, SEED), JSON_ROWS], tmp_path)
    assert [f"{app.spec}\n{app.stage}: {app.log}" for app in apps if app.stage] == []
