"""What the output folder keeps of a generation, in `.iopeer/`: the manifest, the pristine files, what plugins remember.

`manifest.json`, `base.zip` and `memory.json` travel with the product: they are committed, and packed. Whoever has them
can merge (`merge.py`).
"""

from __future__ import annotations

import io
import json
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, get_args

from iopeer_core.errors import UserError
from iopeer_core.tree.archive import pack
from iopeer_core.tree.files import digest
from iopeer_core.tree.journal import STATE
from iopeer_core.tree.model import Entry, FilePolicy, Tree

MANIFEST = f"{STATE}/manifest.json"
BASE = f"{STATE}/base.zip"
MEMORY = f"{STATE}/memory.json"
REMEMBERED = (BASE, MANIFEST, MEMORY)
"""What travels with the product."""
FORMAT = 1
QUICK = 1
"""The level of compression of the pristine files: they are written often."""
LARGEST = 64 * 1024 * 1024
"""Bytes of a pristine file: what claims to be larger is not read."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A generation: its files (path → SHA-256, mode, author, policy), the spec and what runs as JSON, who made it."""

    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    spec: Any = None
    product: Any = None  # as `codec.product_to_data` gives it
    versions: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def prints(self) -> Mapping[str, str]:
        """The fingerprints (`files.fingerprint`) of the files as they were written."""
        return {path: _print(entry["sha256"], entry["mode"]) for path, entry in self.files.items()}

    def policy(self, path: str) -> FilePolicy:
        """What a run may do with a file; the usual where it is not known."""
        found: FilePolicy = self.files.get(path, {}).get("policy", "merged")
        return found

    def to_json(self) -> bytes:
        """The file's content."""
        document = {"format": FORMAT, "files": self.files, "spec": self.spec, "product": self.product}
        document["versions"] = self.versions
        return (json.dumps(document, ensure_ascii=False, sort_keys=True) + "\n").encode()


def print_of(entry: Entry) -> str:
    """The fingerprint (`files.fingerprint`) of a file of a tree, once it is written."""
    return _print(digest(entry.content), entry.mode)


def manifest_of(tree: Tree, spec: object, versions: Mapping[str, str], product: object = None) -> Manifest:
    """The manifest of a tree."""
    files = {
        path: {"sha256": digest(entry.content), "mode": entry.mode, "author": entry.author}
        | ({} if entry.policy == "merged" else {"policy": entry.policy})
        for path, entry in tree.files.items()
    }
    return Manifest(files=files, spec=spec, product=product, versions=versions)


def base_of(tree: Tree) -> bytes:
    """The archive of the pristine files."""
    return pack({path: (entry.content, entry.mode) for path, entry in tree.files.items()}, level=QUICK)


class Base:
    """The pristine files of the last generation in a folder, as far as they are there and are what its manifest says.

    Args:
        out: the folder.
        manifest: of the same folder.
    """

    def __init__(self, out: Path, manifest: Manifest) -> None:
        self._path, self._manifest = out / BASE, manifest

    def entry(self, path: str) -> Entry | None:
        """A file as it was generated, or None."""
        known = self._manifest.files.get(path)
        content = self._read(path) if known and self._archive else None
        if known is None or content is None or digest(content) != known["sha256"]:
            return None
        policy = self._manifest.policy(path)
        return Entry(content=content, mode=known["mode"], author=known["author"], policy=policy)

    def _read(self, path: str) -> bytes | None:
        try:
            if self._archive is None or self._archive.getinfo(path).file_size > LARGEST:
                return None
            return self._archive.read(path)
        except (KeyError, OSError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
            return None

    @cached_property
    def _archive(self) -> zipfile.ZipFile | None:
        try:
            return zipfile.ZipFile(io.BytesIO(self._path.read_bytes()))
        except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
            return None


def read_manifest(out: Path) -> Manifest:
    """The manifest of the last generation in a folder; an empty one where there was none.

    Raises:
        UserError: it is damaged or cannot be read.
    """
    path = out / MANIFEST
    try:
        return _manifest(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return Manifest()
    except OSError as error:
        raise UserError(
            f"the output folder cannot be read: {error.strerror or error}",
            where=str(path),
            how="look at its rights, or name another folder with --out",
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UserError) as error:
        raise UserError(
            f"the manifest of the last generation is damaged ({type(error).__name__}: {error!s:.100})",
            where=str(path),
            how="restore it (`git checkout --ours` where two branches met); or delete it: every file in the folder "
            "then counts as yours, and those that differ are conflicts for `iopeer merge`",
        ) from error


def memory_json(memories: Mapping[str, Any]) -> bytes:
    """The content of the file of what plugins want to know: a line for each fact, so that git joins two of them."""
    return (json.dumps(memories, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_memories(out: Path) -> dict[str, Any]:
    """What plugins wanted to know of the last generation in a folder, as JSON values.

    Raises:
        UserError: it is damaged or cannot be read.
    """
    path = out / MEMORY
    try:
        document: dict[str, Any] = json.loads(path.read_bytes())
        if not all(isinstance(one, dict) and {"version", "data"} <= one.keys() for one in document.values()):
            raise ValueError("not by plugin")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise UserError(
            f"what the plugins remember of the last generation is damaged ({type(error).__name__}: {error!s:.100})",
            where=str(path),
            how="restore it; where git could not join two branches, settle its lines as those of any file",
        ) from error
    return document


@lru_cache(maxsize=1)
def _manifest(content: bytes) -> Manifest:
    """What a file says: a run reads the same one more than once."""
    document = json.loads(content)
    if document["format"] != FORMAT:
        raise ValueError(f"format {document['format']!r}")
    files: dict[str, dict[str, Any]] = document["files"]
    for entry in files.values():
        _print(entry["sha256"], entry["mode"])
        if entry.get("policy", "merged") not in get_args(FilePolicy):
            raise ValueError(f"policy {entry['policy']!r}")
    # What a tree may not hold, none ever held: a manifest that says so would have the user's files removed.
    if list(Tree(dict.fromkeys(files, Entry(content=b"")))) != sorted(files):
        raise ValueError("a path in another spelling")
    return Manifest(
        files=files,
        spec=document["spec"],
        product=document.get("product"),
        versions=document.get("versions", {}),
    )


def _print(sha256: str, mode: int) -> str:
    return sha256 + ("+x" if mode & stat.S_IXUSR else "")
