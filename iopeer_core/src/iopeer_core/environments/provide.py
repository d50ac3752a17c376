"""From what a component requires to the folders of programs that its commands run with, by its ecosystem."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.calls import call
from iopeer_core.blueprint.contributions import Component, Pins, Requirement
from iopeer_core.environments.ecosystems import ecosystem_of
from iopeer_core.environments.requires import required
from iopeer_core.errors import PluginError
from iopeer_core.surroundings import environment

Read = Callable[[str], str | None]
"""Gives the text of a file of the product, None where there is none."""
MARK = ".linked"
"""Stands in a linked folder, and names what it was linked from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """`bin` holds the environment's programs.

    Some ecosystems want their packages within the product: `linked` has the folders of the product and what they are
    linked from, `local` the folders of programs in them.
    """

    bin: Path
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
            [*(str(folder / name) for name in self.local), str(self.bin), environment().get("PATH", os.defpath)]
        )


def provide(component: Component, blueprint: Blueprint, read: Read) -> Provided:
    """The environment of a component, from the cache or built now.

    Args:
        component: its ecosystem decides how it is built.
        blueprint: every `Requirement` of the component, and its `Pins`.
        read: its own manifest, if it has one, says what is installed: what is tested is what a user would get.

    Raises:
        PluginError: the manifest cannot be read, or nobody says how such components are set up.
        UserError: the requirements cannot be had or cannot be met together.
    """
    ecosystem = ecosystem_of(component, blueprint)
    provided: object = call(ecosystem.environment, component, blueprint, read)
    if not isinstance(provided, Provided):
        raise PluginError(f"{ecosystem.environment} gives {provided!r:.100}, which is no Provided")
    return provided


def python(component: Component, blueprint: Blueprint, read: Read) -> Provided:
    """The environment of a component of Python: of its pyproject.toml, pinned, from the cache."""
    from iopeer_core.environments.python import python_environment

    pins = "".join(read(path) or "" for path in _pins(component, blueprint))
    return Provided(bin=python_environment(_requirements(component, blueprint, read), pins).bin)


def _requirements(component: Component, blueprint: Blueprint, read: Read) -> list[str]:
    """What the component's pyproject.toml requires, development group included; without one, what was contributed."""
    text = read(component.manifest)
    if text is None:
        return [r.specifier for r in blueprint.all(Requirement) if r.component == component.name]
    return required(text, component.manifest)


def node(component: Component, blueprint: Blueprint, read: Read) -> Provided:
    """The environment of a component of Node.js: of its package.json with its lock, from the cache."""
    from iopeer_core.environments.node import node as programs_of
    from iopeer_core.environments.node import node_modules

    manifest = read(component.manifest)
    if manifest is None:
        return Provided(bin=programs_of())
    programs = programs_of(manifest)
    locks = [text for path in _pins(component, blueprint) if (text := read(path))]
    if not locks:
        return Provided(bin=programs)
    modules = f"{component.root}/node_modules"
    linked = {modules: node_modules(manifest, locks[0], programs)}
    return Provided(bin=programs, linked=linked, local=(f"{modules}/.bin",))


def _pins(component: Component, blueprint: Blueprint) -> list[str]:
    return [pins.path for pins in blueprint.all(Pins) if pins.component == component.name]
