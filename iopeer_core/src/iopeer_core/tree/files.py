"""Single files of a folder: what is there, without ever following a link, and one file replaced in one step."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from iopeer_core.errors import UserError


def digest(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def fingerprint(path: Path) -> str:
    """What stands at a path: its SHA-256 and `+x` where it may be executed, "link …", "other", "" where nothing is."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return ""
    if stat.S_ISLNK(mode):
        return f"link {os.readlink(path)}"  # noqa: PTH115 - the text as it is
    if not stat.S_ISREG(mode):
        return "other"
    return digest(path.read_bytes()) + ("+x" if mode & stat.S_IXUSR else "")


def obstacle(folder: Path, path: str) -> Path | None:
    """The first thing on the way from a folder to a path in it that is there and is no folder: a link, a file."""
    current = folder
    for part in path.split("/")[:-1]:
        current /= part
        try:
            mode = current.lstat().st_mode
        except FileNotFoundError:
            return None
        if not stat.S_ISDIR(mode):
            return current
    return None


def read_text(path: Path) -> str:
    """The text of a file that people edit; without the mark that some editors begin it with.

    Raises:
        UserError: it is not UTF-8.
        OSError: it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("it is not UTF-8", where=str(path), how="save it in that encoding") from error


def is_special(path: Path) -> bool:
    """Whether a socket, a pipe or a device stands there, which is not copied with a folder."""
    return stat.S_IFMT(path.lstat().st_mode) not in {stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK}


def create(path: Path, content: bytes, mode: int) -> None:
    """Write a new file; its permissions are `mode` less what the user's umask takes away."""
    with open(path, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(content)


def refuse_links_out(folders: Iterable[Path], paths: Iterable[Path]) -> None:
    """Stop before something is written through a symbolic link that leads out of the folder that it seems to be in.

    Args:
        folders: what is not to be left; what lies in none of them was named by the user, and is followed.
        paths: what is going to be written.

    Raises:
        UserError: one leads out.
    """
    roots = [(Path(os.path.abspath(folder)), Path(os.path.realpath(folder))) for folder in folders]  # noqa: PTH100 - the way as it is written
    for path in paths:
        written, real = Path(os.path.abspath(path)), Path(os.path.realpath(path))  # noqa: PTH100 - as above
        for root, whole in roots:
            if written.is_relative_to(root) and not real.is_relative_to(whole):
                raise UserError(
                    f"{path} is, or lies behind, a link that leads out of {root}, to {real}",
                    how="remove the link; where you want it to be there, name that place itself",
                )


def replace_file(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write a file aside and rename it into place: who reads it sees the old content or the new one.

    Its folder is made; where it is a link, what it leads to is written.

    Args:
        path: the file.
        content: what it shall hold.
        mode: its permissions, from the first byte on; those that it has where None.

    Raises:
        UserError: it cannot be written.
    """
    target = Path(os.path.realpath(path))
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            create(aside, content, 0o666 if mode is None else mode)
            with suppress(FileNotFoundError):
                aside.chmod(stat.S_IMODE(target.stat().st_mode) if mode is None else mode)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}", how="what was there is still there") from error
