"""The one door to the disk: a Tree becomes the output folder, in one go, and only where nothing of the user's is lost."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from iopeer_core.errors import ConflictError, UserError
from iopeer_core.tree import journal
from iopeer_core.tree.archive import pack
from iopeer_core.tree.compare import Comparison, compare
from iopeer_core.tree.manifest import BASE, MANIFEST, manifest_of
from iopeer_core.tree.model import Tree

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write did: paths; `backup` is the folder that holds what it overwrote."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    backup: Path | None = None


def refuse(comparison: Comparison, out: Path) -> None:
    """Stop where a write would undo something of the user's.

    Raises:
        ConflictError: lists what differs.
    """
    conflicts = comparison.conflicts
    if not conflicts:
        return
    lines = [f"  {path}: {why}" for path, why in conflicts[:SHOWN]]
    if len(conflicts) > SHOWN:
        lines.append(f"  and {len(conflicts) - SHOWN} more")
    raise ConflictError(
        f"{out} holds work that generating would overwrite; nothing was changed:\n" + "\n".join(lines),
        how="generate into another folder with --out, or overwrite it with --force (a backup is kept)",
    )


def store(tree: Tree, out: Path, *, spec: object, force: bool = False, backups: Path | None = None) -> Written:
    """Write a tree to a folder: only what changes, journalled.

    Args:
        tree: what the folder shall hold.
        out: the folder; made if it is not there.
        spec: the spec as JSON values, remembered for the next generation.
        force: overwrite what differs, after a backup.
        backups: where the backup goes.

    Raises:
        ConflictError: files differ from what was generated and `force` is not given.
        UserError: the folder cannot be written.
    """
    _check_folder(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with journal.locked(out):
            comparison = compare(tree, out)
            backup = None
            if not force:
                refuse(comparison, out)
            elif comparison.conflicts and backups is not None:
                backup = _back_up([path for path, _ in comparison.conflicts], out, backups)
            _write(tree, out, comparison, manifest_of(tree, spec).to_json())
    except OSError as error:
        raise UserError(
            f"{out} cannot be written: {error.strerror}; it is as it was", how="look at its rights and the free space"
        ) from error
    return Written(
        new=comparison.new, changed=comparison.changed, removed=comparison.removed, backup=backup
    )


def _write(tree: Tree, out: Path, comparison: Comparison, manifest: bytes) -> None:
    paths = (*comparison.new, *comparison.changed, *comparison.edited, *comparison.deleted, *comparison.foreign)
    files = {path: (tree[path].content, tree[path].mode) for path in paths if path in tree}
    remove = [path for path in (*comparison.removed, *comparison.edited) if path not in tree]
    if not files and not remove and _same(out / MANIFEST, manifest):
        return
    files[MANIFEST] = (manifest, 0o644)
    files[BASE] = (pack({path: (entry.content, entry.mode) for path, entry in tree.files.items()}), 0o644)
    for path in files:
        _make_way(out, path)
    journal.write(out, files, remove)


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _make_way(out: Path, path: str) -> None:
    """Refuse where a link or a folder stands in the way: neither is ever replaced or followed."""
    current = out
    *folders, _ = Path(path).parts
    for part in folders:
        current /= part
        if os.path.lexists(current) and (current.is_symlink() or not current.is_dir()):
            raise UserError(f"{current} must be a folder", how="move it away, or use --out")
    if (out / path).is_dir() and not (out / path).is_symlink():
        raise UserError(f"{out / path} must be a file, and is a folder", how="move it away, or use --out")


def _back_up(paths: Sequence[str], out: Path, backups: Path) -> Path:
    for path in paths:
        if (out / path).is_file():
            (backups / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(out / path, backups / path, follow_symlinks=False)
    return backups


def _check_folder(out: Path) -> None:
    whole = out.resolve()
    if out.exists() and not out.is_dir():
        raise UserError(f"{out} is a file", how="name a folder with --out")
    if whole in {Path("/"), Path.home(), Path.cwd()} or whole in Path.cwd().parents:
        raise UserError(f"{out} holds more than a generated app", how="name a folder of its own with --out")


def base(out: Path) -> dict[str, bytes]:
    """The pristine files of the last generation, for a merge; none where there was none."""
    try:
        with zipfile.ZipFile(io.BytesIO((out / BASE).read_bytes())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except FileNotFoundError:
        return {}
