"""The code stage: Blueprint → Tree."""

from __future__ import annotations

from iopeer_core.blueprint.account import IOPEER
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.runs.context import Context
from iopeer_core.tree.model import Tree
from iopeer_core.tree.render import TEMPLATES, Renderer, Source



def code_stage(context: Context, blueprint: Blueprint) -> tuple[Tree]:
    """Render every file, then let plugins change files of their own.

    Raises:
        PluginError: a template or a plugin is broken.
    """
    sources = {IOPEER: Source(folder=TEMPLATES, helpers="iopeer_core.tree.readme:helpers")}
    for plugin in context.manager.plugins:
        if plugin.manifest.templates is not None:
            sources[plugin.name] = Source(folder=plugin.manifest.templates, helpers=plugin.manifest.helpers)
    overrides = context.project.state / "templates"
    renderer = Renderer(blueprint, sources, overrides if overrides.is_dir() else None)
    tree = Tree(renderer.render())
    for patch in context.manager.after_code(tree, blueprint):
        tree = tree.apply(patch)
    context.run.emit("stage.note", text=f"{len(tree)} files")
    return (tree,)
