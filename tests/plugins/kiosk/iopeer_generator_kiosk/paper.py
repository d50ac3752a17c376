"""Another way to run a product: to write down what would run."""

from __future__ import annotations

from pathlib import Path


def launch(folder: Path) -> int:
    """Say which folder it is; 3 is the exit code."""
    (folder / "paper.txt").write_text("on paper\n", encoding="utf-8")
    return 3
