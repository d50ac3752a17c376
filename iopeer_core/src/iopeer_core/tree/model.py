"""What was built: paths with their content, and changes to them. In memory until one write (`store.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from iopeer_core.errors import PluginError
from iopeer_core.tree.paths import meeting, objection, safe_path

FilePolicy = Literal["merged", "once", "kept"]
"""What a later run does with a file (`contributions.File`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file: its bytes, its permission bits, and the plugin that made it (`"iopeer"` for the core)."""

    content: bytes
    mode: int = 0o644
    author: str = "iopeer"
    policy: FilePolicy = "merged"

    @property
    def text(self) -> str:
        """The content as UTF-8 text."""
        return self.content.decode()


@dataclass(frozen=True, slots=True)
class Tree:
    """Path → `Entry`, paths relative, with `/`, sorted.

    Raises:
        UserError: a path would leave the folder.
        PluginError: a path is never generated (`.env`, `.git/…`), or two cannot be in one folder.
    """

    files: Mapping[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        checked = {safe_path(path): entry for path, entry in self.files.items()}
        for path, entry in checked.items():
            if reason := objection(path):
                raise PluginError(f"it makes {path!r}, and {reason}", where=f"plugin {entry.author}")
        for one, other, why in meeting(checked):
            authors = f"of {checked[one].author!r} and {other!r} of {checked[other].author!r}"
            raise PluginError(f"{one!r} {authors} {why}", how="give one of them another path, or disable its plugin")
        object.__setattr__(self, "files", MappingProxyType(dict(sorted(checked.items()))))

    def __contains__(self, path: object) -> bool:
        return path in self.files

    def __getitem__(self, path: str) -> Entry:
        return self.files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def apply(self, patch: Patch) -> Tree:
        """A new tree with the patch's files written and its removals gone; modes stay unless the patch sets them."""
        files = {path: entry for path, entry in self.files.items() if path not in patch.remove}
        for path, content in patch.write.items():
            old = self.files.get(path)
            mode = patch.modes.get(path, old.mode if old else 0o644)
            author = patch.author or (old.author if old else "iopeer")
            policy = old.policy if old else "merged"
            files[path] = Entry(content=content, mode=mode, author=author, policy=policy)
        return Tree(files)

    def write_to(self, folder: Path) -> None:
        """Write the files into a folder that nobody else uses."""
        for path, entry in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(entry.content)
            target.chmod(entry.mode)

    def without(self, paths: Iterable[str]) -> Tree:
        """A new tree without these paths."""
        gone = set(paths)
        return Tree({path: entry for path, entry in self.files.items() if path not in gone})


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A change to a `Tree`: files to write (path → whole new content), paths to remove.

    `author` is filled in by the manager with the plugin's name.
    """

    write: Mapping[str, bytes] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    modes: Mapping[str, int] = field(default_factory=dict)
    note: str = ""  # what it mends, for the log
    author: str = ""

    def __bool__(self) -> bool:
        return bool(self.write or self.remove)


__all__ = ["Entry", "Patch", "Tree", "safe_path"]
