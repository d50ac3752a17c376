"""Which folders are being written, and by whom: a lock on each, and a list in the user's state folder.

`recover_pending` runs at the start of every command, so nothing heavy is imported before there is something to do.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from iopeer_core.errors import ConflictError, UserError
from iopeer_core.surroundings import environment

PATIENCE = 20.0
"""How many seconds a command waits for another one that writes to the same folder. A write takes less than one."""
DEFAULT = "generated"
"""The usual output folder, looked at even where the list is lost (another home folder)."""


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold a folder, made if it is not there; what a killed command left in it is completed or undone first.

    Raises:
        ConflictError: another command has been writing to it for too long.
        UserError: what was left can be neither completed nor undone.
        OSError: the folder cannot be made or opened.
    """
    from iopeer_core.tree.journal import recover, unfinished

    made = [folder.absolute() for folder in (out, *out.parents) if not folder.exists()]
    record = _record(out)
    try:
        with _lock(out, PATIENCE):
            recover(out)
            _list(record, {"out": str(out.resolve()), "process": os.getpid(), "made": [str(folder) for folder in made]})
            try:
                yield
            finally:
                if not unfinished(out):
                    record.unlink(missing_ok=True)
    except BaseException:
        _drop(made)
        raise


def _drop(folders: Iterable[Path]) -> None:
    """Remove folders that were made for a write, the innermost first; those that hold something stay."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def recover_pending() -> list[str]:
    """Complete or undo what killed commands left, wherever it is; returns messages for the user."""
    messages: list[str] = []
    known = set[str]()
    for record, out, made in _listed():
        known.add(str(out))
        with suppress(OSError, ConflictError):
            if out.is_dir():
                with _lock(out, 0):
                    messages += _recovered(out, record)
                _drop(made)
            else:
                record.unlink(missing_ok=True)
    if os.path.realpath(DEFAULT) not in known and os.path.isdir(f"{DEFAULT}/.iopeer"):  # noqa: PTH112 - pathlib is slower
        with suppress(OSError, ConflictError), _lock(Path(DEFAULT), 0):
            messages += _recovered(Path(DEFAULT), _record(Path(DEFAULT)))
    return messages


def _recovered(out: Path, record: Path) -> list[str]:
    """Recover one folder, and take it off the list where that is possible."""
    from iopeer_core.tree.journal import recover

    try:
        message = recover(out)
        record.unlink(missing_ok=True)
    except UserError as error:
        message = str(error)
    return [message] if message else []


@contextmanager
def _lock(out: Path, patience: float) -> Iterator[None]:
    """The system's lock on the folder itself: it leaves nothing behind, and ends with the process."""
    deadline = time.monotonic() + patience
    while True:
        if patience:
            out.mkdir(parents=True, exist_ok=True)
        folder = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if _taken(folder, out):
                yield
                return
        finally:
            os.close(folder)
        if time.monotonic() > deadline:
            raise ConflictError(f"another command{_holder(out)} is writing to {out}", how="try again when it has ended")
        time.sleep(0.02)


def _taken(folder: int, out: Path) -> bool:
    """Whether the lock is ours now, on the folder that still has that path."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(folder), out.stat())
    return False


def _holder(out: Path) -> str:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return f" (process {json.loads(_record(out).read_bytes())['process']})"
    return ""


def _list(record: Path, entry: dict[str, object]) -> None:
    """Add a folder to the list; without a state folder the next write to the folder itself still finds its journal."""
    with suppress(OSError):
        record.parent.mkdir(parents=True, exist_ok=True)
        aside = record.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(entry), encoding="utf-8")
        aside.replace(record)


def _listed() -> Iterator[tuple[Path, Path, list[Path]]]:
    """The records, with the folder of each and those that were made for the write."""
    try:
        records = sorted(record for record in _folder().iterdir() if record.suffix == ".json")
    except OSError:
        return
    for record in records:
        try:
            entry = json.loads(record.read_bytes())
            yield record, Path(entry["out"]), [Path(folder) for folder in entry["made"]]
        except (OSError, ValueError, KeyError, TypeError):
            with suppress(OSError):
                record.unlink()


def _record(out: Path) -> Path:
    return _folder() / f"{hashlib.sha256(os.fsencode(os.path.realpath(out))).hexdigest()[:16]}.json"


def _folder() -> Path:
    """Where pending writes are listed: in the user's XDG state folder."""
    named = environment().get("XDG_STATE_HOME", "")
    root = named if os.path.isabs(named) else os.path.expanduser("~/.local/state")  # noqa: PTH111, PTH117 - pathlib raises where there is no home
    return Path(root, "iopeer", "pending")
