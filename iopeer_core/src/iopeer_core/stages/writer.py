"""The write stage: the one step that changes the output folder."""

from __future__ import annotations

from importlib.metadata import version

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.codec import memories_of, memories_to_data, product_to_data, spec_to_data
from iopeer_core.model.account import IOPEER
from iopeer_core.stages.coder import overrides
from iopeer_core.stages.context import Context
from iopeer_core.tree.merge import Merge, merge
from iopeer_core.tree.model import Entry, Tree
from iopeer_core.tree.store import Written, planned, store


def write_stage(context: Context, blueprint: Blueprint, merging: Merge, tree: Tree) -> tuple[Written, Tree]:
    """Write the folder; in a dry run, say what would change.

    Args:
        context: the output folder, and whether it is a dry run.
        blueprint: remembered for the next generation.
        merging: what the merge stage made.
        tree: what passed the tests: that, less what was mended or pictured since.

    Returns:
        What was written, and the tree that the folder has now.

    Raises:
        ConflictError: the user edited something meanwhile.
        UserError: the folder cannot be written.
    """
    options = context.options
    later = {path for path in {*tree, *merging.tree} if tree.files.get(path) != merging.tree.files.get(path)}
    made = _with(merging.made, tree, later)
    tested = {path: merging.tree.files.get(path) for path in {*merging.made, *merging.tree} - later}
    if options.dry_run:
        merging = merge(made, options.out, force=options.force)
        written = planned(merging)
        context.run.emit(
            "write.planned", new=written.new, changed=written.changed, merged=written.merged, removed=written.removed
        )
    else:
        written, tree = store(
            made,
            options.out,
            spec=spec_to_data(blueprint.spec),
            product=product_to_data(blueprint),
            versions=_versions(context),
            memories=memories_to_data(memories_of(blueprint)),
            force=options.force,
            partial=options.partial,
            tested=tested,
        )
        overrides(context).remember()
    counts = f"{len(written.new)} new, {len(written.changed)} changed, {len(written.removed)} removed"
    counts += f", {len(written.merged)} merged" if written.merged else ""
    context.run.emit("stage.note", text=counts + ("; `iopeer undo` takes it back" if written.checkpoint else ""))
    return written, tree


def _with(made: Tree, tree: Tree, paths: set[str]) -> Tree:
    """What was generated, with what was mended and pictured since."""
    files: dict[str, Entry] = {path: entry for path, entry in made.files.items() if path not in paths}
    return Tree({**files, **{path: tree[path] for path in paths if path in tree}})


def _versions(context: Context) -> dict[str, str]:
    """The versions of IOPEER and of the plugins: a part of what the output is a function of."""
    plugins = {plugin.name: plugin.version for plugin in context.manager.plugins}
    return {IOPEER: version("iopeer-core"), **plugins}
