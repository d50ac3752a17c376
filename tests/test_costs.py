"""What start-up and generation cost, counted: modules, processes, files, environments; `make bench` has the times."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from iopeer_core.environments.python import python_environment

from benchmarks import inputs

MODULES = 230
"""How many modules `--help` may have imported at its end, Python's own included; 198 when this was written."""
SPARE = 2
"""Files of a write beside what stays: the journal and the lock."""
COUNTED = """
import atexit, json, os, sys
seen = {"processes": [], "written": []}

def hook(event, arguments):
    if event == "subprocess.Popen":
        seen["processes"].append(os.path.basename(str(arguments[0])))
    elif event == "open" and isinstance(arguments[0], (str, os.PathLike)) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        seen["written"].append(os.path.abspath(arguments[0]))

def tell():
    seen["modules"] = sorted(sys.modules)
    with open(os.environ["COUNTS"], "w") as file:
        json.dump(seen, file)

atexit.register(tell)
sys.addaudithook(hook)
from iopeer_core.cli import main
sys.argv = ["iopeer", *sys.argv[1:]]
main()
"""


def counted(*arguments: str, folder: Path, **variables: str) -> dict[str, Any]:
    """What a command imports, starts and opens for writing."""
    counts = folder / "counts.json"
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, *arguments],
        cwd=folder,
        env={**os.environ, "COUNTS": str(counts), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(counts.read_text())
    found["written"] = sorted({path for path in found["written"] if path.startswith(f"{folder}/")} - {str(counts)})
    return found


def test_help_imports_few_modules_and_no_plugin(tmp_path: Path) -> None:
    inputs.plugins(tmp_path / "plugins", 30)
    seen = counted("--help", folder=tmp_path, PYTHONPATH=str(tmp_path / "plugins"))
    assert len(seen["modules"]) <= MODULES
    assert [name for name in seen["modules"] if name.startswith(("iopeer_made", "iopeer_plugin"))] == []
    assert seen["processes"] == []
    assert seen["written"] == []


def test_a_generation_formats_once_and_writes_what_changes(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text(inputs.spec(3))
    arguments = ("generate", "spec.md", "--check", "none")
    seen = counted(*arguments, folder=tmp_path)
    assert seen["processes"] == ["ruff"]
    out = f"{tmp_path}/generated/"
    made = [path for path in Path(out).rglob("*") if path.is_file()]
    assert len(made) <= len([path for path in seen["written"] if path.startswith(out)]) <= len(made) + SPARE
    again = counted(*arguments, folder=tmp_path)
    assert len([path for path in again["written"] if path.startswith(out)]) <= SPARE


def test_a_generation_without_checks_imports_no_environments(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text(inputs.spec(1))
    seen = counted("generate", "spec.md", "--check", "none", "--zip", folder=tmp_path)
    assert {"fastapi", "sqlalchemy", "uv", "iopeer_core.environments.python"} & set(seen["modules"]) == set()


def test_an_environment_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOPEER_CACHE", str(tmp_path))
    first = python_environment([])
    stamp = first.python.lstat().st_ino, first.path.stat().st_ino
    second = python_environment([])
    assert second == first
    assert (second.python.lstat().st_ino, second.path.stat().st_ino) == stamp
    assert len([path for path in (tmp_path / "python").iterdir() if path.is_dir()]) == 1
