"""What the last stages hand on: the selection of checks, their report, what goes into the archive beside the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What `before_tests` may return: names of planned checks to leave out, each with the reason that is told."""

    skip: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One check's outcome."""

    name: str
    command: tuple[str, ...]
    outcome: Literal["passed", "failed", "skipped"]
    duration: float  # seconds of wall time
    log: str = ""  # its output, both streams, with the staging folder's path removed
    reason: str = ""  # why it was skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A patch that a fixer applied: who, what, which files."""

    author: str
    note: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the checks said, in the order they ran."""

    results: tuple[CheckResult, ...] = ()
    fixes: tuple[Fix, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether no check failed."""
        return all(result.outcome != "failed" for result in self.results)

    @property
    def failures(self) -> tuple[CheckResult, ...]:
        """The checks that failed."""
        return tuple(result for result in self.results if result.outcome == "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipExtras:
    """What `before_zip` may return: paths (globs) to leave out, documents to add (never code: it was not tested)."""

    leave_out: tuple[str, ...] = ()
    documents: Mapping[str, bytes] = field(default_factory=dict)
