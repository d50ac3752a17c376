"""A Tree against the folder that it would be written to: what is new, what changes, what the user did meanwhile."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from iopeer_core.tree.manifest import Manifest, digest, read_manifest
from iopeer_core.tree.model import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Paths, sorted. `edited`, `deleted` and `foreign` stand in the way of a write; the other four do not."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()  # generated last time, not as it was
    deleted: tuple[str, ...] = ()  # generated last time, not there any more
    foreign: tuple[str, ...] = ()  # there, never generated, in the way

    @property
    def conflicts(self) -> tuple[tuple[str, str], ...]:
        """Path and reason of all that a write would undo."""
        found = [(path, "edited since it was generated") for path in self.edited]
        found += [(path, "deleted since it was generated") for path in self.deleted]
        found += [(path, "there already, and not generated") for path in self.foreign]
        return tuple(sorted(found))


def compare(tree: Tree, out: Path) -> Comparison:
    """Compare a tree with a folder.

    Raises:
        UserError: the folder's manifest is damaged.
    """
    manifest = read_manifest(out)
    kinds: dict[str, list[str]] = {}
    for path in sorted({*tree, *manifest.files}):
        kinds.setdefault(_kind(path, tree, out, manifest), []).append(path)
    return Comparison(**{kind: tuple(paths) for kind, paths in kinds.items() if kind})


def _kind(path: str, tree: Tree, out: Path, manifest: Manifest) -> str:
    """Which list of the Comparison a path belongs to; "" for none."""
    known = manifest.files.get(path)
    there = _content(out, path)
    if path in tree and there == tree[path].content:
        return "unchanged"
    if known is None:
        return "new" if there is None else "foreign"
    if there is None:
        return "deleted" if path in tree else ""
    if digest(there) != known["sha256"]:
        return "edited"
    return "changed" if path in tree else "removed"


def _content(out: Path, path: str) -> bytes | None:
    """The bytes of a regular file of the folder; None where nothing is; b"\\0" for what is no file of this folder.

    Links are never followed, not those on the way either: what they lead to is not the folder's.
    """
    current = out
    for part in Path(path).parts:
        if current != out and not stat.S_ISDIR(os.lstat(current).st_mode):
            return b"\0"
        current /= part
        if not os.path.lexists(current):
            return None
    return current.read_bytes() if stat.S_ISREG(os.lstat(current).st_mode) else b"\0"
