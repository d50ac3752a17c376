"""The code stage: Blueprint → Tree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.environments.cache import cache_root
from iopeer_core.errors import PluginError, UserError
from iopeer_core.model.account import IOPEER
from iopeer_core.plugins.isolation import timed
from iopeer_core.plugins.manager import Manager
from iopeer_core.render.overrides import Overrides
from iopeer_core.render.renderer import TEMPLATES, Renderer, Source
from iopeer_core.stages.context import Context
from iopeer_core.stages.locker import locked
from iopeer_core.stages.rendered import Rendered
from iopeer_core.tree.model import Tree

SHORTEST_SECRET = 8
"""How many characters a secret setting must have to be looked for: shorter ones are words of any text."""


def code_stage(context: Context, blueprint: Blueprint) -> tuple[Tree]:
    """Render every file, let plugins change files of their own, lock what is required.

    Nothing of that is done where all that it depends on is as it was: then the files are known.

    Raises:
        PluginError: a template or a plugin is broken, or a secret setting would be written into a file.
        UserError: what the plugins require cannot be had, or cannot be met together.
    """
    for message in overrides(context).warnings():
        context.run.emit("warning", message=message)
    memory = Rendered(context, blueprint)
    tree = memory.tree()
    known = tree is not None
    if tree is None:
        tree = _made(context, blueprint)
        memory.keep(tree)
    refuse_secrets(context.manager, tree)
    context.run.emit("code.finished", files=len(tree), rendered=0 if known else len(tree))
    context.run.emit("stage.note", text=f"{len(tree)} files" + (" as before: nothing is rendered" if known else ""))
    return (tree,)


def _made(context: Context, blueprint: Blueprint) -> Tree:
    tree = renderer(context, blueprint).render()
    for patch in context.manager.after_code(tree, blueprint):
        tree = tree.apply(patch)
    return locked(context.run, blueprint, tree)


def renderer(context: Context, blueprint: Blueprint) -> Renderer:
    """What renders the files of a plan, with the project's own templates in place of those that it overrides."""
    folder = context.project.state / "templates"
    return Renderer(
        partial(timed, context.run),
        blueprint,
        dict(_sources(context.manager)),
        overrides=folder if folder.is_dir() else None,
        bytecode=bytecode_folder(),
    )


def overrides(context: Context) -> Overrides:
    """The project's own templates."""
    return Overrides(context.project.state, (source.folder for _, source in _sources(context.manager)))


def refuse_secrets(manager: Manager, tree: Tree) -> None:
    """Stop where a secret of a plugin's settings is in a file: trees are written, packed and shared.

    Raises:
        PluginError: names the file and the plugin that made it, never the secret.
    """
    secrets = {secret.encode() for plugin in manager.plugins for secret in plugin.secrets}
    for path, entry in tree.files.items():
        if any(secret in entry.content for secret in secrets if len(secret) >= SHORTEST_SECRET):
            raise PluginError(
                f"{path} would hold a secret of iopeer.toml",
                where=f"plugin {entry.author}",
                how="the product reads its secrets where it runs: contribute an EnvVar",
            )


def bytecode_folder() -> Path | None:
    """The cache of compiled templates; none where it cannot be written."""
    try:
        folder = cache_root() / "templates"
        folder.mkdir(exist_ok=True)
    except (UserError, OSError):
        return None
    return folder


def _sources(manager: Manager) -> Iterator[tuple[str, Source]]:
    """The templates of the core and of every plugin that has some."""
    yield IOPEER, Source(folder=TEMPLATES, helpers="iopeer_core.render.readme:helpers")
    for plugin in manager.plugins:
        if plugin.manifest.templates is not None:
            yield plugin.name, Source(folder=plugin.manifest.templates, helpers=plugin.manifest.helpers)
