"""Blueprint and Spec ↔ JSON: what `iopeer plan --json` prints reads back as an equal value.

A contribution is written with its type as `module:Class`. Reading imports only modules of packages that the caller
allows, and makes only classes that derive from `Contribution`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import (
    Component,
    Contributed,
    Contribution,
    Ecosystem,
    EnvVar,
    Memory,
    Operation,
    Pins,
    Process,
    Requirement,
    Screen,
    Service,
    Task,
)
from iopeer_core.blueprint.merge import type_name
from iopeer_core.blueprint.plan import Plan, Previous
from iopeer_core.errors import UserError
from iopeer_core.model.spec import Spec

if TYPE_CHECKING:
    from pydantic import TypeAdapter

VERSION = 1
CORE = "iopeer_core"


def blueprint_to_json(blueprint: Blueprint) -> str:
    """The whole plan, indented."""
    document = {
        "version": VERSION,
        "account": blueprint.account,
        "plugins": blueprint.plan.plugins,
        "capabilities": dict(blueprint.plan.capabilities),
        "spec": spec_to_data(blueprint.spec),
        "contributions": [_contributed(one) for one in blueprint.contributions],
        "previous": _previous(blueprint.previous) if blueprint.previous else None,
        "allow_drop": blueprint.plan.allow_drop,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def blueprint_from_json(text: str, packages: Collection[str] = ()) -> Blueprint:
    """What `blueprint_to_json` wrote.

    Args:
        text: the JSON.
        packages: the top packages of the enabled plugins, whose contribution types may be made.

    Raises:
        UserError: it is no such JSON, or names a type of another package.
    """
    try:
        document = json.loads(text)
        allowed = {CORE, *packages}
        previous = document["previous"]
        plan = Plan(
            spec=spec_from_data(document["spec"]),
            account=document["account"],
            plugins=tuple(document["plugins"]),
            capabilities=document["capabilities"],
            previous=_read_previous(previous) if previous else None,
            allow_drop=document["allow_drop"],
        )
        contributed = tuple(_read_contributed(one, allowed) for one in document["contributions"])
        return Blueprint(plan=plan, contributions=contributed)
    except (ValueError, KeyError, TypeError) as error:  # pydantic's and JSON's errors are ValueErrors
        raise UserError(f"this is no plan that `iopeer plan --json` printed: {error!s:.200}") from error


def spec_to_data(spec: Spec) -> dict[str, Any]:
    """The spec as plain JSON data."""
    data: dict[str, Any] = _adapter(Spec).dump_python(spec, mode="json")
    return data


def spec_from_data(data: Mapping[str, Any]) -> Spec:
    """What `spec_to_data` gave; a `ValueError` (pydantic's) where it is anything else."""
    spec: Spec = _adapter(Spec).validate_python(data)
    return spec


RUNS = (Component, Ecosystem, EnvVar, Operation, Pins, Process, Requirement, Screen, Service, Task)
"""What whoever runs a product must know of its plan."""


def product_to_data(blueprint: Blueprint) -> list[dict[str, Any]]:
    """What runs, of a plan, as plain JSON data: of the operations those that sign in."""
    kept = (one for one in blueprint.contributions if type(one.value) in RUNS and not getattr(one.value, "entity", ""))
    return [_contributed(one) for one in kept]


def product_from_data(spec: Mapping[str, Any], data: Iterable[Mapping[str, Any]]) -> Blueprint:
    """A plan of what runs alone; a `ValueError` or `KeyError` where it is anything else.

    Args:
        spec: what `spec_to_data` gave.
        data: what `product_to_data` gave.
    """
    plan = Plan(spec=spec_from_data(spec))
    return Blueprint(plan=plan, contributions=tuple(_read_contributed(one, {CORE}) for one in data))


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _contributed(one: Contributed) -> dict[str, Any]:
    kind = type(one.value)
    return {
        "type": type_name(kind),
        "plugin": one.plugin,
        "value": _adapter(kind).dump_python(one.value, mode="json"),
    }


def _read_contributed(data: Mapping[str, Any], allowed: Collection[str]) -> Contributed:
    kind = _type(data["type"], allowed)
    return Contributed(plugin=data["plugin"], value=_adapter(kind).validate_python(data["value"]))


def _type(name: str, allowed: Collection[str]) -> type[Contribution]:
    module, _, attribute = name.partition(":")
    if module.partition(".")[0] not in allowed:
        raise UserError(
            f"the plan holds a {name!r}, which is of no enabled plugin", how="enable its plugin in iopeer.toml"
        )
    try:
        found: object = getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise UserError(f"the plan holds a {name!r}, which does not exist (another version?)") from error
    if not (isinstance(found, type) and issubclass(found, Contribution)):
        raise UserError(f"the plan holds a {name!r}, which is no contribution")
    return found


def _previous(previous: Previous) -> dict[str, Any]:
    return {
        "spec": spec_to_data(previous.spec),
        "files": dict(previous.files),
        "memories": memories_to_data(previous.memories),
    }


def _read_previous(data: Mapping[str, Any]) -> Previous:
    spec = spec_from_data(data["spec"])
    return Previous(spec=spec, files=data["files"], memories=memories_from_data(data["memories"]))


def memories_of(blueprint: Blueprint) -> dict[str, Memory]:
    """What plugins want to know of a generation; of those that are not enabled, what they left."""
    previous = blueprint.previous.memories if blueprint.previous else {}
    left = {name: memory for name, memory in previous.items() if name not in blueprint.plan.plugins}
    return left | {one.plugin: one.value for one in blueprint.contributions if isinstance(one.value, Memory)}


def memories_to_data(memories: Mapping[str, Memory]) -> dict[str, Any]:
    """What plugins want to know of a generation, as plain JSON data."""
    return {name: {"version": memory.version, "data": memory.data} for name, memory in memories.items()}


def memories_from_data(data: Mapping[str, Any]) -> dict[str, Memory]:
    """What `memories_to_data` gave; a `KeyError`, `TypeError` or `ValueError` where it is anything else."""
    return {str(name): Memory(version=int(one["version"]), data=one["data"]) for name, one in data.items()}
