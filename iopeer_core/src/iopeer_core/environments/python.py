"""Python environments: the locked requirements of a component, installed once per interpreter and platform."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from iopeer_core.environments.cache import cached
from iopeer_core.environments.uv import uv
from iopeer_core.errors import PluginError

OLDEST = "3.11"
"""The first Python that a lock for every platform must hold for."""
COMPILE = ("pip", "compile", "--quiet", "--generate-hashes", "--no-strip-extras", "--no-annotate", "--no-header")


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment that is there, whole, and not to be changed: other runs share it.

    Args:
        path: its folder.
        python: its interpreter.
        bin: the folder of its programs.
    """

    path: Path
    python: Path
    bin: Path


def python_environment(requirements: Sequence[str], pins: str = "") -> Environment:
    """The environment that holds some requirements and nothing else, built now where the cache has none.

    It is of the Python that runs IOPEER.

    Args:
        requirements: by PEP 508, in any order.
        pins: versions to prefer, with the hashes that they must have, as a requirements file; what it does not name is
            resolved, and stays at that version as long as the cache is kept.

    Raises:
        PluginError: a requirement cannot be read.
        UserError: the requirements contradict each other, or cannot be fetched; the cache cannot be written.
    """
    wanted = _lines(requirements)
    identity = _identity()
    locked = _compiled(key_of(wanted, pins, identity), wanted, pins, (*COMPILE, "--python", sys.executable))

    def build(folder: Path) -> None:
        uv("venv", "--quiet", "--relocatable", "--no-project", "--python", sys.executable, str(folder))
        sync = ("pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", "--allow-empty-requirements")
        uv(*sync, "--python", str(folder / "bin" / "python"), str(locked))

    path = cached("python", key_of(locked.read_text(encoding="utf-8"), identity), build)
    return Environment(path=path, python=path / "bin" / "python", bin=path / "bin")


def universal_lock(requirements: Sequence[str], pins: str = "") -> str:
    """Exact versions with hashes for every platform, as a requirements file that names no index.

    Made once for the same arguments, as long as the cache is kept.

    Args:
        requirements: by PEP 508, in any order.
        pins: versions to prefer, as such a file.

    Raises:
        PluginError: a requirement cannot be read.
        UserError: the requirements contradict each other, or cannot be fetched; the cache cannot be written.
    """
    wanted = _lines(requirements)
    compile_ = (*COMPILE, "--universal", "--python-version", OLDEST, "--python", sys.executable)
    key = key_of(wanted, pins, "universal", OLDEST)
    return _compiled(key, wanted, pins, compile_).read_text(encoding="utf-8")


def _compiled(key: str, wanted: str, pins: str, compile_: Sequence[str]) -> Path:
    """What uv makes of requirements, from the cache or made now."""

    def resolve(folder: Path) -> None:
        folder.mkdir()
        lock = folder / "requirements.lock"
        lock.write_text(pins, encoding="utf-8")  # uv prefers the versions that it finds where it is to write
        uv(*compile_, "--output-file", str(lock), "-", given=wanted)

    return cached("locks", key, resolve) / "requirements.lock"


def _lines(requirements: Sequence[str]) -> str:
    """The text of a requirements file, the same whatever their order."""
    return "".join(f"{line}\n" for line in sorted({_readable(text) for text in requirements}))


def _readable(requirement: str) -> str:
    try:
        return str(Requirement(requirement))
    except InvalidRequirement as error:
        raise PluginError(
            f"{requirement!r} is no requirement: {error}",
            how='write it as PEP 508 says, as in "sqlalchemy[asyncio]>=2.0"',
        ) from error


def _identity() -> str:
    """What tells one interpreter and platform from another, for packages that are compiled."""
    platform = f"{sysconfig.get_platform()} {sysconfig.get_config_var('SOABI')}"
    return f"{os.path.realpath(sys.executable)} {sys.version} {platform}\n"


def key_of(*parts: str) -> str:
    """What a folder of the cache is called that is a function of some texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
