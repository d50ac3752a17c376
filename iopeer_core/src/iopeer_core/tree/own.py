"""Files of the user's in an output folder: what a generation does not make, and the product may still be built of."""

from __future__ import annotations

import subprocess
from collections.abc import Container
from pathlib import Path

from iopeer_core.tree.git import environment
from iopeer_core.tree.model import Entry
from iopeer_core.tree.paths import objection

LARGEST = 1024 * 1024
"""Bytes: what is larger is no source."""
MOST = 5000
USUAL = ("__pycache__/", ".venv/", ".*_cache/", ".next/", "*.db", "*.db-*", "*.sqlite*", "*.log", "*.tsbuildinfo")
"""What tools leave, besides what the folder's own `.gitignore` files name."""


def own_files(out: Path, made: Container[str], scratch: Path) -> dict[str, Entry]:
    """The user's sources in a folder, by path: what git would take, less secrets, links and what is large.

    Args:
        out: the folder; whether it is in a repository does not matter.
        made: the paths that are generated.
        scratch: an empty folder.
    """
    if not out.is_dir():
        return {}
    for name in ("objects", "refs"):
        (scratch / name).mkdir()
    (scratch / "HEAD").write_text("ref: refs/heads/main\n")
    command = ["git", f"--git-dir={scratch}", f"--work-tree={out.resolve()}", "ls-files", "-z", "--others"]
    command += ["--exclude-standard", *(f"--exclude={pattern}" for pattern in USUAL)]
    try:
        done = subprocess.run(command, cwd=out, env=environment(), capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, Entry] = {}
    for path in sorted(done.stdout.decode(errors="surrogateescape").split("\0"))[: MOST + 1]:
        place = out / path
        if not path or path in made or objection(path) or place.is_symlink() or not place.is_file():
            continue
        status = place.stat()
        if status.st_size <= LARGEST:
            mode = 0o755 if status.st_mode & 0o100 else 0o644
            found[path] = Entry(content=place.read_bytes(), mode=mode, author="you")
    return found
