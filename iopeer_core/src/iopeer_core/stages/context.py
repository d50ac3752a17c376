"""What a stage may use beside the value that it takes: the project, the options, the plugins, the run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from iopeer_core.plugins.config import ProjectConfig
    from iopeer_core.plugins.manager import Manager
    from iopeer_core.runs.run import Run

Level = Literal["quick", "full", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user asked of one generation."""

    out: Path  # the output folder
    archive: Path | None = None  # where the ZIP goes; None: no ZIP
    check: Level = "quick"
    strict: bool = False  # warnings of the spec are errors
    force: bool = False  # where the user's work meets the new, the new wins
    allow_drop: bool = False  # data that the spec names no more may go
    partial: bool = False  # where it does, write all the rest
    screenshots: bool = False  # run the app that passed, and put pictures of it into its README
    dry_run: bool = False  # everything but the last step to the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A user's project: the folder of its spec holds `iopeer.toml` and `.iopeer/` (logs, overridden templates)."""

    spec: Path
    config: ProjectConfig

    @property
    def root(self) -> Path:
        """The folder of the spec."""
        return self.spec.parent

    @property
    def state(self) -> Path:
        """`.iopeer/` beside the spec."""
        return self.root / ".iopeer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Handed to every stage."""

    project: Project
    options: Options
    manager: Manager
    run: Run
