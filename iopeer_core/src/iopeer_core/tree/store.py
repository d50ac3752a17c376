"""The one door to the disk: a Tree becomes the output folder, in one go, and nothing of the user's is lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from iopeer_core.errors import ConflictError, UserError
from iopeer_core.tree import journal
from iopeer_core.tree.archive import pack
from iopeer_core.tree.compare import Comparison, compare
from iopeer_core.tree.files import obstacle
from iopeer_core.tree.manifest import BASE, MANIFEST, Manifest, manifest_of
from iopeer_core.tree.model import Tree
from iopeer_core.tree.paths import THEIRS
from iopeer_core.tree.pending import locked

SHOWN = 20
QUICK = 1
"""The level of compression of the pristine files: they are never sent anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write did: paths; `backup` is the folder that holds what it overwrote."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    backup: Path | None = None


def check_folder(out: Path, project: Path) -> None:
    """Stop where no app can be generated into a folder, whatever it holds.

    Args:
        out: the output folder.
        project: the folder of the spec.

    Raises:
        UserError: it is a file, cannot be written, holds the project, the home folder or the whole disk, or is in a
            folder that is never generated into.
    """
    if os.path.lexists(out) and not out.is_dir():
        raise UserError(f"the output folder {out} is a file", how="name a folder with --out")
    whole, root = out.resolve(), project.resolve()
    home = Path(os.path.expanduser("~")).resolve()  # noqa: PTH111 - pathlib raises where there is no home
    if whole in {root, home, *root.parents}:
        raise UserError(f"the output folder {out} holds more than an app", how="name a folder of its own with --out")
    inside = whole.relative_to(root).parts if whole.is_relative_to(root) else (whole.name,)
    if theirs := next((part for part in inside if part.lower() in THEIRS), ""):
        raise UserError(f"the output folder {out} is in {theirs!r}, which holds no apps", how="name another with --out")
    _reachable(whole, f"the output folder {out}", "name another folder with --out")


def check_archive(path: Path) -> None:
    """Stop where no archive can be written.

    Raises:
        UserError: it is a folder, or its own folder is none or cannot be written.
    """
    if path.is_dir():
        raise UserError(f"{path} must be a file, and is a folder", how="move it away")
    _reachable(path.resolve().parent, f"the archive {path}", "move that away")


def _reachable(whole: Path, what: str, how: str) -> None:
    """Stop where a folder neither is nor can be made."""
    nearest = next(folder for folder in (whole, *whole.parents) if os.path.lexists(folder))
    if not nearest.is_dir():
        raise UserError(f"{what} is in {nearest}, which is a file", how=how)
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise UserError(f"{nearest} cannot be written", how=f"look at its rights, or {how}")


def refuse(comparison: Comparison, out: Path, *, force: bool) -> None:
    """Stop where a write would undo something of the user's.

    Raises:
        ConflictError: lists what differs; with `force` only what cannot be overwritten either.
    """
    conflicts = [(path, why) for path, why in comparison.conflicts if not force or path in comparison.blocked]
    if not conflicts:
        return
    lines = [f"  {path}: {why}" for path, why in conflicts[:SHOWN]]
    if len(conflicts) > SHOWN:
        lines.append(f"  and {len(conflicts) - SHOWN} more")
    raise ConflictError(
        f"{out} holds work that generating would overwrite; nothing was changed:\n" + "\n".join(lines),
        how="move it away, or generate into another folder with --out"
        if force
        else "generate into another folder with --out, or overwrite it with --force (a backup is kept)",
    )


def store(
    tree: Tree,
    out: Path,
    *,
    spec: object,
    product: object = None,
    versions: Mapping[str, str] | None = None,
    backups: Path | None = None,
) -> Written:
    """Write a tree to a folder: only what changes, all or nothing.

    Args:
        tree: what the folder shall hold.
        out: the folder; made if it is not there.
        spec: the spec as JSON values, remembered for the next generation.
        product: what runs as JSON values, remembered for who runs it.
        versions: of what made the tree, remembered too.
        backups: overwrite what the user changed, after a copy to this folder; None: refuse.

    Raises:
        ConflictError: files differ from what was generated; another command is writing for too long.
        UserError: the folder cannot be written; it is as it was.
    """
    backup = None
    try:
        with locked(out):
            comparison = compare(tree, out)
            refuse(comparison, out, force=backups is not None)
            if backups is not None and comparison.conflicts:
                backup = _back_up(comparison, out, backups)
            _write(tree, out, comparison, manifest_of(tree, spec, versions or {}, product))
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        why = "there is no space left" if full else error.strerror or type(error).__name__
        how = "make room" if full else "look at its rights, or name another folder with --out"
        raise UserError(f"{out} cannot be written: {why}; it is as it was", how=how) from error
    return replace(planned(tree, comparison), backup=backup)


def planned(tree: Tree, comparison: Comparison) -> Written:
    """What a write that is not refused does; what it overwrites by force is among it."""
    theirs = {*comparison.edited, *comparison.foreign}
    return Written(
        new=tuple(sorted({*comparison.new, *comparison.deleted})),
        changed=tuple(sorted({*comparison.changed, *(path for path in theirs if path in tree)})),
        removed=tuple(sorted({*comparison.removed, *(path for path in theirs if path not in tree)})),
    )


def _write(tree: Tree, out: Path, comparison: Comparison, manifest: Manifest) -> None:
    differing = (*comparison.new, *comparison.changed, *comparison.edited, *comparison.deleted, *comparison.foreign)
    files = {path: (tree[path].content, tree[path].mode) for path in differing if path in tree}
    remove = [path for path in (*comparison.removed, *comparison.edited) if path not in tree]
    base = {path: (entry.content, entry.mode) for path, entry in tree.files.items()}
    for path, content in ((MANIFEST, manifest.to_json()), (BASE, pack(base, level=QUICK))):
        if (way := obstacle(out, path)) is not None:
            raise ConflictError(f"{way} must be a folder", how="move it away")
        if not (out / path).is_file() or (out / path).read_bytes() != content:
            files[path] = (content, 0o644)
    if files or remove:
        journal.write(out, files, remove)


def _back_up(comparison: Comparison, out: Path, backups: Path) -> Path | None:
    """Copy what is about to be overwritten; links as links. None where there is nothing left to copy."""
    kept = [path for path in _overwritten(comparison) if os.path.lexists(out / path)]
    for path in kept:
        (backups / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(out / path, backups / path, follow_symlinks=False)
    return backups if kept else None


def _overwritten(comparison: Comparison) -> Iterable[str]:
    return sorted({*comparison.edited, *comparison.foreign})
