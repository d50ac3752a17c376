"""The command line: one file per command, imported only when its command runs."""

from __future__ import annotations


def main() -> None:
    """The console script `iopeer`."""
    from iopeer_core.cli.app import app

    app(prog_name="iopeer")
