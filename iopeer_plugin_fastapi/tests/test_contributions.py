"""What other plugins may hand to the backend is a public interface: it changes on purpose, with its version."""

from __future__ import annotations

import dataclasses
import inspect
import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from iopeer_core.blueprint.contributions import Contribution, Merge, Symbol
from iopeer_core.errors import PluginError

from iopeer_plugin_fastapi import contributions

VERSION = "1.2"
INTERFACE = {
    "Router": ("symbol: Symbol", "prefix: str = '/api/v1'"),
    "Middleware": ("symbol: Symbol", "phase: Phase = <Phase.LATE: 'late'>"),
    "Setting": (
        "name: str",
        "type: Literal['str', 'int', 'float', 'bool', 'SecretStr'] = 'str'",
        "value: str | int | float | bool | None = ''",
        "doc: str = ''",
    ),
    "Lifespan": ("symbol: Symbol",),
    "Interceptor": (
        "symbol: Symbol",
        "verbs: tuple[Literal['read', 'create', 'update', 'delete'], ...]",
        "entities: Where = Where(kind='every', names=(), without=())",
        "phase: Literal['before', 'after', 'committed'] = 'after'",
    ),
    "Authenticator": ("symbol: Symbol", "headers: Symbol | None = None"),
    "TransactionScope": ("symbol: Symbol",),
    "PasswordRule": ("symbol: Symbol",),
    "ErrorForm": ("prefix: str", "symbol: Symbol"),
    "ResponseHeader": ("name: str", "value: str"),
    "SchemaObject": (
        "name: str",
        "dialect: Literal['postgresql', 'sqlite']",
        "up: tuple[str, ...]",
        "down: tuple[str, ...]",
    ),
}
PHASES = {"OUTERMOST": "outermost", "EARLY": "early", "LATE": "late"}


def published() -> dict[str, type[Contribution]]:
    """The contribution types of the module itself, in its order."""
    mine = (value for value in vars(contributions).values() if inspect.isclass(value))
    return {
        kind.__name__: kind
        for kind in mine
        if issubclass(kind, Contribution) and kind.__module__ == contributions.__name__
    }


def told(field: dataclasses.Field[object]) -> str:
    """A field as one would write it."""
    start = f"{field.name}: {str(field.type).replace(chr(34), chr(39))}"
    return start if field.default is dataclasses.MISSING else f"{start} = {field.default!r}"


def test_it_is_as_it_was_published() -> None:
    base = {field.name for field in dataclasses.fields(Contribution)}
    found = {
        name: tuple(told(field) for field in dataclasses.fields(kind) if field.name not in base)
        for name, kind in published().items()
    }
    assert (contributions.VERSION, found) == (VERSION, INTERFACE)
    assert {phase.name: phase.value for phase in contributions.Phase} == PHASES
    assert issubclass(contributions.Phase, StrEnum)


@pytest.mark.parametrize("name", INTERFACE)
def test_each_is_frozen_and_takes_keywords_alone(name: str) -> None:
    kind = published()[name]
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]  # dataclasses have it, their types do not say
    assert all(p.kind is inspect.Parameter.KEYWORD_ONLY for p in inspect.signature(kind).parameters.values())
    assert kind.merge is Merge.UNIQUE
    assert kind.__doc__


@pytest.mark.parametrize("name", INTERFACE)
def test_the_page_for_authors_shows_its_fields(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "plugins" / "README.md").read_text(encoding="utf-8")
    shown = re.search(rf"`{name}\((.*?)\)` \|", page)
    assert shown
    assert re.findall(r"(\w+)(?:=[^,]+)?(?:, |$)", shown[1]) == [each.partition(":")[0] for each in INTERFACE[name]]


@pytest.mark.parametrize("name", ["stripe-key", "Stripe", "1st", "", "class", "_private", "model_config", "a b"])
def test_a_setting_has_a_name_that_a_member_can_have(name: str) -> None:
    with pytest.raises(PluginError, match=f"the setting '{name}' cannot be called so"):
        contributions.Setting(name=name)


@pytest.mark.parametrize(("kind", "value"), [("int", "1"), ("bool", 1), ("str", 1), ("SecretStr", 2), ("int", True)])
def test_the_value_of_a_setting_is_of_its_type(kind: Any, value: Any) -> None:
    with pytest.raises(PluginError, match=f"is of the type {kind}"):
        contributions.Setting(name="limit", type=kind, value=value)
    assert contributions.Setting(name="limit", type=kind, value=None).declaration == f"limit: {kind} | None = None"


@pytest.mark.parametrize("prefix", ["api", "/api/", "/"])
def test_a_router_has_a_prefix_that_fastapi_takes(prefix: str) -> None:
    with pytest.raises(PluginError, match=f"the prefix '{prefix}'"):
        contributions.Router(symbol=Symbol(component="backend", module="a", name="b"), prefix=prefix)
