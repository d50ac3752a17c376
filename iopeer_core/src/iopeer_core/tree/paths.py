"""Which paths a tree may hold: none that leads out of its folder, holds what is the user's, or meets another one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from iopeer_core.errors import UserError

THEIRS = frozenset({".git", ".hg", ".svn", ".iopeer", "node_modules"})
"""Folders that are never generated into: they are the user's, or IOPEER's own."""
SECRETS = (".env", ".env.local", ".env.*.local", "*.pem", "*.key", "*.p12", "id_rsa", "id_ecdsa", "id_ed25519")
"""Names of files that hold secrets where a product runs: none is ever generated or packed."""
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))})
"""What Windows takes for a device, in any folder and with any suffix: no file and no folder can be called so."""
LONGEST = 255
"""How many bytes a file's name may have on the usual file systems."""


def safe_path(path: str) -> str:
    """The path in its one spelling.

    Raises:
        UserError: it would leave the output folder (absolute, empty, with `..`, a backslash or a colon), or no file
            system takes it (a control character, a name of more than 255 bytes).
    """
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or any(c in path for c in "\\:") or not pure.parts:
        raise UserError(
            f"the path {path!r} would leave the output folder", how="use a relative path with '/' and without '..'"
        )
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in path if not " " <= c <= "~"):
        raise UserError(f"the path {path!r} has a control character", how="use letters, digits, '-', '_' and '.'")
    if any(len(part.encode()) > LONGEST for part in pure.parts):
        raise UserError(f"the path {path[:80]!r}… has a name of more than {LONGEST} bytes", how="use shorter names")
    return str(pure)


def is_device(name: str) -> bool:
    """Whether Windows takes the name of a file or folder for a device: `con.py`."""
    return name.partition(".")[0].strip().lower() in DEVICES


def objection(path: str) -> str:
    """Why no tree may hold a path of its folder; empty where it may."""
    *_, name = parts = path.split("/")
    for part in parts:
        if part.lower() in THEIRS:
            return f"{part!r} is never generated into"
        if is_device(part):
            return f"{part!r} is a device on Windows"
    return f"{name!r} may hold secrets" if any(fnmatchcase(name.lower(), glob) for glob in SECRETS) else ""


def meeting(paths: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Pairs of paths that cannot be in one folder everywhere, each with the reason."""
    known: dict[str, tuple[str, bool, str]] = {}  # as a system that ignores case sees it: spelling, is a file, path
    for path in paths:
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            spelling, is_file = "/".join(parts[:depth]), depth == len(parts)
            key = spelling.casefold() if spelling.isascii() else unicodedata.normalize("NFC", spelling).casefold()
            first, first_is_file, other = known.setdefault(key, (spelling, is_file, path))
            if first != spelling:
                yield other, path, "are one on a system that ignores case"
                break
            if first_is_file != is_file:
                yield other, path, f"need {spelling!r} as a file and as a folder"
                break
