"""`iopeer merge`: what a run could not merge, one by one, and what the user decides about it."""

from __future__ import annotations

import difflib
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from iopeer_core.counted import counted
from iopeer_core.errors import ConflictError, UserError
from iopeer_core.tree.conflicts import Choice, Conflict, Conflicts
from iopeer_core.tree.pending import locked

ANSWERS: dict[str, Choice] = {"t": "theirs", "n": "new", "e": "merged"}
WORDS = {"theirs": "yours stays", "new": "the new one", "merged": "as you merged it", "": "open"}


def run(out: Path, *, every: Literal["theirs", "new"] | None) -> None:
    """Show the conflicts of a folder, and settle them.

    Args:
        out: the output folder.
        every: what to decide about all that are open; None: ask, where there is a terminal.

    Raises:
        ConflictError: some are still open.
        UserError: the folder has no conflicts that can be read.
    """
    conflicts = Conflicts(out)
    found = list(conflicts)
    if not found:
        sys.stdout.write(f"no conflicts in {out}\n")
        return
    asks = every is None and sys.stdin.isatty() and sys.stdout.isatty()
    for conflict in (one for one in found if not one.choice):
        if every is not None:
            _decide(conflicts, conflict, every)
        elif asks and not _ask(conflicts, conflict):
            break
    _tell(conflicts)


def _decide(conflicts: Conflicts, conflict: Conflict, choice: Choice) -> bool:
    """Settle one; whether that could be done."""
    try:
        with locked(conflicts.out):
            conflicts.settle(conflict, choice)
    except ConflictError:
        raise
    except UserError as error:
        sys.stderr.write(f"iopeer: {error}\n")
        return False
    return True


def _tell(conflicts: Conflicts) -> None:
    """List them all, and say what comes next."""
    found = list(conflicts)
    for one in found:
        sys.stdout.write(f"  {one.path}: {one.why}; {WORDS[one.choice]}\n")
    open_ = [one for one in found if not one.choice]
    if open_:
        raise ConflictError(
            f"{counted(len(open_), 'conflict')} in {conflicts.out} to be settled",
            how=f"all sides are in {conflicts.place('', '')}; on a terminal `iopeer merge` asks for each, "
            "`--all theirs` and `--all new` decide about all",
        )
    command = f"iopeer generate {shlex.quote(conflicts.spec or 'SPEC')}"
    command += "" if conflicts.out == Path("generated") else f" --out {shlex.quote(str(conflicts.out))}"
    sys.stdout.write(f"All are settled. Next: {command}\n")


def _ask(conflicts: Conflicts, conflict: Conflict) -> bool:
    """Ask about one until it is settled or left; whether to go on with the others."""
    sys.stdout.write(f"\n{conflict.path}: {conflict.why}\n")
    for line in _difference(conflict):
        sys.stdout.write(line)
    editor = "" if conflict.marked is None else "[e]ditor, "
    new = "" if conflict.blocked else "[n]ew" if conflict.new is not None else "[n]ew (it goes)"
    while True:
        sys.stdout.write(f"{conflict.path}: [t]heirs (yours stays), {new}{', ' if new else ''}{editor}[s]kip, [q]uit? ")
        sys.stdout.flush()
        answer = sys.stdin.readline()
        key = answer.strip().lower()[:1]
        if not answer or key == "q":
            return False
        if key == "s":
            return True
        choice = ANSWERS.get(key, "")
        if choice == "merged" and not (editor and _edited(conflicts.place("merged", conflict.path))):
            continue
        if choice and _decide(conflicts, conflict, choice):
            return True


def _difference(conflict: Conflict) -> Iterator[str]:
    """What the new file would change in the user's, as text; nothing where one of them is none."""
    try:
        theirs, new = ((side or b"").decode() for side in (conflict.theirs, conflict.new))
    except UnicodeDecodeError:
        yield "(no text)\n"
        return
    for line in difflib.unified_diff(theirs.splitlines(), new.splitlines(), "yours", "new", lineterm=""):
        yield line + "\n"


def _edited(path: Path) -> bool:
    """Open a file in the user's editor; whether that ended well."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        return subprocess.run([*shlex.split(editor), str(path)], check=False).returncode == 0
    except (OSError, ValueError) as error:
        sys.stderr.write(f"iopeer: the editor {editor!r} does not start ({error}); the variable EDITOR names another\n")
        return False
