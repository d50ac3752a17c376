"""The broken plugins, installed, and what judges the TypeScript client."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

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
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("node is not installed")
    folder = tmp_path_factory.mktemp("typescript")
    command = [npm, "install", "--prefix", str(folder), "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run([*command, TYPESCRIPT], check=True, capture_output=True)
    return folder / "node_modules" / ".bin" / "tsc"
