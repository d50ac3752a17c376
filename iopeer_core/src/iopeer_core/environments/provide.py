"""From what a component requires to the folders of programs that its commands run with, by its ecosystem."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Component, Pins, Requirement
from iopeer_core.environments.requires import required

Read = Callable[[str], str | None]
"""Gives the text of a file of the product, None where there is none."""
MARK = ".linked"
"""Stands in a linked folder, and names what it was linked from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """`bin` holds the environment's programs; `missing` says why there is none (the checks are skipped then).

    Some ecosystems want their packages within the product: `linked` has the folders of the product and what they are
    linked from, `local` the folders of programs in them.
    """

    bin: Path
    missing: str = ""
    linked: Mapping[str, Path] = field(default_factory=dict)
    local: tuple[str, ...] = ()

    def place(self, folder: Path) -> None:
        """Link what belongs into a product. What somebody else has put there is left alone."""
        from iopeer_core.environments.node import link_tree

        for name, source in self.linked.items():
            target = folder / name
            mark = target / MARK
            if target.exists() and (not mark.exists() or mark.read_text(encoding="utf-8") == str(source)):
                continue
            shutil.rmtree(target, ignore_errors=True)
            link_tree(source, target)
            mark.write_text(str(source), encoding="utf-8")

    def path(self, folder: Path) -> str:
        """The PATH of commands in a product."""
        return os.pathsep.join(
            [*(str(folder / name) for name in self.local), str(self.bin), os.environ.get("PATH", os.defpath)]
        )


def provide(component: Component, blueprint: Blueprint, read: Read) -> Provided:
    """The environment of a component, from the cache or built now.

    Args:
        component: its ecosystem decides how it is built.
        blueprint: every `Requirement` of the component, and its `Pins`.
        read: its own manifest, if it has one, says what is installed: what is tested is what a user would get.

    Raises:
        PluginError: the manifest cannot be read.
        UserError: the requirements cannot be had or cannot be met together.
    """
    provider = PROVIDERS.get(component.ecosystem)
    if provider is None:
        return Provided(bin=Path(), missing=f"environments for {component.ecosystem} cannot be made yet")
    return provider(component, blueprint, read)


def _python(component: Component, blueprint: Blueprint, read: Read) -> Provided:
    from iopeer_core.environments.python import python_environment

    pins = "".join(read(path) or "" for path in _pins(component, blueprint))
    return Provided(bin=python_environment(_requirements(component, blueprint, read), pins).bin)


def _requirements(component: Component, blueprint: Blueprint, read: Read) -> list[str]:
    """What the component's pyproject.toml requires, development group included; without one, what was contributed."""
    text = read(component.manifest)
    if text is None:
        return [r.specifier for r in blueprint.all(Requirement) if r.component == component.name]
    return required(text, component.manifest)


def _node(component: Component, blueprint: Blueprint, read: Read) -> Provided:
    from iopeer_core.environments.node import node, node_modules

    manifest = read(component.manifest)
    if manifest is None:
        return Provided(bin=node())
    programs = node(manifest)
    locks = [text for path in _pins(component, blueprint) if (text := read(path))]
    if not locks:
        return Provided(bin=programs)
    modules = f"{component.root}/node_modules"
    linked = {modules: node_modules(manifest, locks[0], programs)}
    return Provided(bin=programs, linked=linked, local=(f"{modules}/.bin",))


def _pins(component: Component, blueprint: Blueprint) -> list[str]:
    return [pins.path for pins in blueprint.all(Pins) if pins.component == component.name]


PROVIDERS: Mapping[str, Callable[[Component, Blueprint, Read], Provided]] = {"python": _python, "node": _node}
