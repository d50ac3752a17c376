"""The patterns of exact numbers take what is within the limits, and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from iopeer_plugin_fastapi.view.decimals import written


@st.composite
def limits(draw: st.DrawFn) -> tuple[int, int, Decimal | None, Decimal | None]:
    """Digits, places and limits that leave something."""
    places = draw(st.integers(0, 3))
    digits = draw(st.integers(max(places, 1), places + 3))
    largest = 10**digits - 1
    low, high = sorted(draw(st.tuples(*[st.integers(-largest, largest)] * 2)))
    least, most = (Decimal(limit).scaleb(-places) for limit in (low, high))
    return digits, places, draw(st.sampled_from([None, least])), draw(st.sampled_from([None, most]))


@given(limits(), st.data())
def test_pattern(given: tuple[int, int, Decimal | None, Decimal | None], data: st.DataObject) -> None:
    digits, places, least, most = given
    largest = 10**digits - 1
    near = [int(limit.scaleb(places)) for limit in (least, most) if limit is not None] or [0]
    around = st.sampled_from(near).flatmap(lambda limit: st.integers(limit - 2, limit + 2))
    steps = data.draw(st.integers(-2 * largest, 2 * largest) | around)
    value = Decimal(steps).scaleb(-places)
    within = (least is None or value >= least) and (most is None or value <= most) and abs(steps) <= largest
    text = f"{value:f}".lstrip("-") if value == 0 else f"{value:f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    for one in (text, short):
        assert bool(re.fullmatch(written(digits, places, least, most), one)) is within, one


@pytest.mark.parametrize("text", ["", "+1", "1.", ".5", "01", "1e2", "1_0", "١", "1.234", " 1"])
def test_other_spellings(text: str) -> None:
    assert re.fullmatch(written(5, 2, None, None), text) is None


def test_usual_ones_are_short() -> None:
    assert written(14, 2, Decimal(0), None) == r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?"
    assert written(12, 2, None, None) == r"-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?"
    assert written(5, 2, Decimal(0), Decimal(100)) == r"(0|[1-9][0-9]?)(\.[0-9]{1,2})?|100(\.00?)?"
