"""Its entry point names something else."""

from __future__ import annotations


def BrokenPlugin(config: object, run: object) -> None:  # noqa: N802 - what an entry point may name by mistake
    """A function where a class belongs."""
