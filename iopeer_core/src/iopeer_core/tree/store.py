"""The one door to the disk: a Tree becomes the output folder, in one go, and nothing of the user's is lost."""

from __future__ import annotations

import errno
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from iopeer_core.errors import ConflictError, UserError
from iopeer_core.tree import journal
from iopeer_core.tree.conflicts import Conflict
from iopeer_core.tree.conflicts import paths as conflict_files
from iopeer_core.tree.files import obstacle
from iopeer_core.tree.manifest import BASE, MANIFEST, MEMORY, base_of, manifest_of, memory_json
from iopeer_core.tree.merge import Merge, merge
from iopeer_core.tree.model import Entry, Tree
from iopeer_core.tree.paths import THEIRS
from iopeer_core.tree.pending import locked
from iopeer_core.tree.undo import checkpoint

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write did: paths; the files that it wrote, as the folder has them; what it keeps of the generation."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    checkpoint: str = ""  # what `undo` takes back, where anything was replaced
    conflicts: tuple[Conflict, ...] = ()  # of these files nothing was written
    state: Mapping[str, bytes] = field(default_factory=dict)  # what lies in `.iopeer/`, and travels with the product


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


def refuse(conflicts: Sequence[Conflict], out: Path) -> None:
    """Stop where a write would undo something of the user's.

    Raises:
        ConflictError: lists what differs, and why.
    """
    if conflicts:
        raise ConflictError(
            f"{out} holds work of yours that this generation meets; nothing of it was changed:\n{listed(conflicts)}",
            how="move it away, or say with `iopeer merge` that it stays"
            if all(one.blocked for one in conflicts)
            else f"`iopeer merge {shlex.quote(str(out))}` shows and settles it, then generate again; or --partial "
            "writes all other files, --force takes the new ones (`iopeer undo` restores yours)",
        )


def listed(conflicts: Sequence[Conflict]) -> str:
    """Conflicts as lines of text."""
    lines = [f"  {one.path}: {one.why}" for one in conflicts[:SHOWN]]
    if len(conflicts) > SHOWN:
        lines.append(f"  and {len(conflicts) - SHOWN} more")
    return "\n".join(lines)


def store(
    made: Tree,
    out: Path,
    *,
    spec: object,
    product: object = None,
    versions: Mapping[str, str] | None = None,
    memories: Mapping[str, object] | None = None,
    force: bool = False,
    partial: bool = False,
    tested: Mapping[str, Entry | None] | None = None,
) -> tuple[Written, Tree]:
    """Merge a generation with a folder and write what comes of it: only what changes, all or nothing.

    Args:
        made: what was generated.
        out: the folder; made if it is not there.
        spec: the spec as JSON values, remembered for the next generation.
        product: what runs as JSON values, remembered for who runs it.
        versions: of what made the tree, remembered too.
        memories: what plugins want to know of it as JSON values, by plugin.
        force: where the user's work meets the new, the new wins; `undo` takes it back.
        partial: write what meets nothing of the user's; what does stays as it is, and remains a conflict.
        tested: paths with what the folder shall have there, since that was tested.

    Returns:
        What was written, and the tree that the folder has now.

    Raises:
        ConflictError: files of the user's are met; they changed since they were tested; another command is writing
            for too long.
        UserError: the folder cannot be written; it is as it was.
    """
    try:
        with locked(out):
            merging = merge(made, out, force=force)
            if not partial:
                refuse(merging.conflicts, out)
            changed = sorted(p for p, entry in (tested or {}).items() if merging.tree.files.get(p) != entry)
            if changed:
                raise ConflictError(
                    f"{changed[0]} was changed while the app was tested; nothing was written", how="generate again"
                )
            state = _state(merging, spec, product, versions or {})
            if memories or (out / MEMORY).is_file():
                state[MEMORY] = memory_json(memories or {})
            written = replace(planned(merging), state=state)
            return _write(merging, out, written), merging.tree
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        why = "there is no space left" if full else error.strerror or type(error).__name__
        how = "make room" if full else "look at its rights, or name another folder with --out"
        raise UserError(f"{out} cannot be written: {why}; it is as it was", how=how) from error


def planned(merging: Merge) -> Written:
    """What a write does."""
    return Written(
        new=merging.new,
        changed=merging.changed,
        merged=merging.merged,
        removed=merging.removed,
        conflicts=merging.conflicts,
    )


def _state(merging: Merge, spec: object, product: object, versions: Mapping[str, str]) -> dict[str, bytes]:
    """The files of `.iopeer/` that make a folder one that can be generated into again."""
    manifest = manifest_of(merging.base, spec, versions, product)
    return {MANIFEST: manifest.to_json(), BASE: base_of(merging.base)}


def _write(merging: Merge, out: Path, written: Written) -> Written:
    paths = (*written.new, *written.changed, *written.merged)
    files = {path: (merging.tree[path].content, merging.tree[path].mode) for path in paths}
    remove = list(written.removed)
    for path, content in written.state.items():
        if (way := obstacle(out, path)) is not None:
            raise ConflictError(f"{way} must be a folder", how="move it away")
        if not (out / path).is_file() or (out / path).read_bytes() != content:
            files[path] = (content, 0o644)
    settled = [] if merging.conflicts else conflict_files(out)
    kept, gone = checkpoint(out, files, remove) if files or remove else ({}, [])
    if files or remove or settled:
        journal.write(out, {**files, **kept}, [*remove, *gone, *settled])
    return replace(written, checkpoint=next(iter(kept), ""))
