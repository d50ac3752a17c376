"""A cache of folders that are built once, whole, and used by every later run: of Python environments, later of others.

A folder `python/KEY` appears by one rename when it is complete, so that what is there can be used. Whoever builds it
holds the lock `python/KEY.lock` and works in `python/KEY.partial`; the system drops the lock of killed processes, and
the next builder clears what they left. The lock is the system's own (`flock`): it wakes who waits for it at once, and
costs nothing to import.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.surroundings import environment

UNUSED = timedelta(days=30)


def cache_root() -> Path:
    """The folder of what may be deleted at any time: `$IOPEER_CACHE`, else `iopeer` in the XDG cache folder.

    Raises:
        UserError: there is no such folder, and it cannot be made.
    """
    named = environment().get("IOPEER_CACHE", "")
    shared = environment().get("XDG_CACHE_HOME", "")
    if not Path(shared).is_absolute():  # the XDG specification: to be ignored then
        shared = os.path.expanduser("~/.cache")  # noqa: PTH111 - pathlib raises where there is no home
    root = Path(named).absolute() if named else Path(shared) / "iopeer"
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(root, error) from error
    return root


def cached(kind: str, key: str, build: Callable[[Path], None]) -> Path:
    """The folder of a key, built first where it is not there yet.

    Args:
        kind: the family of folders, "python".
        key: what the folder's content is a function of, as a hash.
        build: makes the folder at the path that it is given, which does not exist; one process at a time calls it.

    Raises:
        UserError: the cache cannot be written.
    """
    folder = cache_root() / kind / key
    try:
        folder.parent.mkdir(exist_ok=True)
        with _lock(folder, wait=True):
            new = not folder.is_dir()
            if new:
                partial = _partial(folder)
                build(partial)
                partial.rename(folder)
            os.utime(folder)  # the time of the last use
    except OSError as error:
        raise _unwritable(folder.parent, error) from error
    if new:
        with suppress(OSError):  # what cannot be tidied up is no fault of what was built
            prune()
    return folder


def prune(unused_for: timedelta = UNUSED) -> list[Path]:
    """Delete the folders that nobody has asked for in that time, and what killed builds left.

    Returns:
        The folders that are gone; one that is being built or handed out is left alone.
    """
    oldest = time.time() - unused_for.total_seconds()
    gone = []
    for lock in sorted(cache_root().glob("*/[!.]*.lock")):  # not uv's own, which is `.lock`
        folder = lock.with_suffix("")
        with _lock(folder, wait=False) as locked:
            if not locked:
                continue
            partial = _partial(folder)
            if folder.is_dir() and folder.stat().st_mtime <= oldest:
                folder.rename(partial)  # from here on it is not there, whenever this process is killed
                shutil.rmtree(partial)
                gone.append(folder)
    return gone


def _partial(folder: Path) -> Path:
    """Where a folder is built, and where it goes: cleared of what a killed process left."""
    partial = folder.with_suffix(".partial")
    if partial.exists():
        shutil.rmtree(partial)
    return partial


@contextmanager
def _lock(folder: Path, *, wait: bool) -> Iterator[bool]:
    with folder.with_suffix(".lock").open("w") as lock:
        # Programs that build inherit the lock: one that outlives its killed parent is waited for, not raced against.
        os.set_inheritable(lock.fileno(), True)  # noqa: FBT003 - the function takes it so
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _unwritable(folder: Path, error: OSError) -> UserError:
    return UserError(
        f"the cache cannot be written: {error.strerror or error}",
        where=str(folder),
        how="make room there, or name a folder that you may write to in the environment variable IOPEER_CACHE",
    )
