"""An environment that IOPEER runs in and that plugins may be installed into, and projects there."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A virtual environment, a project's folder, and an index with its wheels."""

    python: Path
    folder: Path
    shop: Path

    @property
    def wheels(self) -> Path:
        """Where the index's wheels are."""
        return self.shop / "wheels"

    def iopeer(self, *arguments: str, **variables: str) -> Done:
        """Run a command in the project."""
        return subprocess.run(
            self._command(arguments),
            cwd=self.folder,
            env=self._environment(**variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command, in a process group of its own."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            self._command(arguments),
            cwd=self.folder,
            env=self._environment(),
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
        )

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [str(self.python), "-c", "from iopeer_core.cli import main; main()", *arguments]

    def _environment(self, **variables: str) -> dict[str, str]:
        return {**os.environ, "IOPEER_INDEX": str(self.shop / "registry.json"), "PYTHONPATH": "", **variables}

    def packages(self) -> set[str]:
        """What is installed beside IOPEER."""
        site = next(self.python.parent.parent.glob("lib/python*/site-packages"))
        return {path.name.removesuffix(".dist-info") for path in site.glob("*.dist-info")}

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        (self.folder / name).write_text(text)

    def read(self, name: str) -> str:
        """Read a file of the project."""
        return (self.folder / name).read_text()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A fresh environment, which sees the packages of this one and installs its own beside them."""
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    site = next(environment.glob("lib/python*/site-packages"))
    (site / "iopeer.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    for name in ("project", "shop/wheels"):
        (tmp_path / name).mkdir(parents=True)
    return Home(python=environment / "bin" / "python", folder=tmp_path / "project", shop=tmp_path / "shop")
