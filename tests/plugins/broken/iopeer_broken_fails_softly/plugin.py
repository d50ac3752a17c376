"""Fails in the hooks that may fail."""

from __future__ import annotations

from pathlib import Path

from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.runs.report import Report
from iopeer_core.tree.model import Patch


class BrokenPlugin(Plugin[NoConfig]):
    """Its failures are told, and the run goes on."""

    @hookimpl
    def after_tests(self, report: Report) -> Patch | None:
        """Fail."""
        raise RuntimeError(f"no idea what to do with {len(report.results)} results")

    @hookimpl
    def after_zip(self, archive: Path) -> None:
        """Fail."""
        raise RuntimeError(f"cannot upload {archive.name}")
