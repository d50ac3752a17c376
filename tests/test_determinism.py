"""The output is a function of spec, settings and versions: of nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import IOPEER, Project, generated

SPECS = Path(__file__).parent / "specs"
PLUGINS = ("fastapi", "proof", "trial", "tsclient")
WAYS = (
    ("a", "iopeer.json", PLUGINS, 0o022, {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}),
    ("b c/ñ", "iopeer.toml", PLUGINS[::-1], 0o077, {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Kolkata"}),
    ("b", "iopeer.toml", (*PLUGINS[2:], *PLUGINS[:2]), 0o002,
     {"PYTHONHASHSEED": "4294967295", "LANG": "es_ES.UTF-8", "LANGUAGE": "es", "TZ": "America/New_York"}),
)  # fmt: skip


def run(folder: Path, spec: str, number: int, sites: tuple[Path, ...]) -> Project:
    """One generation in one of the ways."""
    name, settings, plugins, umask, variables = WAYS[number]
    project = Project(folder=folder / name, sites=sites)
    project.folder.mkdir(parents=True)
    shutil.copy(SPECS / spec, project.folder / "spec.md")
    text = f"plugins = {json.dumps(plugins)}\n" if settings.endswith("toml") else json.dumps({"plugins": plugins})
    (project.folder / settings).write_text(text)
    environment = project.environment(**variables, IOPEER_CACHE=str(folder / f"cache{number}"))
    for variable in {"LC_ALL", "LANG", "LANGUAGE"} - variables.keys():
        environment.pop(variable, None)
    done = subprocess.run(
        [IOPEER, "generate", "spec.md", "--check", "none", "--zip"],
        cwd=project.folder,
        env=environment,
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return project


@pytest.mark.parametrize("spec", ["todo.md", "biblioteca.md", "tracker.md"])
def test_one_zip_in_every_way(spec: str, install: Callable[[str], Path], tmp_path: Path) -> None:
    sites = tuple(install(name) for name in ("proof", "trial", "tsclient"))
    projects = [run(tmp_path, spec, number, sites) for number in range(len(WAYS))]
    folders = [generated(project.folder / "generated") for project in projects]
    for other in folders[1:]:
        assert sorted(other) == sorted(folders[0])
        assert [path for path in other if other[path] != folders[0][path]] == []
    archives = [(project.folder / "dist" / "generated.zip").read_bytes() for project in projects]
    assert len({hashlib.sha256(archive).hexdigest() for archive in archives}) == 1
    own = [(project.folder / "generated" / ".iopeer" / "manifest.json").read_bytes() for project in projects]
    assert len(set(own)) == 1
    machine = (os.fsencode(tmp_path), os.fsencode(Path.home() / ".cache"))
    assert [path for path, content in folders[0].items() if any(place in content for place in machine)] == []
    authors = {str(entry["author"]) for entry in json.loads(own[0])["files"].values()}
    assert authors == {"iopeer", *PLUGINS}, "every plugin has a part in what is compared"
