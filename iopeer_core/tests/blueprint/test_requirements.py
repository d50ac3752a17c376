"""Ranges that meet, and those that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from iopeer_core.blueprint.requirements import met, requirement_name
from iopeer_core.errors import PluginError
from packaging.requirements import Requirement as Pep508
from packaging.version import Version


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("a>=2.0", "a<2.1", "a>=2.0,<2.1"),
        ("a>=2.1", "a<2.1", None),
        ("a>2.0", "a<=2.0", None),
        ("a==2.0", "a!=2.0", None),
        ("a==2.0.*", "a~=2.0.3", "a==2.0.*,~=2.0.3"),
        ("a~=2.0", "a>=3", None),
        ("a>=2.0,<2.1", "a!=2.0.*", None),
        ("a>=1,<2", "a>=1.5,<1.8", "a>=1.5,<1.8"),
        ("a>=1.0", "a>=1", "a>=1"),
        ("A_b[y]", "a-b[x]>=1", "a-b[x,y]>=1"),
        ("a>=1 ; python_version < '3.12'", "a", "a>=1"),
        ("a>=1 ; os_name == 'nt'", "a ; os_name == 'nt'", 'a>=1 ; os_name == "nt"'),
        ("a @ https://x.org/a.whl", "a @ https://x.org/a.whl", "a @ https://x.org/a.whl"),
        ("a @ https://x.org/a.whl", "a>=1", None),
        ("zod@^4.1.0", "zod@^4.1.0", "zod@^4.1.0"),
        ("zod@^4.1.0", "zod@<4.3.0", "zod@<4.3.0 ^4.1.0"),
        ("zod@^4.1.0", "zod@^5.0.0", None),
        ("zod@^0.2.3", "zod@0.3.0", None),
        ("zod@~1.2", "zod@>=1.2.9", "zod@>=1.2.9 ~1.2"),
        ("zod@1.x", "zod@>1", None),
        ("zod@1.2.3", "zod@<=1.2.3", "zod@1.2.3 <=1.2.3"),
        ("zod@1.2.3", "zod@>1.2.3", None),
        ("zod@latest", "zod@^4.0.0", None),
        ("zod@^3 || ^4", "zod@^4", None),
        ("@tanstack/react-table@^9.0.0", "@tanstack/react-table@*", "@tanstack/react-table@* ^9.0.0"),
        ("zod@^4.0.0", "zod>=4", None),
    ],
)
def test_meetings(one: str, other: str, both: str | None) -> None:
    assert met(one, other) == met(other, one) == both


def test_names() -> None:
    assert requirement_name("SQLAlchemy[asyncio]>=2") == "sqlalchemy"
    assert requirement_name("@tanstack/React-Table@^9") == "@tanstack/react-table"
    with pytest.raises(PluginError, match="is no requirement"):
        requirement_name("no such thing !")


versions = st.builds(
    lambda parts, tail: ".".join(map(str, parts)) + tail,
    st.lists(st.integers(0, 3), min_size=1, max_size=3),
    st.sampled_from(["", "", "a1", ".post1", ".dev1"]),
)
operators = st.sampled_from([">=", "<=", ">", "<", "==", "!="])


@given(st.lists(st.tuples(operators, versions), min_size=2, max_size=4), versions)
def test_a_version_that_satisfies_all_is_never_lost(parts: list[tuple[str, str]], version: str) -> None:
    """The meeting holds exactly the versions that every part holds."""
    ranges = [f"a{operator}{bound}" for operator, bound in parts]
    joined: str | None = ranges[0]
    for each in ranges[1:]:
        joined = met(joined, each) if joined else None
    allowed = all(Pep508(each).specifier.contains(Version(version), prereleases=True) for each in ranges)
    kept = joined is not None and Pep508(joined).specifier.contains(Version(version), prereleases=True)
    assert kept == allowed
