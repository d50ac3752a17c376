"""Opens a project: its configuration, its plugins, its spec."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.plugins.config import read_config
from iopeer_core.plugins.manager import Manager
from iopeer_core.runs.context import Project
from iopeer_core.runs.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A project with its plugins loaded for one run."""

    project: Project
    manager: Manager


def open_project(spec: Path, run: Run) -> Opened:
    """The project of a spec.

    Args:
        spec: the spec's path.
        run: what its plugins are made for.

    Raises:
        UserError: there is no such file.
        PluginError: the configuration or a plugin is broken.
    """
    if spec.is_dir():
        raise UserError(f"{spec} is a folder", how=f"name the spec in it: {spec / 'spec.md'}")
    if not spec.exists():
        raise UserError(f"there is no file {spec}", how="`iopeer new NAME` begins a project with a spec to change")
    config = read_config(spec.parent)
    project = Project(spec=spec, config=config)
    return Opened(project=project, manager=Manager.load(config, run))
