"""The merge stage: what was generated and what the user made of the last generation, in one tree."""

from __future__ import annotations

from collections.abc import Sequence

from iopeer_core.counted import counted
from iopeer_core.stages.context import Context
from iopeer_core.tree.conflicts import Conflicts
from iopeer_core.tree.merge import Merge, merge
from iopeer_core.tree.model import Tree
from iopeer_core.tree.pending import locked
from iopeer_core.tree.store import check_archive, check_folder, refuse

SHOWN = 20


def merge_stage(context: Context, tree: Tree) -> tuple[Merge, Tree]:
    """Merge with the output folder, before any time is spent on tests: what is tested is what will be written.

    Conflicts are put into the folder's `.iopeer/conflicts/`, unless it is a dry run.

    Raises:
        ConflictError: the user's work meets the generation's, and nobody has decided yet.
        UserError: no app can be generated into the folder, or the archive cannot be written.
    """
    options = context.options
    if options.archive is not None:
        check_archive(options.archive)
    check_folder(options.out, context.project.root)
    merging = merge(tree, options.out, force=options.force)
    if merging.conflicts and not options.dry_run:
        with locked(options.out):
            Conflicts(options.out).record([*merging.conflicts, *merging.decided], str(context.project.spec))
    if not options.partial:
        refuse(merging.conflicts, options.out)
    _tell(context, merging)
    return merging, merging.tree


def _tell(context: Context, merging: Merge) -> None:
    """Say what of the folder is the user's."""
    counts = (
        (len(merging.merged), "merged with your edits"),
        (len(merging.edited), "yours alone"),
        (len(merging.conflicts), "in conflict"),
    )
    found = [f"{counted(number, 'file')} {what}" for number, what in counts if number]
    if merging.deleted:
        found.append(f"you deleted, and so it stays: {_named(merging.deleted)}")
    context.run.emit("stage.note", text="; ".join(found) or "no edits")
    context.run.emit(
        "merge.finished",
        merged=merging.merged,
        edited=merging.edited,
        deleted=merging.deleted,
        conflicts={one.path: one.why for one in merging.conflicts},
        decided={one.path: one.choice for one in merging.decided},
    )


def _named(paths: Sequence[str]) -> str:
    return ", ".join(paths[:SHOWN]) + (f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else "")
