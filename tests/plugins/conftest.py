"""The broken plugins, installed, and what judges the TypeScript client."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from iopeer_core.environments.node import node

TYPESCRIPT = "typescript@7.0.2"


@pytest.fixture
def broken(install: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the broken plugins are installed; this process sees them too."""
    site = install("broken")
    monkeypatch.syspath_prepend(site)
    return site


@pytest.fixture(scope="session")
def tsc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The TypeScript compiler."""
    programs = node()
    folder = tmp_path_factory.mktemp("typescript")
    quiet = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts")
    subprocess.run(
        [str(programs / "npm"), "install", "--prefix", str(folder), *quiet, TYPESCRIPT],
        check=True,
        capture_output=True,
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
    )
    return folder / "node_modules" / ".bin" / "tsc"
