"""Node environments, built by real npm from a package that is made here."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from pathlib import Path

import pytest
from iopeer_core.environments.node import node, node_modules, package_lock
from iopeer_core.environments.provide import MARK, Provided
from iopeer_core.errors import PluginError, UserError


def make_package(folder: Path, version: str) -> Path:
    """Write a package `tiny` with a program, whose installation would leave a mark."""
    described = {
        "name": "tiny", "version": version, "bin": {"tiny": "tiny.js"},
        "scripts": {"postinstall": "node -e \"require('fs').writeFileSync('ran', '')\""},
    }  # fmt: skip
    files = {
        "package.json": json.dumps(described),
        "tiny.js": f"#!/usr/bin/env node\nconsole.log('{version}');\n",
    }
    path = folder / f"tiny-{version}.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size, entry.mode = len(text), 0o755
            archive.addfile(entry, io.BytesIO(text.encode()))
    return path


@pytest.fixture
def manifest(cache: Path, tmp_path: Path) -> str:
    """A package.json that needs tiny 1.0.0."""
    return needing(make_package(tmp_path, "1.0.0"))


def needing(package: Path) -> str:
    return json.dumps({"name": "app", "scripts": {"x": "y"}, "dependencies": {"tiny": f"file:{package}"}})


EMPTY_LOCK = json.dumps({"name": "app", "lockfileVersion": 3, "requires": True, "packages": {"": {"name": "app"}}})


def placed(modules: Path, folder: Path) -> Path:
    """A product's folder with its packages."""
    provided = Provided(bin=node(), linked={"web/node_modules": modules}, local=("web/node_modules/.bin",))
    (folder / "web").mkdir(parents=True, exist_ok=True)
    provided.place(folder)
    return folder / "web" / "node_modules"


def test_what_is_locked_is_installed_once_and_linked(manifest: str, tmp_path: Path) -> None:
    lock = package_lock(manifest, EMPTY_LOCK)
    modules = node_modules(manifest, lock, node())
    changed = json.dumps({**json.loads(manifest), "scripts": {"x": "other"}})
    assert node_modules(changed, lock, node()) == modules, "scripts are not what is installed"

    one, two = placed(modules, tmp_path / "one"), placed(modules, tmp_path / "two")
    assert (one / "tiny" / "tiny.js").samefile(two / "tiny" / "tiny.js")
    program = one / ".bin" / "tiny"
    assert subprocess.run([program], capture_output=True, text=True, check=True).stdout == "1.0.0\n"
    assert not one.is_symlink()
    assert not (one / "tiny" / "ran").exists(), "scripts of packages do not run"


def test_packages_follow_the_lock_but_not_over_those_of_the_user(manifest: str, tmp_path: Path) -> None:
    old = node_modules(manifest, package_lock(manifest, EMPTY_LOCK), node())
    newer = needing(make_package(tmp_path, "2.0.0"))
    new = node_modules(newer, package_lock(newer, EMPTY_LOCK), node())

    placed(old, tmp_path / "app")
    there = placed(new, tmp_path / "app")
    assert json.loads((there / "tiny" / "package.json").read_text())["version"] == "2.0.0"
    assert json.loads((old / "tiny" / "package.json").read_text())["version"] == "1.0.0"

    (there / MARK).unlink()  # as the user's own `npm ci` leaves it
    assert json.loads((placed(old, tmp_path / "app") / "tiny" / "package.json").read_text())["version"] == "2.0.0"


def test_a_lock_that_does_not_fit_is_refused_with_npms_words(manifest: str) -> None:
    with pytest.raises(UserError, match=r"(?s)npm failed.*tiny"):
        node_modules(manifest, EMPTY_LOCK, node())


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_manifest_that_is_none(cache: Path, text: str) -> None:
    with pytest.raises(PluginError, match=r"no package\.json"):
        node_modules(text, EMPTY_LOCK, node())
