"""Which productions a spec uses, and what is left when plugins take theirs."""

from __future__ import annotations

from pathlib import Path

from iopeer_core.language.features import PRODUCTIONS, production, unbuilt, used
from iopeer_core.language.reader import read
from iopeer_core.model.spec import Spec

SPECS = Path(__file__).resolve().parents[3] / "tests" / "specs"


def _spec(text: str) -> Spec:
    result = read(text)
    assert result.spec is not None, [problem.render() for problem in result.errors]
    return result.spec


def _file(name: str) -> Spec:
    return _spec((SPECS / f"{name}.md").read_text("utf-8"))


def test_the_least_spec_uses_little() -> None:
    assert set(used(_file("todo"))) == {
        "title", "entities", "type.text", "type.boolean", "modifier.required", "modifier.default", "literal.boolean",
    }  # fmt: skip


def test_the_first_use_is_where_it_stands() -> None:
    places = {name: span.line for name, span in used(_file("tracker")).items()}
    assert places["type.decimal"] == 124
    assert places["relation.many-to-many.through"] == 59
    assert places["grant.own.by"] == 139
    assert places["expr.fields"] == 97


def test_every_name_that_specs_use_is_in_the_catalogue() -> None:
    for name in ("todo", "biblioteca", "tracker"):
        assert set(used(_file(name))) <= set(PRODUCTIONS)


def test_all_permissions_and_hidden_are_guards() -> None:
    guards = {name for name, item in PRODUCTIONS.items() if item.guard}
    assert guards == {name for name in PRODUCTIONS if name.startswith("grant.")} | {"modifier.hidden", "permissions"}


def test_unbuilt_is_what_no_pattern_matches() -> None:
    spec = _file("todo")
    assert unbuilt(spec, ["*"]) == []
    assert [item.name for item, _ in unbuilt(spec, ["entities", "type.*", "literal.*"])] == [
        "modifier.required", "modifier.default",
    ]  # fmt: skip
    text = "# T\n\n## Entities\n\n### A\n\n- x: text, hidden\n"
    [(item, span)] = unbuilt(_spec(text), ["entities", "type.text"])
    assert (item.name, item.guard, span.line) == ("modifier.hidden", True, 7)


def test_what_a_plugin_adds_is_named_after_it() -> None:
    assert production("block.states").title == "block 'states' of a plugin"
    assert not production("block.states").guard
