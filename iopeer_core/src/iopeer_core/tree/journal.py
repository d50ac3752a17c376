"""Writes many files as one: after a crash the folder is wholly old or wholly new.

`.iopeer/journal.new/` collects the new content; one rename to `.iopeer/journal/` decides; then the files move into
place. Whoever finds a `journal/` finishes it, whoever finds a `journal.new/` drops it. The folders that are being
written are listed in the user's state folder, so that any next command finds them. Imports nothing heavy: `recover_pending`
runs at the start of every command.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from iopeer_core.errors import ConflictError

JOURNAL = ".iopeer/journal"
PREPARED = ".iopeer/journal.new"
LOCK = ".iopeer/lock"


def write(out: Path, files: Mapping[str, tuple[bytes, int]], remove: Sequence[str]) -> None:
    """Write and remove files of a folder, all or none. Call it within `locked(out)`.

    Args:
        out: the folder.
        files: path → content and mode.
        remove: paths; the folders that this empties go too.
    """
    prepared = out / PREPARED
    shutil.rmtree(prepared, ignore_errors=True)
    prepared.mkdir(parents=True)
    steps: list[dict[str, str | int]] = []
    for number, (path, (content, mode)) in enumerate(sorted(files.items())):
        (prepared / str(number)).write_bytes(content)
        (prepared / str(number)).chmod(mode)
        steps.append({"path": path, "source": str(number)})
    steps += [{"path": path} for path in sorted(remove)]
    (prepared / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    os.sync()
    prepared.rename(out / JOURNAL)
    _finish(out)


def recover(out: Path) -> str:
    """Finish or drop what a killed command left in a folder; returns a message, "" where there was nothing."""
    if (out / JOURNAL).is_dir():
        _finish(out)
        return f"a write to {out} was cut short; it is complete now"
    if (out / PREPARED).is_dir():
        shutil.rmtree(out / PREPARED)
        if not (out / ".iopeer" / "manifest.json").exists():
            (out / LOCK).unlink(missing_ok=True)
            _drop_empty(out / ".iopeer", out.parent)
        return f"a write to {out} was cut short before it began; the folder is as it was"
    return ""


def recover_pending() -> list[str]:
    """Recover every folder that a killed command was writing; returns messages for the user."""
    messages: list[str] = []
    folder = _state()
    with suppress(OSError):
        for entry in sorted(folder.iterdir()):
            out = Path(entry.read_text(encoding="utf-8"))
            with suppress(ConflictError), _lock(out, wait=False):
                if message := recover(out):
                    messages.append(message)
                entry.unlink(missing_ok=True)
    return messages


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold a folder for a write: recovered first, listed as pending meanwhile.

    Raises:
        ConflictError: another command is writing to it.
    """
    (out / ".iopeer").mkdir(parents=True, exist_ok=True)
    pending = _state() / hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:16]
    with _lock(out, wait=False):
        recover(out)
        with suppress(OSError):
            pending.parent.mkdir(parents=True, exist_ok=True)
            pending.write_text(str(out.resolve()), encoding="utf-8")
        yield
        with suppress(OSError):
            pending.unlink(missing_ok=True)


@contextmanager
def _lock(out: Path, *, wait: bool) -> Iterator[None]:
    with (out / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConflictError(f"another command is writing to {out}", how="wait for it to end, then try again") from None
        yield


def _finish(out: Path) -> None:
    """Move the files of a decided journal into place; doing it again does no harm."""
    journal = out / JOURNAL
    steps = journal / "steps.json"
    for step in json.loads(steps.read_text(encoding="utf-8")) if steps.exists() else ():
        target = out / step["path"]
        if "source" in step:
            source = journal / step["source"]
            if source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
        else:
            target.unlink(missing_ok=True)
            _drop_empty(target.parent, out)
    shutil.rmtree(journal)


def _drop_empty(folder: Path, out: Path) -> None:
    """Remove a folder and those above it, as long as they are empty and below `out`."""
    while folder != out:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _state() -> Path:
    """Where pending writes are listed: the user's XDG state folder."""
    named = os.environ.get("XDG_STATE_HOME", "")
    root = named if os.path.isabs(named) else os.path.expanduser("~/.local/state")  # noqa: PTH111, PTH117 - pathlib raises where there is no home
    return Path(root) / "iopeer" / "pending"
