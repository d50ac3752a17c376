"""Mends what failed: asks the plugins one at a time, applies their patches, runs the failing checks again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Check
from iopeer_core.errors import UserError
from iopeer_core.plugins.manager import Manager
from iopeer_core.runs.report import CheckResult, Fix, Report
from iopeer_core.runs.run import Run
from iopeer_core.stages.checks import Staging
from iopeer_core.stages.coder import refuse_secrets
from iopeer_core.stages.locker import locked
from iopeer_core.tree.model import Patch, Tree

ROUNDS = 3
"""How often the fixers are asked before the run gives up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixer:
    """What mending needs: the plugins, the staged tree, and the paths that the user edited (never touched)."""

    run: Run
    manager: Manager
    blueprint: Blueprint
    staging: Staging
    edited: Collection[str]

    def mend(self, report: Report, tree: Tree, checks: Sequence[Check]) -> tuple[Report, Tree]:
        """Try to make a failing report pass.

        Args:
            report: what the checks said of `tree`.
            tree: the tree as staged.
            checks: every check that ran.

        Returns:
            The last report (with the fixes applied) and the tree that it is about; as they came where nobody
            could mend anything. A report that passes is one of all checks together.

        Raises:
            PluginError: a patch would put a secret setting into a file.
        """
        for round_number in range(1, ROUNDS + 1):
            self.run.emit("fix.started", attempt=round_number, failing=[result.name for result in report.failures])
            mended, fixes = self._ask(report, tree)
            if not fixes:
                break
            refuse_secrets(self.manager, mended)  # before it is staged: what fails is kept, what passes is written
            try:
                mended = locked(self.run, self.blueprint, mended, self.edited)
                report = self._tested(report, mended, fixes, checks)
            except UserError as error:  # what they require cannot be had: the failure that was there is the one to tell
                self.run.emit("warning", message=f"what was mended cannot be tested: {error}")
                self.staging.update(tree)
                break
            tree = mended
            if report.passed:
                break
        return report, tree

    def _ask(self, report: Report, tree: Tree) -> tuple[Tree, tuple[Fix, ...]]:
        """Ask every fixer once, each seeing what those before it changed."""
        fixes: list[Fix] = []
        for name in self.manager.fixers():
            patch = self.manager.after_tests(name, report, tree, self.blueprint)
            patch = patch and self._allowed(patch, tree)
            if not patch:
                continue
            tree = tree.apply(patch)
            fix = Fix(author=patch.author or name, note=patch.note, paths=tuple(sorted({*patch.write, *patch.remove})))
            fixes.append(fix)
            self.run.emit("fix.applied", author=fix.author, note=fix.note, paths=list(fix.paths))
        return tree, tuple(fixes)

    def _tested(self, report: Report, tree: Tree, fixes: tuple[Fix, ...], checks: Sequence[Check]) -> Report:
        """What the checks say of a mended tree; where those that failed pass, what all of them say."""
        self.staging.update(tree)
        report = replace(self._again(report, checks), fixes=report.fixes + fixes)
        return replace(self._all(report, checks), fixes=report.fixes) if report.passed else report

    def _allowed(self, patch: Patch, tree: Tree) -> Patch:
        """The patch without files that the user edited and without changes that change nothing."""
        refused = [path for path in (*patch.write, *patch.remove) if path in self.edited]
        if refused:
            self.run.emit("warning", message=f"{patch.author} may not mend what you edited: {', '.join(refused)}")
        write = {
            path: content
            for path, content in patch.write.items()
            if path not in self.edited and (path not in tree or tree[path].content != content)
        }
        remove = tuple(path for path in patch.remove if path not in self.edited and path in tree)
        return replace(patch, write=write, remove=remove)

    def _again(self, report: Report, checks: Sequence[Check]) -> Report:
        """Run the failing checks again; the others keep what they said."""
        planned = {check.name: check for check in checks}
        return Report(results=tuple(self._rerun(planned, result) for result in report.results))

    def _rerun(self, planned: dict[str, Check], result: CheckResult) -> CheckResult:
        return self.staging.check(planned[result.name]) if result.outcome == "failed" else result

    def _all(self, report: Report, checks: Sequence[Check]) -> Report:
        """Run again what passed before the last patches: a mend may break what worked."""
        if len(report.results) == 1:
            return report
        skipped = tuple(result for result in report.results if result.outcome == "skipped")
        names = {result.name for result in skipped}
        return Report(results=skipped + tuple(self.staging.check(c) for c in checks if c.name not in names))
