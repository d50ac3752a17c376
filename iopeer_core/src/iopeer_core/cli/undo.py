"""`iopeer undo`: takes the last write to a generated app back."""

from __future__ import annotations

import sys
from pathlib import Path

from iopeer_core.counted import counted
from iopeer_core.tree.undo import undo


def run(out: Path) -> None:
    """Take the last write back, and say what that did.

    Raises:
        ConflictError: files were changed since.
        UserError: there is nothing to take back.
    """
    undone = undo(out)
    for word, paths in (("restored", undone.restored), ("removed", undone.removed)):
        for path in paths:
            sys.stdout.write(f"  {word:<9}{path}\n")
    count = counted(len(undone.restored) + len(undone.removed), "file")
    left = counted(undone.left, "write")
    sys.stdout.write(f"{count} in {out}/ as before the last write; {left} can still be taken back\n")
