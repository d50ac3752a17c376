"""For the tests of plugins: a product is planned and rendered in memory, by the stages that `iopeer generate` walks.

Nothing is written, tested or packed; `iopeer generate` in a folder of its own does that too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importlib_metadata import EntryPoint

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.codec import memories_of, memories_to_data, spec_to_data
from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.language.problems import Problem
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.discovery import Installed
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.loader import LoadedPlugin, load
from iopeer_core.plugins.manager import Manager
from iopeer_core.plugins.manifest import Manifest
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.runs.run import Event, Run
from iopeer_core.stages.coder import code_stage
from iopeer_core.stages.context import Context, Options, Project
from iopeer_core.stages.planner import plan_stage
from iopeer_core.stages.reader import SpecFile, read_stage
from iopeer_core.tree.model import Tree
from iopeer_core.tree.store import store

OTHER = "other"
"""The plugin that contributes what a test wants to see beside its own."""


@dataclass(frozen=True, slots=True)
class Generated:
    """What came of a spec: the plan, the files, and what was told meanwhile."""

    blueprint: Blueprint
    tree: Tree
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()

    def text(self, path: str) -> str:
        """The text of a file of the app, by its path in the output folder.

        Raises:
            KeyError: there is no such file.
        """
        return self.tree[path].text

    def write(self, folder: Path, paths: Collection[str] = ()) -> None:
        """Write the files, or some of them, into a folder; what is there already is replaced."""
        chosen = {path: entry for path, entry in self.tree.files.items() if not paths or path in paths}
        Tree(chosen).write_to(folder)

    def store(self, folder: Path) -> None:
        """Write all files into a folder with what the next generation needs to know: `generate(…, out=folder)`.

        Raises:
            ConflictError: what was edited there cannot be merged.
        """
        spec, memories = spec_to_data(self.blueprint.spec), memories_to_data(memories_of(self.blueprint))
        store(self.tree, folder, spec=spec, memories=memories)


def generate(
    spec: str | Path,
    plugins: Collection[str],
    *,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    more: Sequence[Contribution] = (),
    templates: Path | None = None,
    allow_unbuilt_guards: bool = False,
    out: Path | None = None,
    allow_drop: bool = False,
) -> Generated:
    """Plan and render a product.

    Args:
        spec: its text, or the path of its file, which may include others.
        plugins: the names of those that are enabled; they are installed, as `pip install -e` does.
        settings: their tables of `iopeer.toml`, by name.
        more: what another plugin, called "other", contributes after the plan.
        templates: the templates of its files.
        allow_unbuilt_guards: go on where nobody builds what guards data.
        out: a folder with the last generation, as `Generated.store` or `iopeer generate` leave it; it is only read.
        allow_drop: whether data that the spec names no more may go.

    Raises:
        UserError: whatever a stage refuses: a `SpecError` for the spec, a `PluginError` for a plugin.
    """
    with tempfile.TemporaryDirectory(prefix="iopeer-kit-") as name:
        path = spec if isinstance(spec, Path) else Path(name, "spec.md")
        if isinstance(spec, str):
            path.write_text(spec, encoding="utf-8")
        told = _Told()
        run = Run(id="kit", dry_run=True, listeners=[told])
        config = ProjectConfig(
            plugins=tuple(sorted(plugins)), tables=settings or {}, allow_unbuilt_guards=allow_unbuilt_guards
        )
        context = Context(
            project=Project(spec=path, config=config),
            options=Options(out=out or Path(name, "generated"), dry_run=True, allow_drop=allow_drop),
            manager=Manager(_loaded(config, run, more, templates or Path(name)), run),
            run=run,
        )
        (read,) = read_stage(context, SpecFile(path=path))
        (blueprint,) = plan_stage(context, read)
        (tree,) = code_stage(context, blueprint)
    return Generated(blueprint, tree, tuple(told.problems), tuple(told.warnings))


def _loaded(config: ProjectConfig, run: Run, more: Sequence[Contribution], templates: Path) -> list[LoadedPlugin]:
    """The plugins of a project, and the one that contributes more."""
    loaded = list(load(config, run))
    if more:
        manifest = Manifest(
            name=OTHER, distribution=OTHER, kind="devops", summary="", contract="1", folder=templates,
            templates=templates,
        )  # fmt: skip
        installed = Installed(name=OTHER, entry_point=EntryPoint(name=OTHER, value=f"{__name__}:_Other", group=""))
        instance = _Other(NoConfig(), run)
        instance.name, instance.more = OTHER, tuple(more)
        loaded.append(LoadedPlugin(name=OTHER, manifest=manifest, instance=instance, installed=installed))
    return loaded


class _Other(Plugin[NoConfig]):
    """Contributes what it is given."""

    more: tuple[Contribution, ...] = ()

    @hookimpl
    def after_plan(self) -> tuple[Contribution, ...]:
        """All of it."""
        return self.more


@dataclass(slots=True)
class _Told:
    """Listens to a run."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        if event.kind == "problem":
            self.problems.append(event.data["problem"])
        elif event.kind == "warning":
            self.warnings.append(event.data["message"])
