"""Opens a project: its configuration, its plugins, its spec."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.language.vocabulary import Grammar
from iopeer_core.plugins.config import ProjectConfig, read_config
from iopeer_core.plugins.discovery import discover
from iopeer_core.plugins.manager import Manager
from iopeer_core.plugins.manifest import Manifest
from iopeer_core.plugins.vocabulary import grammar
from iopeer_core.runs.run import Run
from iopeer_core.stages.context import Project


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
    must_be_file(spec)
    config = read_config(spec.parent)
    project = Project(spec=spec, config=config)
    return Opened(project=project, manager=Manager.load(config, run))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifests:
    """A project's plugins as their manifests tell: none of them is imported."""

    config: ProjectConfig
    enabled: tuple[Manifest, ...]
    others: tuple[Manifest, ...]  # installed, not enabled

    def grammar(self) -> Grammar:
        """The vocabulary of the core and of the enabled plugins."""
        return grammar(self.enabled, Run(id="check"))


def open_manifests(spec: Path) -> Manifests:
    """The manifests of a project's plugins.

    Raises:
        UserError: there is no such file, or the configuration is broken.
        PluginError: an enabled plugin has no manifest that can be read.
    """
    must_be_file(spec)
    installed = discover()
    config = read_config(spec.parent, installed)
    for name in config.plugins:
        if (problem := installed[name].problem) is not None:
            raise problem
    readable = [(name, item.manifest) for name, item in installed.items() if item.manifest is not None]
    return Manifests(
        config=config,
        enabled=tuple(manifest for name, manifest in readable if name in config.plugins),
        others=tuple(manifest for name, manifest in readable if name not in config.plugins),
    )


def must_be_file(spec: Path) -> None:
    """Stop where a spec cannot be read as often as it takes: a pipe or a device may never end.

    Raises:
        UserError: it is not there, or is no regular file.
    """
    if spec.is_dir():
        raise UserError(f"{spec} is a folder", how=f"name the spec in it: {spec / 'spec.md'}")
    if not spec.exists():
        raise UserError(f"there is no file {spec}", how="`iopeer new NAME` begins a project with a spec to change")
    if not spec.is_file():
        raise UserError(f"{spec} is no regular file", how="save the spec in one: its folder holds the project")
