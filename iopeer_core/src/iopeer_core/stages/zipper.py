"""The zip stage: what passed becomes one archive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from iopeer_core.errors import PluginError
from iopeer_core.runs.context import Context
from iopeer_core.tree.archive import pack
from iopeer_core.tree.files import replace_file
from iopeer_core.tree.model import Tree, safe_path

FOLDER = "generated/"
"""What the archive unpacks into."""
NEVER = (".env", "*.pem", "*.key", "id_rsa*", "*.sqlite", "*.db")
"""What no archive holds, whoever made it: secrets and data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The archive: its path (None where none was asked for), size in bytes and SHA-256."""

    path: Path | None = None
    size: int = 0
    sha256: str = ""


def zip_stage(context: Context, tree: Tree) -> tuple[Archive]:
    """Pack the tree, less what plugins leave out, plus the documents that they add.

    Raises:
        PluginError: a document replaces a file that was tested.
        UserError: the archive cannot be written.
    """
    path = context.options.archive
    if path is None:
        return (Archive(),)
    files = {name: (entry.content, entry.mode) for name, entry in tree.files.items()}
    for extras in context.manager.before_zip(tree):
        files = {n: f for n, f in files.items() if not any(fnmatchcase(n, glob) for glob in extras.leave_out)}
        for name, content in extras.documents.items():
            if safe_path(name) in files:
                raise PluginError(f"a document would replace {name!r}, which was tested", how="give it another name")
            files[safe_path(name)] = (content, 0o644)
    files = {n: f for n, f in files.items() if not any(fnmatchcase(n.rpartition("/")[2], glob) for glob in NEVER)}
    content = pack(files, folder=FOLDER)
    archive = Archive(path=path, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    if not context.options.dry_run:
        replace_file(path, content)
        context.manager.after_zip(path)
    context.run.emit("stage.note", text=f"{path}, {len(content) / 1024:.0f} KB")
    return (archive,)
