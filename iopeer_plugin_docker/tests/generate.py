"""Renders a spec in this process, through the core's own stages: `python tests/generate.py tracker FOLDER`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed, Contribution
from iopeer_core.blueprint.merge import bring_together
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.manager import Manager
from iopeer_core.runs.run import Run
from iopeer_core.stages.coder import code_stage
from iopeer_core.stages.context import Context, Options, Project
from iopeer_core.stages.planner import plan_stage
from iopeer_core.stages.reader import SpecFile, read_stage
from iopeer_core.tree.model import Tree

EXAMPLES = Path(__file__).parents[2] / "examples"
PLUGINS = ("docker", "fastapi", "nextjs")


def project(spec: Path, plugins: tuple[str, ...] = PLUGINS, **settings: object) -> Context:
    """A run of a spec.

    Args:
        spec: its path.
        plugins: those that are enabled.
        settings: the table `[docker]`.
    """
    config = ProjectConfig(plugins=plugins, tables={"docker": settings})
    run = Run(id="generate")
    return Context(
        project=Project(spec=spec, config=config),
        options=Options(out=spec.parent / "out"),
        manager=Manager.load(config, run),
        run=run,
    )


def plan(context: Context) -> Blueprint:
    """Its plan."""
    (spec,) = read_stage(context, SpecFile(path=context.project.spec))
    (blueprint,) = plan_stage(context, spec)
    return blueprint


def code(context: Context, blueprint: Blueprint) -> Tree:
    """The files of a plan."""
    (tree,) = code_stage(context, blueprint)
    return tree


def with_more(blueprint: Blueprint, *more: Contribution, plugin: str = "other") -> Blueprint:
    """A plan to which a plugin contributes more."""
    added = tuple(Contributed(plugin=plugin, value=value) for value in more)
    return replace(blueprint, contributions=bring_together((*blueprint.contributions, *added)))


def generate(spec: Path, plugins: tuple[str, ...] = PLUGINS, **settings: object) -> Tree:
    """The files of a spec."""
    context = project(spec, plugins, **settings)
    return code(context, plan(context))


def write(tree: Tree, folder: Path, paths: Iterable[str] = ()) -> None:
    """Write a tree, or some of its files, to a folder."""
    for path in paths or tree.files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(tree[path].content)
        (folder / path).chmod(tree[path].mode)


if __name__ == "__main__":
    name, target = sys.argv[1:]
    source = Path(name) if name.endswith(".md") else EXAMPLES / name / "spec.md"
    write(generate(source, nginx=True), Path(target))
