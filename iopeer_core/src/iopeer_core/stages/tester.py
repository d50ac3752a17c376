"""The test stage: runs the checks on a staged copy, lets the fixers mend, and lets only a passing tree on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Check, Component
from iopeer_core.environments.ecosystems import ecosystem_of
from iopeer_core.environments.provide import MARK
from iopeer_core.environments.scratch import scratch
from iopeer_core.errors import CheckFailed, PluginError
from iopeer_core.runs.report import CheckResult, Report
from iopeer_core.stages.blame import blame
from iopeer_core.stages.checks import Staging, skipped
from iopeer_core.stages.context import Context, Level
from iopeer_core.stages.fixer import Fixer
from iopeer_core.stages.meant import lines_meant
from iopeer_core.tree.files import is_special
from iopeer_core.tree.merge import Merge
from iopeer_core.tree.model import Entry, Tree
from iopeer_core.tree.own import own_files

SHOWN = 25
"""How many last lines of a failed check's output the message shows."""
NOT_IN_NAMES = r"[^\w.-]+"
"""What a check may be called, and a file not: slashes above all."""


def test_stage(context: Context, blueprint: Blueprint, tree: Tree, merging: Merge) -> tuple[Report, Tree]:
    """Test a tree.

    Args:
        context: the level of the checks, the plugins, the run.
        blueprint: the checks and the components that they run in.
        tree: what the folder shall hold.
        merging: what of it is the user's, and is never mended.

    Returns:
        The report and the tree that passed: as it came, or as the fixers mended it.

    Raises:
        CheckFailed: a check fails and nobody could mend it; says where the staged tree and the log are.
        PluginError: nobody says how a component is set up; a plugin would mend with a secret setting, or leaves out a
            check that nobody planned.
    """
    checks, unselected = _planned(context, blueprint, tree)
    if not checks:
        return Report(results=unselected), tree
    for component in blueprint.all(Component):
        if any(check.component == component.name for check in checks):
            ecosystem_of(component, blueprint)  # told before any time is spent
    with Staging(context.run, blueprint, tree, _own(context, merging)) as staging:
        report = Report(results=unselected + tuple(staging.check(check) for check in checks))
        if report.passed:
            _tell(context, report, tree, blueprint)
            return report, tree
        fixer = Fixer(
            run=context.run,
            manager=context.manager,
            blueprint=blueprint,
            staging=staging,
            edited=merging.theirs | {*merging.deleted},
        )
        report, tree = fixer.mend(report, tree, checks)
        if not report.passed:
            blamed = blame(context.run, staging, merging, report, checks)
            staging.update(tree)
            about = lines_meant(blueprint.spec, report.failures)
            raise _failure(context, report, staging.folder, blamed, about)
    _tell(context, report, tree, blueprint)
    return report, tree


def _own(context: Context, merging: Merge) -> dict[str, Entry]:
    """The user's own files, which the product may be built of: what is tested is what will be there."""
    with scratch() as folder:
        return own_files(context.options.out, {*merging.tree, *merging.removed}, folder)


def _planned(context: Context, blueprint: Blueprint, tree: Tree) -> tuple[tuple[Check, ...], tuple[CheckResult, ...]]:
    """The checks to run, and the results of those that are left out, each with its reason."""
    every = blueprint.all(Check)
    reasons = {check.name: reason for check in every if (reason := _too_deep(check, context.options.check))}
    chosen = tuple(check for check in every if check.name not in reasons)
    for plugin, selection in context.manager.before_tests(tree, chosen):
        for name, reason in selection.skip.items():
            if name not in {check.name for check in every}:
                raise PluginError(f"{plugin} leaves out the check {name!r}, which nobody planned")
            reasons.setdefault(name, f"{plugin}: {reason}")
    results = tuple(skipped(check, reasons[check.name]) for check in every if check.name in reasons)
    for result in results:
        context.run.emit("check.finished", check=result.name, outcome="skipped", seconds=0.0, reason=result.reason)
    running = tuple(check for check in chosen if check.name not in reasons)
    if context.options.check != "quick":
        return running, results
    if shortened := [check.name for check in running if check.quickly]:
        names = " and ".join(shortened)
        context.run.emit("stage.note", text=f"{names}: what is alike was tried once, all of it with --check full")
    return tuple(replace(check, command=(*check.command, *check.quickly)) for check in running), results


def _too_deep(check: Check, level: Level) -> str:
    """Why a check does not run at a level; empty where it does."""
    if level == "none":
        return "--check none"
    return "only with --check full" if check.level == "full" and level == "quick" else ""


def _tell(context: Context, report: Report, tree: Tree, blueprint: Blueprint) -> None:
    """Let the fixers see a passing report too; what they answer is not applied."""
    for name in context.manager.fixers():
        context.manager.after_tests(name, report, tree, blueprint)


def _failure(context: Context, report: Report, staged: Path, blamed: str, about: list[str]) -> CheckFailed:
    """Keep the staged tree and the logs, and say where they are, and which lines of the spec they are about."""
    kept = context.project.state / "runs" / context.run.id
    where = f"the staged app and the logs are in {kept}"
    try:
        shutil.copytree(staged, kept / "staged", symlinks=True, dirs_exist_ok=True, ignore=_special)
        for result in report.results:
            (kept / f"{re.sub(NOT_IN_NAMES, '-', result.name)}.log").write_text(result.log + "\n", encoding="utf-8")
    except OSError as error:
        where = f"the staged app could not be kept ({error.strerror or error})"
    names = ", ".join(result.name for result in report.failures)
    tail = "\n".join(line for result in report.failures for line in result.log.splitlines()[-SHOWN:])
    with suppress(ValueError):
        where = where.replace(str(Path.cwd()) + "/", "")
    lines = "".join(f"  {line}\n" for line in about)
    meant = f"What fails is about these lines of your spec:\n{lines}" if about else ""
    return CheckFailed(
        f"the generated app does not pass: {names}\n{meant}{tail}\n"
        + f"{blamed}\nYour output folder is as it was.".lstrip(),
        how=f"{where}; `--check none` generates without testing",
    )


def _special(folder: str, names: Iterable[str]) -> list[str]:
    """What is not kept: sockets, pipes, devices that a check left; packages, which are linked from the cache."""
    return [name for name in names if is_special(Path(folder, name)) or Path(folder, name, MARK).exists()]
