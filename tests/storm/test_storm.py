"""A small storm; `make storm` makes a great one."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from tests.storm.edits import edit, hunks
from tests.storm.storm import Storms, Tally

SPECS = Path(__file__).parent.parent / "specs"
SEED = int(os.environ.get("IOPEER_SEED", "1"))
STORMS = int(os.environ.get("IOPEER_STORMS", "10"))


@pytest.mark.slow
def test_no_edit_is_lost(tmp_path: Path) -> None:
    tally, rng = Tally(), Random(SEED)  # noqa: S311 - what happens, no secrets
    Storms("biblioteca", (SPECS / "biblioteca.md").read_text(encoding="utf-8"), tmp_path, rng, tally).run(STORMS)
    assert tally.lost == []
    assert sum(tally.storms.values()) == STORMS
    assert sum(tally.edits.values()) > STORMS


def test_edits_are_inside_or_outside_of_what_changes() -> None:
    old = "\n".join(str(number) for number in range(40))
    new = old.replace("\n7\n", "\nseven\n")
    assert hunks(old, new) == [(7, 8)]
    rng = Random(1)  # noqa: S311 - no secrets
    for number in range(50):
        inside, outside = (edit("a.py", old, new, number, rng, inside=where) for where in (True, False))
        assert inside is not None
        assert outside is not None
        assert (inside.inside, outside.inside) == (True, False)
        assert f"# edit-{number}" in inside.text
