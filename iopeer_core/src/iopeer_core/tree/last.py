"""Two looks at a folder: as the last generation left it, and as it stands. Files are read when they are asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.tree.files import obstacle
from iopeer_core.tree.manifest import Base, Manifest
from iopeer_core.tree.paths import safe_path


class Pristine(Mapping[str, bytes]):
    """The files of the last generation as they were generated, as far as that is known.

    Args:
        out: the folder.
        manifest: of the same folder.
    """

    def __init__(self, out: Path, manifest: Manifest) -> None:
        self._base, self._files = Base(out, manifest), manifest.files

    def __getitem__(self, path: str) -> bytes:
        entry = self._base.entry(path)
        if entry is None:
            raise KeyError(path)
        return entry.content

    def __iter__(self) -> Iterator[str]:
        return (path for path in sorted(self._files) if self._base.entry(path) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Standing(Mapping[str, bytes]):
    """The files of a folder: none behind links, none of `.git`, `.iopeer`, nor of what is installed or hidden there.

    Args:
        out: the folder.
    """

    def __init__(self, out: Path) -> None:
        self._out = out

    def __getitem__(self, path: str) -> bytes:
        try:
            place = self._out / safe_path(path)
            if obstacle(self._out, path) is not None or place.is_symlink():
                raise KeyError(path)
            return place.read_bytes()
        except (OSError, UserError) as error:
            raise KeyError(path) from error

    def __iter__(self) -> Iterator[str]:
        for where, folders, names in os.walk(self._out):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _INSTALLED)
            for name in sorted(names):
                path = Path(where, name)
                if path.is_file() and not path.is_symlink():
                    yield path.relative_to(self._out).as_posix()

    def __len__(self) -> int:
        return sum(1 for _ in self)


_INSTALLED = frozenset({"node_modules", "__pycache__"})
