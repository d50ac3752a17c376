"""Environments with the plugins of `tests/plugins` installed, as a user would install them, and projects to run in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from uv import find_uv_bin

from tests.projects import Project

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def install(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Builds a package of `tests/plugins` and installs it; gives the folder to put on the path."""
    done: dict[str, Path] = {}

    def install(name: str) -> Path:
        if name not in done:
            target = tmp_path_factory.mktemp(name)
            command = [find_uv_bin(), "pip", "install", "--offline", "--quiet", "--no-deps", "--no-build-isolation"]
            command += ["--python", sys.executable, "--target", str(target), str(HERE / "plugins" / name)]
            subprocess.run(command, check=True)
            done[name] = target
        return done[name]

    return install


@pytest.fixture
def trial(install: Callable[[str], Path], tmp_path: Path) -> Project:
    """A project of one entity, with the trial plugin alone."""
    project = Project(folder=tmp_path / "project", sites=(install("trial"),))
    project.folder.mkdir()
    shutil.copy(HERE / "specs" / "todo.md", project.folder / "spec.md")
    project.enable("trial")
    return project
