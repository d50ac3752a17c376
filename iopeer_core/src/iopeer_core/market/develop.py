"""Works on a plugin in a project: its folder is installed as it stands, and each change generates the app again."""

from __future__ import annotations

import site
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from iopeer_core.environments.uv import uv
from iopeer_core.errors import PluginError
from iopeer_core.market.home import require_home
from iopeer_core.market.settings import enable
from iopeer_core.plugins.discovery import discover

PAUSE = 0.5
"""Seconds between two looks at the folder."""
LEFT = ("__pycache__", ".venv", ".git", "dist")


def install_here(package: Path, project: Path) -> tuple[str, ...]:
    """Install a plugin's folder, editable, and enable its plugins in a project.

    Returns:
        The names of the plugins.

    Raises:
        UserError: it is no plugin, or cannot be installed.
    """
    require_home()
    if not (package / "pyproject.toml").is_file():
        raise PluginError("there is no pyproject.toml", where=str(package), how="name the folder of a plugin")
    uv("pip", "install", "--python", sys.executable, "--no-deps", "--no-config", "--editable", str(package.resolve()))
    site.addsitedir(sysconfig.get_path("purelib"))  # what was installed now is seen by who starts next, and by us
    names = tuple(name for name, item in discover().items() if item.manifest and _is_of(item.manifest.folder, package))
    if not names:
        how = "`iopeer doctor` says why"
        raise PluginError("it has no plugin whose manifest can be read", where=str(package), how=how)
    for name in names:
        enable(project, name)
    return names


def watch(package: Path, changed: Callable[[], None]) -> None:
    """Call `changed` after each change of a file in the folder, until it is interrupted."""
    before = _times(package)
    while True:
        time.sleep(PAUSE)
        now = _times(package)
        if now != before:
            before = now
            changed()


def _is_of(folder: Path, package: Path) -> bool:
    return folder.resolve().is_relative_to(package.resolve())


def _times(package: Path) -> Mapping[str, int]:
    found = {}
    for path in package.rglob("*"):
        if path.is_file() and not any(part in LEFT for part in path.parts):
            found[str(path)] = path.stat().st_mtime_ns
    return found
