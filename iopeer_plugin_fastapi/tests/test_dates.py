"""The pattern of dates between two limits takes what a comparison of dates takes."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
from iopeer_plugin_fastapi.view.dates import between


@settings(deadline=None)  # a busy machine is no failure
@given(st.dates(), st.dates(), st.dates())
@example(date(1900, 1, 1), date(2999, 12, 31), date(1899, 12, 31))
@example(date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 1))
def test_it_takes_what_the_comparison_takes(one: date, other: date, day: date) -> None:
    least, most = sorted((one, other))
    pattern = re.compile(between(least, most))
    for each in (day, least, most, least - timedelta(days=least > date.min), most + timedelta(days=most < date.max)):
        assert bool(pattern.fullmatch(each.isoformat())) == (least <= each <= most), pattern.pattern
    assert re.fullmatch(between(least, None), most.isoformat())
    assert re.fullmatch(between(None, most), least.isoformat())


def test_it_is_short_where_limits_are_round() -> None:
    years = "^(19[0-9]{2}-[0-9]{2}-[0-9]{2}|[2-9][0-9]{3}-[0-9]{2}-[0-9]{2})$"
    assert between(date(1900, 1, 1), None) == years
