"""A Tree against the folder that it would be written to: what is new, what changes, what the user did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iopeer_core.tree.files import fingerprint, obstacle
from iopeer_core.tree.manifest import Manifest, print_of, read_manifest
from iopeer_core.tree.model import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Paths, sorted. The first four lists do not stand in the way of a write; the others hold what is the user's."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()  # generated last time, not any more
    unchanged: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()  # generated last time, not as it was
    deleted: tuple[str, ...] = ()  # generated last time, not there any more
    foreign: tuple[str, ...] = ()  # there, never generated
    blocked: tuple[str, ...] = ()  # a link or a folder stands there, or a link or a file where its folder must be

    @property
    def conflicts(self) -> tuple[tuple[str, str], ...]:
        """Path and reason of all that a write would undo."""
        found = [(path, "edited since it was generated") for path in self.edited]
        found += [(path, "deleted since it was generated") for path in self.deleted]
        found += [(path, "there already, and not generated") for path in self.foreign]
        found += [(path, "a link, a folder or a file of yours is in its place") for path in self.blocked]
        return tuple(sorted(found))


def compare(tree: Tree, out: Path) -> Comparison:
    """Compare a tree with a folder.

    Raises:
        UserError: the folder's manifest is damaged.
    """
    manifest = read_manifest(out)
    gone = manifest.prints.keys() - tree.files.keys()
    giving_way = {path for path in gone if fingerprint(out / path) == manifest.prints[path]}
    kinds: dict[str, list[str]] = {}
    for path in sorted({*tree, *manifest.files}):
        if kind := _kind(path, tree, out, manifest, giving_way):
            kinds.setdefault(kind, []).append(path)
    return Comparison(**{kind: tuple(paths) for kind, paths in kinds.items()})


def _kind(path: str, tree: Tree, out: Path, manifest: Manifest, giving_way: set[str]) -> str:
    """Which list of the Comparison a path belongs to; "" for none."""
    known = manifest.prints.get(path)
    there = _there(path, out, giving_way)
    if path not in tree:
        return "" if there in {"", "blocked"} else "removed" if _alike(there, known) else "edited"
    made = print_of(tree[path])
    if there in {"blocked", made}:
        return "blocked" if there == "blocked" else "unchanged"
    if not there:
        return "new" if known is None else "deleted"
    if _alike(there, known):
        return "unchanged" if made == known else "changed"
    if known is None:
        return "changed" if _alike(there, made) else "foreign"
    return "edited"


def _there(path: str, out: Path, giving_way: set[str]) -> str:
    """The fingerprint of what stands at a path; "blocked" where it is no file and where no file can be put."""
    if (way := obstacle(out, path)) is not None:
        return "" if way.relative_to(out).as_posix() in giving_way else "blocked"
    there = fingerprint(out / path)
    if there == "other":
        return "" if _all_give_way(out / path, out, giving_way) else "blocked"
    return there


def _all_give_way(folder: Path, out: Path, giving_way: set[str]) -> bool:
    """Whether a folder holds nothing but files of the last generation that go, and so goes with them."""
    entries = [folder, *folder.rglob("*")]
    files = [path for path in entries if path.is_symlink() or not path.is_dir()]
    emptied = {parent for path in files for parent in path.parents}
    return emptied.issuperset(set(entries) - set(files)) and all(
        path.relative_to(out).as_posix() in giving_way for path in files
    )


def _alike(there: str, known: str | None) -> bool:
    """Whether two fingerprints differ in nothing but the permission to execute: that is no edit."""
    return known is not None and there.removesuffix("+x") == known.removesuffix("+x")
