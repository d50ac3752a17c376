"""A generation, the folder, and what the last generation left there: what the folder shall hold of all three.

Of each path there are `base` (as the last generation made it), `theirs` (what stands in the folder) and `new`. Where
two of them agree, the third one wins; where all differ, git merges the texts. What cannot be merged is a conflict:
the file of the user's stays, until the user decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from iopeer_core.tree.conflicts import Conflict, Conflicts
from iopeer_core.tree.files import fingerprint, obstacle
from iopeer_core.tree.git import merge_texts
from iopeer_core.tree.manifest import Base, Manifest, print_of, read_manifest
from iopeer_core.tree.model import Entry, Tree

EDITED = "you edited what has changed"
GONE = "you edited it, and it is no longer made"
FOREIGN = "there already, and not generated"
LOST = "it differs, and how it was generated is not known"
BLOCKED = "a link, a folder or a file of yours is in its place"


@dataclass(frozen=True, kw_only=True)
class Merge:
    """What the folder shall hold. All paths are sorted."""

    made: Tree  # as it was generated
    tree: Tree  # as the folder shall have it: with what the user edited, without what was deleted
    base: Tree  # what the next generation compares with
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  # by this generation alone
    merged: tuple[str, ...] = ()  # by the user and by this generation
    removed: tuple[str, ...] = ()  # generated last time, not any more
    edited: tuple[str, ...] = ()  # by the user alone: they stay as they are
    deleted: tuple[str, ...] = ()  # by the user: they stay away
    unchanged: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()  # open ones: the files of the user's stay
    decided: tuple[Conflict, ...] = ()

    @property
    def theirs(self) -> frozenset[str]:
        """The paths whose content is, at least in part, the user's."""
        return frozenset(path for path in self.tree if path not in self.made or self.tree[path] != self.made[path])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fate:
    """What becomes of one path: its entry in the folder, what is remembered of it, the list of `Merge` it is in."""

    kind: str = ""
    entry: Entry | None = None
    base: Entry | None = None
    conflict: Conflict | None = None


def merge(made: Tree, out: Path, *, force: bool = False) -> Merge:
    """Merge a generation with a folder.

    Args:
        made: what was generated.
        out: the folder, which need not be there.
        force: where there are conflicts, the new file wins; what the user deleted is made again.

    Raises:
        UserError: the folder's manifest or its list of conflicts is damaged; there is no git.
    """
    return _Merging(made, out, force=force).merge()


@dataclass(slots=True, kw_only=True)
class _There:
    """What stands at a path: its fingerprint, "" for nothing, "blocked" where it is no file and none can be put."""

    mark: str
    path: Path
    _content: bytes | None = field(default=None)

    @property
    def content(self) -> bytes | None:
        if self._content is None and self.mark not in {"", "blocked"}:
            self._content = self.path.read_bytes()
        return self._content

    def like(self, other: str | None) -> bool:
        """Whether it differs from a fingerprint in nothing but the permission to execute: that is no edit."""
        return other is not None and self.mark.removesuffix("+x") == other.removesuffix("+x")


class _Merging:
    """One merge. See `merge`."""

    def __init__(self, made: Tree, out: Path, *, force: bool) -> None:
        self._made, self._out, self._force = made, out, force
        self._manifest: Manifest = read_manifest(out)
        self._base = Base(out, self._manifest)
        self._conflicts = Conflicts(out)
        gone = (path for path in self._manifest.prints.keys() - made.files.keys() if self._policy(path) != "kept")
        self._giving_way = {path for path in gone if fingerprint(out / path) == self._manifest.prints[path]}

    def merge(self) -> Merge:
        fates = {path: self._fate(path) for path in sorted({*self._made, *self._manifest.files})}
        kinds: dict[str, list[str]] = {}
        for path, fate in fates.items():
            if fate.kind:
                kinds.setdefault(fate.kind, []).append(path)
        found = [fate.conflict for fate in fates.values() if fate.conflict]
        return Merge(
            made=self._made,
            tree=Tree({path: fate.entry for path, fate in fates.items() if fate.entry}),
            base=Tree({path: fate.base for path, fate in fates.items() if fate.base}),
            conflicts=tuple(one for one in found if not one.choice),
            decided=tuple(one for one in found if one.choice),
            **{kind: tuple(paths) for kind, paths in kinds.items()},
        )

    def _fate(self, path: str) -> _Fate:
        there, known = self._there(path), self._manifest.prints.get(path)
        new = self._made.files.get(path)
        policy = self._policy(path)
        if policy != "merged" and known is not None and there.mark not in {"", "blocked"}:
            return self._of_theirs(path, there, new)
        if new is None:
            return self._no_longer_made(path, there, known)
        if there.mark == print_of(new):
            return _Fate(kind="unchanged", entry=new, base=new)
        if there.mark == "blocked":
            if known == print_of(new):
                return _Fate(kind="deleted", base=new)
            return self._conflict(path, Conflict(path=path, why=BLOCKED, new=new.content, blocked=True), there, new)
        if not there.mark:
            return self._absent(new, known)
        if there.like(known):
            kind = "unchanged" if print_of(new) == known else "changed"
            return _Fate(kind=kind, entry=self._entry(there, new.content, new, known), base=new)
        return self._differing(path, there, new, known)

    def _policy(self, path: str) -> str:
        return self._made[path].policy if path in self._made else self._manifest.policy(path)

    def _of_theirs(self, path: str, there: _There, new: Entry | None) -> _Fate:
        """A file that stays as it stands, once it is made; only what was made `once` and never touched goes."""
        known = self._manifest.prints[path]
        base = self._base.entry(path) or new
        if new is None and self._policy(path) == "once":
            return _Fate(kind="removed") if there.like(known) else _Fate()
        content = there.content or b""
        like = new or base or Entry(content=content, policy="kept")
        entry = replace(like, content=content, mode=0o755 if there.mark.endswith("+x") else 0o644)
        kind = "unchanged" if there.like(known) else "edited"
        return _Fate(kind=kind, entry=entry, base=base or entry)

    def _no_longer_made(self, path: str, there: _There, known: str | None) -> _Fate:
        if there.mark in {"", "blocked"}:
            return _Fate()
        if there.like(known):
            return _Fate(kind="removed")
        base = self._base.entry(path)
        conflict = Conflict(path=path, why=GONE, base=base.content if base else None, theirs=there.content)
        return self._conflict(path, conflict, there, None)

    def _absent(self, new: Entry, known: str | None) -> _Fate:
        """Nothing stands where a file is made: it is new, or the user deleted it."""
        if known is None or self._force:
            return _Fate(kind="new", entry=new, base=new)
        return _Fate(kind="deleted", base=new)

    def _differing(self, path: str, there: _There, new: Entry, known: str | None) -> _Fate:
        """A file that is neither as it was generated nor as it is now."""
        content = there.content
        assert content is not None  # noqa: S101 - there is a file
        if there.like(print_of(new)):
            return _Fate(kind="unchanged", entry=self._entry(there, content, new, known), base=new)
        if known is None and new.policy == "once":
            return _Fate(kind="edited", entry=self._entry(there, content, new, known), base=new)
        if known is not None and known.removesuffix("+x") == print_of(new).removesuffix("+x"):
            return _Fate(kind="edited", entry=self._entry(there, content, new, known), base=new)
        base = self._base.entry(path)
        merged, clean = merge_texts(content, base.content if base else b"", new.content)
        if base and clean and merged is not None:
            kind = "edited" if merged == content else "merged"
            return _Fate(kind=kind, entry=self._entry(there, merged, new, known), base=new)
        why = EDITED if base else LOST if known is not None else FOREIGN
        conflict = Conflict(
            path=path,
            why=why,
            base=base.content if base else None,
            theirs=content,
            new=new.content,
            marked=merged,
        )
        return self._conflict(path, conflict, there, new)

    def _conflict(self, path: str, conflict: Conflict, there: _There, new: Entry | None) -> _Fate:
        """What was decided about a conflict; while nothing is, the file of the user's stays and so does its base."""
        conflict = self._conflicts.decided(conflict)
        if self._force and not conflict.blocked:
            conflict = replace(conflict, choice="new")
        known = self._manifest.prints.get(path)
        match conflict.choice:
            case "new":
                kind = "changed" if new else "removed"
                return _Fate(kind=kind, entry=new, base=new, conflict=conflict)
            case "merged" if new and conflict.marked is not None:
                entry = self._entry(there, conflict.marked, new, known)
                kind = "edited" if conflict.marked == there.content else "merged"
                return _Fate(kind=kind, entry=entry, base=new, conflict=conflict)
            case "theirs" if conflict.blocked:
                return _Fate(kind="deleted", base=new, conflict=conflict)
        kept = self._entry(there, there.content, new, known) if there.content is not None and new else None
        if conflict.choice == "theirs":
            return _Fate(kind="edited" if kept else "", entry=kept, base=new, conflict=conflict)
        return _Fate(entry=kept, base=self._base.entry(path), conflict=replace(conflict, choice=""))

    def _entry(self, there: _There, content: bytes | None, new: Entry, known: str | None) -> Entry:
        """A new file with another content; the permission to execute is the user's, where the user changed it."""
        executable = there.mark.endswith("+x")
        before = known.endswith("+x") if known is not None else executable
        theirs = executable != before and before == bool(new.mode & 0o100)
        mode = (0o755 if executable else 0o644) if theirs else new.mode
        return replace(new, content=new.content if content is None else content, mode=mode)

    def _there(self, path: str) -> _There:
        place = self._out / path
        if (way := obstacle(self._out, path)) is not None:
            mark = "" if way.relative_to(self._out).as_posix() in self._giving_way else "blocked"
            return _There(mark=mark, path=place)
        mark = fingerprint(place)
        if mark == "other" or mark.startswith("link "):
            mark = "" if mark == "other" and self._all_give_way(place) else "blocked"
        return _There(mark=mark, path=place)

    def _all_give_way(self, folder: Path) -> bool:
        """Whether a folder holds nothing but files of the last generation that go, and so goes with them."""
        entries = [folder, *folder.rglob("*")]
        files = [path for path in entries if path.is_symlink() or not path.is_dir()]
        emptied = {parent for path in files for parent in path.parents}
        return emptied.issuperset(set(entries) - set(files)) and all(
            path.relative_to(self._out).as_posix() in self._giving_way for path in files
        )
