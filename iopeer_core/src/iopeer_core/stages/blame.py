"""Whose fault a failing check is: the generation's, or that of something that the user did to the last one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iopeer_core.blueprint.contributions import Check
from iopeer_core.runs.report import Report
from iopeer_core.runs.run import Run
from iopeer_core.stages.checks import Staging
from iopeer_core.tree.merge import Merge
from iopeer_core.tree.model import Entry, Tree

TRIED = 8
"""How many files of the user's are taken out alone, to find the one that breaks a check."""
NAMED = 10


def blame(run: Run, staging: Staging, merging: Merge, report: Report, checks: Sequence[Check]) -> str:
    """What to say of the user's part in a failure; empty where the generated app fails by itself.

    Args:
        run: told that it is looked for.
        staging: where it failed; it holds another tree afterwards.
        merging: what is the user's.
        report: the failure.
        checks: all that ran.
    """
    own_files = staging.own
    theirs = list(_theirs(merging, own_files))
    if not theirs:
        return ""
    failing = [check for check in checks if check.name in {result.name for result in report.failures}]
    names = ", ".join(check.name for check in failing)
    run.emit("blame.started", checks=[check.name for check in failing])

    def passes(tree: Tree, own: Mapping[str, Entry]) -> bool:
        staging.update(tree, own)
        return all(staging.check(check).outcome != "failed" for check in failing)

    if not passes(merging.made, {}):
        return ""
    log = "\n".join(result.log for result in report.failures)
    for path in sorted(theirs, key=lambda path: path not in log)[: TRIED if len(theirs) > 1 else 0]:
        own = {name: entry for name, entry in own_files.items() if name != path}
        if passes(_without(merging, path), own):
            return f"Without what you did to {path} it passes: {names}."
    shown = ", ".join(theirs[:NAMED]) + (f" and {len(theirs) - NAMED} more" if len(theirs) > NAMED else "")
    return f"Without what you did to {shown} it passes: {names}."


def _theirs(merging: Merge, own: Mapping[str, Entry]) -> Iterator[str]:
    """The paths that are not as they were generated."""
    yield from sorted({*merging.theirs, *merging.deleted, *own})


def _without(merging: Merge, path: str) -> Tree:
    """What the folder shall hold, less what the user did to one file."""
    files = {name: entry for name, entry in merging.tree.files.items() if name != path}
    return Tree({**files, **({path: merging.made[path]} if path in merging.made else {})})
