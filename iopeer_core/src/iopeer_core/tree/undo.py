"""What a write replaced, in `.iopeer/undo/`: an archive for each of the last writes, and the way back.

An archive is written in the same journal as the files that replace those in it. It holds IOPEER's own files of that
time too, so that a folder that went back is the folder that it was: its last generation, and what the user had edited.
"""

from __future__ import annotations

import io
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iopeer_core.counted import counted
from iopeer_core.errors import ConflictError, UserError
from iopeer_core.tree import journal
from iopeer_core.tree.archive import pack
from iopeer_core.tree.files import digest, fingerprint, obstacle
from iopeer_core.tree.manifest import QUICK, REMEMBERED
from iopeer_core.tree.paths import objection, safe_path
from iopeer_core.tree.pending import locked

FOLDER = f"{journal.STATE}/undo"
KEPT = 10
"""How many writes can be taken back."""
_LIST = "undo.json"
_OURS = {*REMEMBERED}
_NAME = re.compile(r"^(\d{6})\.zip$")
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What an undo did: paths, without IOPEER's own."""

    restored: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left: int = 0  # how many writes can still be taken back


def checkpoint(
    out: Path, files: Mapping[str, tuple[bytes, int]], remove: Sequence[str]
) -> tuple[dict[str, tuple[bytes, int]], list[str]]:
    """What to write and to remove beside a write, so that it can be taken back.

    A first generation that replaces nothing needs no way back: there is no more than what it made.
    """
    old = {path: _standing(out / path) for path in {*files, *remove}}
    if not any(old.values()):
        return {}, []
    steps = {
        path: {
            "old": bool(was),
            "mode": was[1] if was else 0,
            "new": digest(files[path][0]) if path in files else "",
        }
        for path, was in old.items()
    }
    packed = {f"old/{path}": was for path, was in old.items() if was}
    packed[_LIST] = (json.dumps(steps, sort_keys=True).encode(), 0o644)
    known = checkpoints(out)
    number = int(known[-1].stem) + 1 if known else 1
    gone = [f"{FOLDER}/{path.name}" for path in known[: max(0, len(known) + 1 - KEPT)]]
    return {f"{FOLDER}/{number:06}.zip": (pack(packed, level=QUICK), 0o600)}, gone


def checkpoints(out: Path) -> list[Path]:
    """The archives in a folder, the oldest first."""
    folder = out / FOLDER
    if obstacle(out, f"{FOLDER}/x") is not None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NAME.match(path.name) and path.is_file())


def undo(out: Path) -> Undone:
    """Take back the last write to a folder: its files are what they were, byte for byte.

    Raises:
        ConflictError: files were changed since that write.
        UserError: there is nothing to take back; the archive is damaged; the folder cannot be written.
    """
    if not checkpoints(out):
        raise UserError(f"there is no write to {out} that can be taken back")
    try:
        with locked(out):
            known = checkpoints(out)
            steps, files = _read(known[-1])
            _refuse(out, steps, known[-1])
            remove = [path for path in steps if path not in files and os.path.lexists(out / path)]
            journal.write(out, files, [*remove, f"{FOLDER}/{known[-1].name}"])
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror or error}; it is as it was") from error
    return Undone(
        restored=tuple(sorted(files.keys() - _OURS)),
        removed=tuple(sorted({*remove} - _OURS)),
        left=len(known) - 1,
    )


def _standing(path: Path) -> tuple[bytes, int] | None:
    """Content and mode of what a write replaces."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (path.read_bytes(), stat.S_IMODE(mode)) if stat.S_ISREG(mode) else None


def _refuse(out: Path, steps: Mapping[str, Mapping[str, Any]], archive: Path) -> None:
    """Stop where the user did something since: it would be lost."""
    changed = [
        path for path, step in sorted(steps.items()) if fingerprint(out / path).removesuffix("+x") != step["new"]
    ]
    if changed:
        lines = [f"  {path}" for path in changed[:_SHOWN]]
        lines += [f"  and {len(changed) - _SHOWN} more"] if len(changed) > _SHOWN else []
        raise ConflictError(
            f"{counted(len(changed), 'file')} changed since the write that would be taken back; nothing was:\n"
            + "\n".join(lines),
            how=f"move them away, then undo; or take single files out of {archive}",
        )


def _read(archive: Path) -> tuple[dict[str, dict[str, Any]], dict[str, tuple[bytes, int]]]:
    """The steps of a checkpoint, and the files to restore; one that leads out of the folder is not ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as opened:
            steps: dict[str, dict[str, Any]] = json.loads(opened.read(_LIST))
            for path in steps:
                if safe_path(path) != path or (path not in _OURS and objection(path)):
                    raise ValueError(f"{path!r} is none of ours")
            files = {
                path: (opened.read(f"old/{path}"), int(step["mode"]) & 0o777)
                for path, step in steps.items()
                if step["old"] and isinstance(step["new"], str)
            }
    except (ValueError, KeyError, TypeError, AttributeError, UserError, zipfile.BadZipFile, zlib.error) as error:
        raise UserError(f"it is damaged ({error!s:.100})", where=str(archive), how="delete it") from error
    return steps, files
