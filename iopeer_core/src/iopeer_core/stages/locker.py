"""What is required is locked: the pins of each component follow its manifest, in the way that their owner knows."""

from __future__ import annotations

from collections.abc import Collection

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.calls import call
from iopeer_core.blueprint.contributions import Component, Pins
from iopeer_core.plugins.isolation import isolated
from iopeer_core.runs.run import Run
from iopeer_core.tree.model import Patch, Tree


def locked(run: Run, blueprint: Blueprint, tree: Tree, edited: Collection[str] = ()) -> Tree:
    """The tree with pins that hold all that its manifests require.

    Args:
        run: told of what the owners print.
        blueprint: the components, and who pins what they require.
        tree: their manifests and pins.
        edited: files of the user's, which stay as they are.

    Raises:
        PluginError: the owner's function fails.
        UserError: the requirements cannot be had, or cannot be met together.
    """
    manifests = {component.name: component.manifest for component in blueprint.all(Component)}
    for one in blueprint.contributions:
        if not (isinstance(one.value, Pins) and one.value.lock):
            continue
        path, manifest = one.value.path, manifests.get(one.value.component, "")
        if path in edited or path not in tree or manifest not in tree:
            continue
        with isolated(run, one.plugin):
            text = call(one.value.lock, tree[manifest].text, tree[path].text)
        tree = tree.apply(Patch(write={path: text.encode()}))
    return tree
