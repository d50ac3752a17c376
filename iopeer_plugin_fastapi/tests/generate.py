"""Renders a spec in this process, through the core's own stages: `python tests/generate.py tracker FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.manager import Manager
from iopeer_core.runs.run import Run
from iopeer_core.stages.coder import code_stage
from iopeer_core.stages.context import Context, Options, Project
from iopeer_core.stages.planner import plan_stage
from iopeer_core.stages.reader import SpecFile, read_stage
from iopeer_core.tree.model import Tree

EXAMPLES = Path(__file__).parents[2] / "examples"


def generate(spec: Path, plugins: tuple[str, ...] = ("fastapi",)) -> Tree:
    """The files of a spec.

    Args:
        spec: its path.
        plugins: those that are enabled.
    """
    config = ProjectConfig(plugins=plugins)
    run = Run(id="generate")
    manager = Manager.load(config, run)
    project = Project(spec=spec, config=config)
    context = Context(project=project, options=Options(out=spec.parent / "out"), manager=manager, run=run)
    (read,) = read_stage(context, SpecFile(path=spec))
    (blueprint,) = plan_stage(context, read)
    (tree,) = code_stage(context, blueprint)
    return tree


def write(tree: Tree, folder: Path) -> None:
    """Write a tree to an empty or older folder."""
    for path, entry in tree.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(entry.content)


if __name__ == "__main__":
    name, target = sys.argv[1:]
    source = Path(name) if name.endswith(".md") else EXAMPLES / name / "spec.md"
    write(generate(source), Path(target))
