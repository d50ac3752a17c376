"""Kills a write at each of its steps, and the recovery at each of its own; a script, since it forks.

    python crash.py FOLDER KILLS

Before each kill FOLDER/out holds the old generation and files of the user's. A child writes the new one and kills
itself at its n-th operation on the disk (`sys.addaudithook` sees them all). A second child recovers, and is killed at
its m-th. Then the folder must be wholly old or wholly new. Prints how often it was which; fails where it was neither.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from iopeer_core.tree.merge import merge
from iopeer_core.tree.model import Entry, Tree
from iopeer_core.tree.pending import recover_pending
from iopeer_core.tree.store import store

WRITES = {"os.rename", "os.link", "os.mkdir", "os.rmdir", "os.remove", "os.chmod", "shutil.rmtree", "open"}
THEIRS = {".env": b"SECRET=1", "app.db": b"rows", "node_modules/x/y.js": b"1", ".git/HEAD": b"ref", "kept/mine": b"m"}
OLD = {"a": "1", "same": "s", "kept/gone": "1", "gone/deep/x": "1", "file": "was a file", "folder/in": "was a folder"}
STEPS = 70  # a little more than the write takes
RECOVERY = 40
NEW = {"a": "2", "same": "s", "new/deep/y": "2", "file/now": "is a folder", "folder": "is a file", "run": "#!"}


def tree(files: dict[str, str]) -> Tree:
    """A tree of texts; `run` may be executed."""
    return Tree({p: Entry(content=t.encode(), mode=0o755 if p == "run" else 0o644) for p, t in files.items()})


def content(folder: Path) -> dict[str, bytes]:
    """The files of a folder, without IOPEER's own."""
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {path: data for path, data in found.items() if not path.startswith(".iopeer/")}


def killed_at(step: int, work: Callable[[], object]) -> None:
    """Do work in a child that kills itself before its n-th operation on the disk, if it comes to that."""
    child = os.fork()
    if not child:
        count = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            if event not in WRITES or (event == "open" and not _writes(arguments)):
                return
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or status == 0, "the write failed"


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def main(folder: Path, kills: int) -> None:
    """That many kills, spread over the steps of the write; each second recovery is killed too."""
    before = folder / "before"
    for path, data in THEIRS.items():
        (before / path).parent.mkdir(parents=True, exist_ok=True)
        (before / path).write_bytes(data)
    store(tree(OLD), before, spec=1)
    outcomes: Counter[str] = Counter()
    for number in range(kills):
        shutil.rmtree(folder / "out", ignore_errors=True)
        shutil.copytree(before, folder / "out", symlinks=True)
        step, again = 1 + number * STEPS // kills, (number % 2) * (1 + number % RECOVERY)
        killed_at(step, lambda: store(tree(NEW), folder / "out", spec=2))
        if again:
            killed_at(again, recover_pending)
        recover_pending()
        outcomes[outcome(folder / "out", f"killed at {step}, then at {again}")] += 1
    sys.stdout.write(f"{outcomes['old']} {outcomes['new']}\n")


def outcome(out: Path, when: str) -> str:
    """Which generation a folder holds, wholly."""
    found = content(out)
    for name, files in (("old", OLD), ("new", NEW)):
        if found == {**{path: text.encode() for path, text in files.items()}, **THEIRS}:
            assert len(merge(tree(files), out).unchanged) == len(files), when
            ours = {p.name for p in (out / ".iopeer").iterdir()}
            undo = {"undo"} if name == "new" else set()
            assert ours == {"base.zip", "manifest.json", *undo}, when
            assert not list(Path(os.environ["XDG_STATE_HOME"], "iopeer", "pending").glob("*.json")), when
            return name
    raise AssertionError(f"{when}: neither old nor new: {sorted(found)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
