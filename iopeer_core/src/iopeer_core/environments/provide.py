"""From what a component requires to the folder of programs that its checks run with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Component, Pins, Requirement
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
        tree: holds the file that the pins name, or the component has none.

    Raises:
        UserError: the requirements cannot be had or cannot be met together.
    """
    if component.ecosystem != "python":
        return Provided(bin=Path(), missing=f"environments for {component.ecosystem} cannot be made yet")
    from iopeer_core.environments.python import python_environment

    requirements = [r.specifier for r in blueprint.all(Requirement) if r.component == component.name]
    pins = "".join(tree[p.path].text for p in blueprint.all(Pins) if p.component == component.name and p.path in tree)
    return Provided(bin=python_environment(requirements, pins).bin)
