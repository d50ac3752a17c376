"""Generates the backend of an app in this process, through the core's own stages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import tomli
from iopeer_core.environments.python import Environment, python_environment
from iopeer_core.language.problems import Problem
from iopeer_core.plugins.config import read_config
from iopeer_core.plugins.manager import Manager
from iopeer_core.runs.run import Event, Run
from iopeer_core.stages.context import Context, Options, Project
from iopeer_core.stages.pipeline import STAGES
from iopeer_core.stages.reader import SpecFile
from iopeer_core.stages.runner import run_stages
from iopeer_core.tree.model import Tree

TO_A_TREE = tuple(stage for stage in STAGES if stage.name in {"read", "plan", "code"})


def generate(spec: Path, folder: Path, problems: list[Problem] | None = None) -> Tree:
    """Generate a backend, and write it to an empty folder.

    Args:
        spec: the path of its spec.
        folder: where the app goes.
        problems: gets what the reader and the planner report.
    """
    run = Run(id="app")
    if problems is not None:
        run.listeners.append(lambda event: _keep(event, problems))
    config = replace(read_config(spec.parent), plugins=("fastapi",))
    context = Context(
        project=Project(spec=spec, config=config),
        options=Options(out=folder),
        manager=Manager.load(config, run),
        run=run,
    )
    tree: Tree = run_stages(TO_A_TREE, context, [SpecFile(path=spec)])[Tree]
    for path, entry in tree.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(entry.content)
    return tree


def _keep(event: Event, problems: list[Problem]) -> None:
    if event.kind == "problem":
        problems.append(event.data["problem"])


def environment_of(app: Path) -> Environment:
    """The environment that an app's own files ask for, development group included; the same for every app."""
    document = tomli.loads((app / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*document["project"]["dependencies"], *document["dependency-groups"]["dev"]]
    return python_environment(wanted, (app / "requirements.lock").read_text(encoding="utf-8"))
