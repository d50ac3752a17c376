"""The compare and write stages: what the output folder holds, and the one step that changes it."""

from __future__ import annotations

from importlib.metadata import version

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.codec import product_to_data, spec_to_data
from iopeer_core.model.account import IOPEER
from iopeer_core.stages.coder import overrides
from iopeer_core.stages.context import Context
from iopeer_core.tree.compare import Comparison, compare
from iopeer_core.tree.model import Tree
from iopeer_core.tree.store import Written, check_archive, check_folder, planned, refuse, store


def compare_stage(context: Context, tree: Tree) -> tuple[Comparison]:
    """Look at the output folder, and at the place of the archive, before any time is spent on tests.

    Raises:
        ConflictError: generating would overwrite what the user edited.
        UserError: no app can be generated into it, or the archive cannot be written.
    """
    options = context.options
    if options.archive is not None:
        check_archive(options.archive)
    check_folder(options.out, context.project.root)
    comparison = compare(tree, options.out)
    refuse(comparison, options.out, force=options.force)
    return (comparison,)


def write_stage(context: Context, blueprint: Blueprint, tree: Tree) -> tuple[Written]:
    """Write the folder; in a dry run, say what would change.

    Raises:
        ConflictError: the user edited something meanwhile.
        UserError: the folder cannot be written.
    """
    options = context.options
    if options.dry_run:
        written = planned(tree, compare(tree, options.out))
        context.run.emit("write.planned", new=written.new, changed=written.changed, removed=written.removed)
    else:
        written = store(
            tree,
            options.out,
            spec=spec_to_data(blueprint.spec),
            product=product_to_data(blueprint),
            versions=_versions(context),
            backups=context.project.state / "backups" / context.run.id if options.force else None,
        )
        overrides(context).remember()
    counts = f"{len(written.new)} new, {len(written.changed)} changed, {len(written.removed)} removed"
    context.run.emit("stage.note", text=counts + (f"; backup in {written.backup}" if written.backup else ""))
    return (written,)


def _versions(context: Context) -> dict[str, str]:
    """The versions of IOPEER and of the plugins: a part of what the output is a function of."""
    plugins = {plugin.name: plugin.version for plugin in context.manager.plugins}
    return {IOPEER: version("iopeer-core"), **plugins}
