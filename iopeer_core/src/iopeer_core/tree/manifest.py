"""What the output folder remembers of the last generation: `.iopeer/manifest.json` and the pristine `.iopeer/base.zip`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from iopeer_core.errors import UserError
from iopeer_core.tree.model import Tree, safe_path

STATE = ".iopeer"
MANIFEST = f"{STATE}/manifest.json"
BASE = f"{STATE}/base.zip"
FORMAT = 1


def digest(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The files of a generation: path → SHA-256, mode, author; and the spec that they were made from, as JSON."""

    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    spec: Any = None

    def to_json(self) -> bytes:
        """The file's content."""
        document = {"format": FORMAT, "files": self.files, "spec": self.spec}
        return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def manifest_of(tree: Tree, spec: object) -> Manifest:
    """The manifest of a tree."""
    files = {
        path: {"sha256": digest(entry.content), "mode": entry.mode, "author": entry.author}
        for path, entry in tree.files.items()
    }
    return Manifest(files=files, spec=spec)


def read_manifest(out: Path) -> Manifest:
    """The manifest of the last generation in a folder; an empty one where there was none.

    Raises:
        UserError: it is damaged.
    """
    path = out / MANIFEST
    try:
        document = json.loads(path.read_bytes())
        files = {safe_path(name): dict(entry) for name, entry in document["files"].items()}
        if document["format"] != FORMAT or not all(isinstance(e["sha256"], str) for e in files.values()):
            raise ValueError("another format")
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            f"the manifest of the last generation is damaged ({error})",
            where=str(path),
            how=f"move {out} away and generate again, or restore the file",
        ) from error
    return Manifest(files=files, spec=document.get("spec"))
