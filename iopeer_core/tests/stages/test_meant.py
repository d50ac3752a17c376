"""A failing check says which lines of the spec it is about."""

from __future__ import annotations

import pytest
from iopeer_core.language.reader import read
from iopeer_core.model.spec import Spec
from iopeer_core.runs.report import CheckResult
from iopeer_core.stages.meant import lines_meant

TEXT = """# T

## Entities

### Work order

- title: text, required
- opens: time
- closes: time

#### Rules

- check: opens < closes — "It opens first"

### Branch

- name: text
"""


@pytest.fixture
def spec() -> Spec:
    found = read(TEXT).spec
    assert found is not None
    return found


@pytest.mark.parametrize(("log", "expected"), [
    ("FAILED tests/test_rules.py::test_checks[work-orders-values0-opens-It opens first] - assert 201", ["13"]),
    ("FAILED tests/test_crud.py::test_create[work-orders] - AssertionError: It opens first", ["13"]),
    ("FAILED tests/test_rules.py::test_required[work-orders-title]", ["7"]),
    ("FAILED tests/test_crud.py::test_list[branches] - assert", ["15"]),
    (" FAIL  tests/work-orders.test.tsx > the form > asks", ["5"]),
    ("components/branches/branch-form.tsx(3,1): error TS6133: 'x' is declared", ["15"]),
    ("  1) [tests] › e2e/tests/crud.spec.ts:12:3 › branch: added, found", ["15"]),
    ("the server did not start", []),
    ("passed tests about branches", []),
])  # fmt: skip
def test_failures_lead_to_lines(spec: Spec, log: str, expected: list[str]) -> None:
    result = CheckResult(name="tests", command=(), outcome="failed", duration=0.0, log=log)
    lines = [line.split()[0].rpartition(":")[2] for line in lines_meant(spec, [result])]
    assert lines == expected
