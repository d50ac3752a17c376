"""Plugins made for one test: a package and its metadata in a folder on the path."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Made = Callable[..., Path]

MANIFEST = """
name = "{name}"
distribution = "iopeer-{name}"
kind = "devops"
summary = "Made for a test."
contract = "1"
{extra}
"""
CODE = """
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any
from iopeer_core.blueprint.additions import *
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import *
from iopeer_core.blueprint.plan import Plan
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.model.spec import Spec
from iopeer_core.runs.report import *
from iopeer_core.tree.model import Patch, Tree

class MadePlugin(Plugin):
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """Installs a plugin: `made("audit", hooks="…the body of its class…", extra="…more of its manifest…")`."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    packages: list[str] = []

    def install(
        name: str, hooks: str = "pass", *, extra: str = "", manifest: str | None = None, dist: str = ""
    ) -> Path:
        package = f"made_{name.replace('-', '_')}{dist}"
        packages.append(package)
        folder = site / package
        folder.mkdir()
        (folder / "__init__.py").touch()
        body = "\n".join(f"    {line}" for line in hooks.strip("\n").splitlines())
        (folder / "plugin.py").write_text(CODE + body + "\n")
        (folder / "manifest.toml").write_text(MANIFEST.format(name=name, extra=extra))
        info = site / f"iopeer_{name.replace('-', '_')}{dist}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: iopeer-{name}{dist}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[iopeer.plugins]\n{name} = {package}.plugin:MadePlugin\n")
        return folder

    yield install
    for module in [name for name in sys.modules if name.partition(".")[0] in packages]:
        del sys.modules[module]
