"""Writes many files as one: after a crash the folder is wholly old or wholly new.

`.iopeer/journal.new/` collects the new content; one rename to `.iopeer/journal/` decides; then the files move into
place, each leaving what it replaces in the journal. What cannot be completed is undone: `.iopeer/journal.undo/` says
so. Whoever finds one of them goes on where it stopped: every step can be done twice. What the user changed stays.

The folders that are being written are listed (`pending.py`), so that the next command, whatever it is, finds them.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.tree.files import create, fingerprint, obstacle
from iopeer_core.tree.paths import safe_path

STATE = ".iopeer"
PREPARED = f"{STATE}/journal.new"
JOURNAL = f"{STATE}/journal"
UNDO = f"{STATE}/journal.undo"
DONE = f"{STATE}/journal.done"
_STEPS = "steps.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One path, and the fingerprints of what stands there before and after; `new` is "" where it is removed."""

    path: str
    old: str
    new: str


def write(out: Path, files: Mapping[str, tuple[bytes, int]], remove: Sequence[str]) -> None:
    """Write and remove files of a folder, all or none. The caller holds its lock and has seen to what is in the way.

    Args:
        out: the folder.
        files: path → content and mode.
        remove: paths; the folders that this empties go too.

    Raises:
        OSError: it cannot be done; the folder is as it was.
        UserError: it could not be undone either; the next command goes on with it.
    """
    prepared, steps = out / PREPARED, list[_Step]()
    try:
        steps += _prepare(out, prepared, files, remove)
        prepared.rename(out / JOURNAL)
        _complete(out, steps)
    except BaseException as error:  # an interrupt too: the folder is as it was
        try:
            if (out / JOURNAL).is_dir():
                _undo(out, steps)
            shutil.rmtree(prepared, ignore_errors=True)
            _drop_empty(out / STATE, out)
        except OSError as again:
            raise _stuck(out, again) from error
        raise


def unfinished(out: Path) -> bool:
    """Whether a killed command left something to complete, undo or drop in a folder."""
    return not (out / STATE).is_symlink() and any((out / name).is_dir() for name in (UNDO, JOURNAL, PREPARED, DONE))


def recover(out: Path) -> str:
    """Complete or undo what a killed command left in a folder, whose lock the caller holds.

    Returns:
        A message for the user; "" where there was nothing to tell.

    Raises:
        UserError: it can be neither completed nor undone.
    """
    if not unfinished(out):
        return ""
    try:
        if (out / UNDO).is_dir():
            _undo(out, _read(out, UNDO))
            return f"a write to {out} was cut short; it is undone"
        if (out / JOURNAL).is_dir():
            return _complete_or_undo(out)
        message = f"a write to {out} was cut short before it began; the folder is as it was"
        message = message if (out / PREPARED).is_dir() else ""
        for name in (PREPARED, DONE):
            if (out / name).is_dir():
                shutil.rmtree(out / name)
        _drop_empty(out / STATE, out)
    except OSError as error:
        raise _stuck(out, error) from error
    return message


def _complete_or_undo(out: Path) -> str:
    steps = _read(out, JOURNAL)
    with suppress(OSError):
        if all(_untouched(out, number, step) for number, step in enumerate(steps)):
            _complete(out, steps)
            return f"a write to {out} was cut short; it is complete now"
    _undo(out, steps)
    return f"a write to {out} was cut short and could not be completed; it is undone"


def _stuck(out: Path, error: OSError) -> UserError:
    return UserError(
        f"a write to {out} was cut short, and can be neither completed nor undone: {error.strerror}",
        how="look at its rights and the free space, then run any command again: it goes on where it stopped",
    )


def _prepare(out: Path, prepared: Path, files: Mapping[str, tuple[bytes, int]], remove: Sequence[str]) -> list[_Step]:
    """Collect in a folder all that is needed to write, and bring it to the disk."""
    shutil.rmtree(prepared, ignore_errors=True)
    prepared.mkdir(parents=True)
    # What goes, goes first: a file may give way to a folder, and a folder to a file.
    steps = [_Step(path=path, old=_file(out / path), new="") for path in sorted(remove)]
    for path, (content, mode) in sorted(files.items()):
        source = _new(prepared, len(steps))
        create(source, content, mode)
        with suppress(FileNotFoundError, NotADirectoryError):
            _keep_mode(source, (out / path).lstat().st_mode)
        steps.append(_Step(path=path, old=_file(out / path), new=fingerprint(source)))
    (prepared / _STEPS).write_text(json.dumps([asdict(step) for step in steps]), encoding="utf-8")
    _sync(out)
    return steps


def _keep_mode(source: Path, mode: int) -> None:
    """The permissions that the user gave a file stay, unless it shall be executable and was not, or the reverse."""
    if (mode ^ source.stat().st_mode) & 0o170100 == 0:  # both regular files, and the owner's x the same
        source.chmod(mode & 0o777)


def _complete(out: Path, steps: Sequence[_Step]) -> None:
    """Take every step that is not taken yet."""
    journal = out / JOURNAL
    for number, step in enumerate(steps):
        target, old, source = out / step.path, _old(journal, number), _new(journal, number)
        if step.new and os.path.lexists(source):
            target.parent.mkdir(parents=True, exist_ok=True)
            if step.old and not os.path.lexists(old):
                _link(target, old)
            source.replace(target)
        elif not step.new:
            if step.old and not os.path.lexists(old):
                target.rename(old)
            _drop_empty(target.parent, out)  # even where the file went before: the folder may not have
    _clear(out, journal)


def _undo(out: Path, steps: Sequence[_Step]) -> None:
    """Take every step back, the last one first."""
    undo = out / UNDO
    if not undo.exists():
        (out / JOURNAL).rename(undo)
    for number, step in reversed(list(enumerate(steps))):
        target, old = out / step.path, _old(undo, number)
        taken = bool(step.new) and not os.path.lexists(_new(undo, number))
        if step.new and not step.old:
            if taken and fingerprint(target) == step.new:
                target.unlink()
            _drop_empty(target.parent, out)  # a folder may have been made for it
        elif os.path.lexists(old) and fingerprint(target) in {"", step.new}:
            target.parent.mkdir(parents=True, exist_ok=True)
            old.replace(target)
    _clear(out, undo)
    _drop_empty(out / STATE, out)


def _clear(out: Path, journal: Path) -> None:
    """Drop a journal whose work is done: by one rename, so that no half of it is ever read."""
    shutil.rmtree(out / DONE, ignore_errors=True)
    journal.rename(out / DONE)
    shutil.rmtree(out / DONE, ignore_errors=True)


def _untouched(out: Path, number: int, step: _Step) -> bool:
    """Whether a step that is not taken yet finds what it found when it was planned."""
    journal = out / JOURNAL
    pending = os.path.lexists(_new(journal, number)) if step.new else not os.path.lexists(_old(journal, number))
    return not pending or _file(out / step.path) == step.old


def _read(out: Path, name: str) -> list[_Step]:
    """The steps of a journal; one that leads out of the folder is not ours."""
    path = out / name / _STEPS
    try:
        steps = [_Step(**step) for step in json.loads(path.read_bytes())]
        for step in steps:
            way = obstacle(out, step.path)
            if safe_path(step.path) != step.path or (way and way.is_symlink()):
                raise ValueError(f"{step.path!r} leads out of the folder")
    except (OSError, ValueError, TypeError, UserError) as error:
        raise UserError(
            f"a write to {out} was cut short, and its journal is damaged ({error})",
            how=f"delete {path.parent}, then generate again with --force (a backup is kept)",
        ) from error
    return steps


def _file(path: Path) -> str:
    """The fingerprint of a file or link; a folder is nothing: it has given way by then, or stops the write."""
    found = fingerprint(path)
    return "" if found == "other" else found


def _new(journal: Path, number: int) -> Path:
    return journal / f"{number}.new"


def _old(journal: Path, number: int) -> Path:
    return journal / f"{number}.old"


def _link(target: Path, old: Path) -> None:
    """Keep a file under a second name; where the file system has no links, by moving it."""
    try:
        os.link(target, old, follow_symlinks=False)
    except FileNotFoundError:
        raise
    except (OSError, NotImplementedError):
        if target.is_dir() and not target.is_symlink():  # never the user's folder
            raise
        target.rename(old)


def _drop_empty(folder: Path, out: Path) -> None:
    """Remove a folder and those above it, as long as they are empty and below `out`."""
    while folder != out:
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return
        folder = folder.parent


def _sync(out: Path) -> None:
    """Bring what was written to the disk, so that a power cut finds the journal whole: once, not file by file."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "syncfs"):  # Linux has it
        os.sync()
        return
    folder = os.open(out, os.O_RDONLY)
    try:
        library.syncfs(folder)
    finally:
        os.close(folder)
