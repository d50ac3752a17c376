"""Contributions of several plugins, brought together."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from iopeer_core.blueprint.contributions import Contributed, Contribution, EnvVar, File, Merge, Requirement, Task
from iopeer_core.blueprint.merge import bring_together
from iopeer_core.errors import PluginError


@dataclass(frozen=True, slots=True, kw_only=True)
class Middleware(Contribution):
    """A type of which several stay."""

    merge = Merge.UNION
    phase: str
    name: str

    @property
    def key(self) -> tuple[str, ...]:
        return (self.phase,)


def together(*pairs: tuple[str, Contribution]) -> list[tuple[str, Contribution]]:
    found = bring_together(Contributed(plugin=plugin, value=value) for plugin, value in pairs)
    return [(one.plugin, one.value) for one in found]


def test_the_same_twice_is_one() -> None:
    one = EnvVar(name="PORT", value="80")
    assert together(("b", one), ("a", EnvVar(name="PORT", value="80"))) == [("a, b", one)]


def test_two_that_differ_name_both_plugins_the_key_and_what_differs() -> None:
    with pytest.raises(PluginError) as error:
        together(("a", EnvVar(name="PORT", value="80")), ("b", EnvVar(name="PORT", value="81")))
    assert "EnvVar PORT: nothing satisfies both value='80' (from a) and value='81' (from b)" in str(error.value)
    assert "disable" in error.value.how


def test_a_setting_of_several_components_is_one() -> None:
    one, other = (EnvVar(name="KEY", secret=True, components=(name,)) for name in ("web", "api"))
    both = EnvVar(name="KEY", secret=True, components=("api", "web"))
    assert together(("a", one), ("b", other)) == [("a, b", both)]
    every = EnvVar(name="KEY", secret=True)
    assert together(("a", one), ("b", every)) == [("a, b", every)]


def test_all_conflicts_in_one_error() -> None:
    pairs = [(p, EnvVar(name=n, value=p)) for n in ("X", "Y") for p in ("a", "b")]
    with pytest.raises(PluginError) as error:
        together(
            *pairs,
            ("a", Requirement(component="c", specifier="x>=2")),
            ("b", Requirement(component="c", specifier="x<2")),
        )
    assert str(error.value).count("\n  - ") == 3


def test_a_default_yields_to_one_explicit_rival() -> None:
    explicit = EnvVar(name="LOGIN", value="clerk")
    default = EnvVar(name="LOGIN", value="own", default=True)
    assert together(("core", default), ("clerk", explicit)) == [("clerk", explicit)]


def test_two_differing_defaults_are_a_conflict() -> None:
    with pytest.raises(PluginError):
        together(("a", EnvVar(name="X", value="1", default=True)), ("b", EnvVar(name="X", value="2", default=True)))


def test_equal_files_of_two_plugins_are_two_files() -> None:
    with pytest.raises(PluginError, match=r"File README\.md"):
        together(("a", File(path="README.md", template="r.j2")), ("b", File(path="README.md", template="r.j2")))


def test_union_keeps_all() -> None:
    values = [Middleware(phase="first", name=name) for name in ("y", "x")]
    assert together(*(("p", value) for value in values), ("q", values[0])) == [("p", values[1]), ("p, q", values[0])]


def test_requirements_meet() -> None:
    pairs = [
        ("api", Requirement(component="backend", specifier="SQLAlchemy[asyncio]>=2.0", group="dev")),
        ("otel", Requirement(component="backend", specifier="sqlalchemy<2.1")),
        ("old", Requirement(component="worker", specifier="sqlalchemy<1")),
    ]
    merged = dict(together(*pairs))
    assert merged["api, otel"] == Requirement(component="backend", specifier="sqlalchemy[asyncio]>=2.0,<2.1")
    assert "old" in merged


def test_an_empty_meeting_names_both() -> None:
    with pytest.raises(PluginError) as error:
        together(
            ("a", Requirement(component="backend", specifier="sqlalchemy>=2.1")),
            ("b", Requirement(component="backend", specifier="sqlalchemy<2.1")),
        )
    assert "sqlalchemy" in str(error.value)
    assert "(from a)" in str(error.value)
    assert "(from b)" in str(error.value)


plugins = st.sampled_from("abc")
values: st.SearchStrategy[Contribution] = st.one_of(
    st.builds(Task, name=st.sampled_from("xyz"), component=st.just("c"), command=st.just(("t",))),
    st.builds(Middleware, phase=st.sampled_from("xy"), name=st.sampled_from("mn"), default=st.booleans()),
    st.builds(
        Requirement,
        component=st.just("c"),
        specifier=st.sampled_from(["p>=1", "p[x]>=1.5", "p[y]<3", "p!=2.0", "P~=2.1", "q==1.*"]),
        group=st.sampled_from(["main", "dev", "docs"]),
    ),
    st.builds(
        Requirement,
        component=st.just("web"),
        specifier=st.sampled_from(["z@^4.1.0", "z@>=4.0.0", "z@<5", "z@4"]),
    ),
)


@given(contributed=st.lists(st.tuples(plugins, values), max_size=12), data=st.data())
@settings(deadline=None)
def test_no_order_matters(contributed: list[tuple[str, Contribution]], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(contributed))
    assert repr(together(*shuffled)) == repr(together(*contributed))


@given(contributed=st.lists(st.tuples(plugins, values), max_size=8))
@settings(deadline=None)
def test_what_is_together_stays_so(contributed: list[tuple[str, Contribution]]) -> None:
    once = together(*contributed)
    assert together(*once) == once
