"""Blueprint ↔ JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.codec import blueprint_from_json, blueprint_to_json, spec_from_data, spec_to_data
from iopeer_core.blueprint.contributions import Contributed, EnvVar, File, Language, Requirement, Symbol, Where
from iopeer_core.blueprint.merge import bring_together
from iopeer_core.blueprint.operations import standard_operations
from iopeer_core.blueprint.plan import Plan, Previous
from iopeer_core.blueprint.policy import compile_policy
from iopeer_core.errors import UserError
from iopeer_core.model.spec import Spec

Read = Callable[[str], Spec]
Unite = Callable[[str], Plan]

SYMBOL = Symbol(component="backend", module="backend.models.{entity.snake}", name="{entity.pascal}")
OTHERS = (
    EnvVar(name="A", secret=True),
    File(path="a/{entity.snake}.py", template="a.j2", each=Where(without=("user",)), exports=(SYMBOL,)),
    Requirement(component="backend", specifier="x>=2"),
    Language(name="python", suffixes=(".py",), imports="m:f", scope="m:s"),
)


@pytest.mark.parametrize("name", ["todo", "biblioteca", "tracker"])
def test_a_plan_reads_back(united: Unite, name: str) -> None:
    found = united(name)
    values = (*compile_policy(found.spec, found.account), *standard_operations(found), *OTHERS)
    blueprint = Blueprint(
        plan=replace(
            found,
            plugins=("p",),
            capabilities={"login": "p"},
            previous=Previous(spec=found.spec, files={"a": "b"}),
        ),
        contributions=bring_together(Contributed(plugin="p", value=value) for value in values),
    )
    text = blueprint_to_json(blueprint)
    again = blueprint_from_json(text)
    assert again == blueprint
    assert repr(again.contributions) == repr(blueprint.contributions)
    assert repr(again.spec) == repr(blueprint.spec)  # places and labels too, which equality leaves out
    assert blueprint_to_json(again) == text


def test_a_spec_reads_back_from_plain_data(spec_of: Read) -> None:
    spec = spec_of("tracker")
    assert repr(spec_from_data(json.loads(json.dumps(spec_to_data(spec))))) == repr(spec)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("os:system", "of no enabled plugin"),
        ("iopeer_core.errors:UserError", "is no contribution"),
        ("iopeer_core.nowhere:Thing", "does not exist"),
        ("iopeer_core.blueprint.contributions:Nothing", "does not exist"),
        ("iopeer_core.blueprint.contributions:dataclass", "is no contribution"),
    ],
)
def test_only_contributions_of_enabled_plugins_are_made(united: Unite, kind: str, message: str) -> None:
    blueprint = Blueprint(plan=united("todo"), contributions=(Contributed(plugin="p", value=EnvVar(name="A")),))
    document = json.loads(blueprint_to_json(blueprint))
    document["contributions"][0]["type"] = kind
    with pytest.raises(UserError, match=message):
        blueprint_from_json(json.dumps(document))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"spec": 1, "contributions": [], "previous": null, "account": ""}'])
def test_what_is_no_plan_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UserError, match="this is no plan"):
        blueprint_from_json(text)
