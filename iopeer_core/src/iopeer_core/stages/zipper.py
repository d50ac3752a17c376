"""The zip stage: what passed becomes one archive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from iopeer_core.errors import PluginError
from iopeer_core.runs.report import ZipExtras
from iopeer_core.stages.coder import refuse_secrets
from iopeer_core.stages.context import Context
from iopeer_core.tree.archive import pack
from iopeer_core.tree.files import replace_file
from iopeer_core.tree.model import Entry, Tree
from iopeer_core.tree.store import Written

FOLDER = "generated/"
"""What the archive unpacks into: one folder, whatever else is where it is unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The archive: its path (None where none was asked for), size in bytes and SHA-256."""

    path: Path | None = None
    size: int = 0
    sha256: str = ""


def zip_stage(context: Context, tree: Tree, written: Written) -> tuple[Archive]:
    """Pack the tree, less what plugins leave out, plus the documents that they add. In a dry run nothing is written.

    What lies in `.iopeer/` goes with it: who unpacks the archive can generate into that folder again, and run it.

    Raises:
        PluginError: a document replaces a file that was tested, or would hold a secret.
        UserError: the archive cannot be written.
    """
    path = context.options.archive
    if path is None:
        context.run.emit("stage.note", text="only with --zip")
        return (Archive(),)
    for extras in context.manager.before_zip(tree):
        tree = _apply(extras, tree)
    refuse_secrets(context.manager, tree)
    files = {name: (entry.content, entry.mode) for name, entry in tree.files.items()}
    files |= {name: (content, 0o644) for name, content in written.state.items()}
    content = pack(files, folder=FOLDER)
    archive = Archive(path=path, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    if not context.options.dry_run:
        replace_file(path, content)
        context.manager.after_zip(path)
    context.run.emit("stage.note", text=f"{path}, {len(content) / 1024:.0f} KB")
    return (archive,)


def _apply(extras: ZipExtras, tree: Tree) -> Tree:
    """The tree as one plugin wants it in the archive; `*` in its globs means any path, with slashes too."""
    tree = tree.without(path for path in tree if any(fnmatchcase(path, glob) for glob in extras.leave_out))
    documents = Tree({path: Entry(content=content) for path, content in extras.documents.items()})
    for path in documents:
        if path in tree:
            raise PluginError(f"a document would replace {path!r}, which was tested", how="give it another name")
    return Tree({**tree.files, **documents.files})
