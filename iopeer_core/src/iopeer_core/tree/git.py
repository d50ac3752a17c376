"""Three texts made one, by `git merge-file`: what two sides did to one text, each in its place."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import ExitStack

from iopeer_core import surroundings
from iopeer_core.errors import UserError

LABELS = ("yours", "as it was generated", "new")
"""What the marks of a conflict call the three texts."""
MARKS = (b"<<<<<<< " + LABELS[0].encode(), b">>>>>>> " + LABELS[2].encode())
_FAILED = 128
"""The exit code says how many conflicts there are, or at least so much where it was impossible: files of no text."""


def merge_texts(theirs: bytes, base: bytes, new: bytes) -> tuple[bytes | None, bool]:
    """Merge what the user made of a text with what a generation made of it.

    Returns:
        The merged text, with marks where both changed the same lines; None where they are no texts. And whether
        nothing is marked.

    Raises:
        UserError: there is no git.
    """
    with ExitStack() as opened:  # files without a name: nothing is left of them, whatever ends this process
        files = [opened.enter_context(tempfile.TemporaryFile()) for _ in LABELS]
        for file, content in zip(files, (theirs, base, new), strict=True):
            file.write(content)
            file.seek(0)
        labels = [part for label in LABELS for part in ("-L", label)]
        try:
            done = subprocess.run(
                ["git", "merge-file", "-p", "--diff3", *labels, *(f"/dev/fd/{file.fileno()}" for file in files)],  # noqa: S607 - the user's git
                cwd="/",
                env=environment(),
                pass_fds=[file.fileno() for file in files],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise UserError(
                "what you edited is merged by git, and there is none",
                how="install git; or let the new files replace yours with --force (`iopeer undo` restores them)",
            ) from None
    impossible = done.returncode < 0 or done.returncode >= _FAILED
    return (None if impossible else done.stdout), done.returncode == 0


def environment() -> dict[str, str]:
    """Variables for git: of no repository, and with no one's settings."""
    kept = {name: value for name, value in surroundings.environment().items() if not name.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}


def is_marked(content: bytes) -> bool:
    """Whether a text still has marks of a conflict."""
    return any(line.startswith(MARKS) for line in content.splitlines())
