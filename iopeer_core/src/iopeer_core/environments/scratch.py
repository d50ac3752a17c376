"""Folders to work in that no killed process leaves behind for good: who makes one clears those that nobody holds."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from iopeer_core.environments.cache import cache_root
from iopeer_core.errors import UserError


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder of this process, in the cache (in the system's temporary folder where that cannot be written).

    Raises:
        OSError: there is no room for it.
    """
    try:
        root = cache_root() / "scratch"
        root.mkdir(exist_ok=True)
        _sweep(root)
        folder, held = _held(root)
    except (OSError, UserError):
        with tempfile.TemporaryDirectory(prefix="iopeer-") as name:
            yield Path(name).resolve()
        return
    try:
        yield folder.resolve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _held(root: Path) -> tuple[Path, int]:
    """A new folder and the lock on it, which the system drops when this process ends."""
    while True:
        folder = Path(tempfile.mkdtemp(dir=root))
        with suppress(FileNotFoundError):  # another process swept it before it was ours
            return folder, _lock(folder)


def _sweep(root: Path) -> None:
    """Remove the folders that no process holds."""
    for folder in root.iterdir():
        with suppress(OSError):
            held = _lock(folder)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)


def _lock(folder: Path) -> int:
    """Lock a folder.

    Raises:
        FileNotFoundError: it is not there, or not any more.
        BlockingIOError: a process holds it.
    """
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(held), folder.stat()):
            raise FileNotFoundError(folder)
    except OSError:
        os.close(held)
        raise
    return held
