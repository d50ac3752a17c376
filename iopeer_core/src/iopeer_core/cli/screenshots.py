"""`iopeer screenshots`: pictures of a generated app, as it runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from rich.console import Console

from iopeer_core.cli.up import tagged
from iopeer_core.counted import counted
from iopeer_core.environments.provide import MARK
from iopeer_core.environments.scratch import scratch
from iopeer_core.launch.folder import Folder, open_folder
from iopeer_core.launch.pictures import take_pictures
from iopeer_core.tree.files import is_special
from iopeer_core.tree.manifest import read_manifest


def run(path: Path, out: Path) -> None:
    """Run a copy of the product of a folder, and have its pictures taken.

    Raises:
        UserError: nobody knows how.
        CheckFailed: a picture cannot be taken.
    """
    folder = open_folder(path)
    console = Console(highlight=False, soft_wrap=True)
    with scratch() as there:
        copy = there / "app"
        shutil.copytree(folder.path, copy, symlinks=True, ignore=_ignored(folder.path))
        taken = take_pictures(Folder(copy, folder.blueprint), out, tagged(console, folder))
    console.print(f"{counted(len(taken), 'picture')} in {out}/", markup=False)


def _ignored(root: Path) -> Callable[[str, list[str]], list[str]]:
    """Tells what of a product's folder running it has made: settings, databases, packages, what was built, sockets."""
    made = read_manifest(root).files
    ours = {parent.as_posix() for path in made for parent in (PurePosixPath(path), *PurePosixPath(path).parents)}

    def ignored(folder: str, names: list[str]) -> list[str]:
        below = Path(folder).relative_to(root)
        others = (name for name in names if (below / name).as_posix() not in ours)
        return [name for name in others if _is_made(Path(folder, name))]

    return ignored


def _is_made(path: Path) -> bool:
    return path.name.startswith(".") or ".db" in path.name or (path / MARK).exists() or is_special(path)
