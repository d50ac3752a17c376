"""Environments with the plugins of this folder installed, as a user would install them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from uv import find_uv_bin

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def install(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Builds a package of this folder and installs it; gives the folder to put on the path."""
    done: dict[str, Path] = {}

    def install(name: str) -> Path:
        if name not in done:
            target = tmp_path_factory.mktemp(name)
            command = [find_uv_bin(), "pip", "install", "--offline", "--quiet", "--no-deps", "--no-build-isolation"]
            command += ["--python", sys.executable, "--target", str(target), str(HERE / name)]
            subprocess.run(command, check=True)
            done[name] = target
        return done[name]

    return install


@pytest.fixture
def broken(install: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The broken plugins are installed."""
    site = install("broken")
    monkeypatch.syspath_prepend(site)
    return site
