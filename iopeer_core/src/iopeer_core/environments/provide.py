"""From what a component requires to the folder of programs that its checks run with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import tomli

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Component, Pins, Requirement
from iopeer_core.errors import PluginError
from iopeer_core.tree.model import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """`bin` holds the environment's programs; `missing` says why there is none (the checks are skipped then)."""

    bin: Path
    missing: str = ""


def provide(component: Component, blueprint: Blueprint, tree: Tree) -> Provided:
    """The environment of a component, from the cache or built now.

    Args:
        component: its ecosystem decides how it is built.
        blueprint: every `Requirement` of the component, and its `Pins`.
        tree: its own manifest, if it has one, says what is installed: what is tested is what a user would get.

    Raises:
        PluginError: the manifest cannot be read.
        UserError: the requirements cannot be had or cannot be met together.
    """
    if component.ecosystem != "python":
        return Provided(bin=Path(), missing=f"environments for {component.ecosystem} cannot be made yet")
    from iopeer_core.environments.python import python_environment

    pins = "".join(tree[p.path].text for p in blueprint.all(Pins) if p.component == component.name and p.path in tree)
    return Provided(bin=python_environment(_requirements(component, blueprint, tree), pins).bin)


def _requirements(component: Component, blueprint: Blueprint, tree: Tree) -> list[str]:
    """What the component's pyproject.toml requires, development group included; without one, what was contributed."""
    if component.manifest not in tree:
        return [r.specifier for r in blueprint.all(Requirement) if r.component == component.name]
    try:
        document = tomli.loads(tree[component.manifest].text)
        return [*document["project"]["dependencies"], *document.get("dependency-groups", {}).get("dev", [])]
    except (tomli.TOMLDecodeError, KeyError) as error:
        raise PluginError(f"it is no pyproject.toml: {error}", where=component.manifest) from error
