"""The command line: one file per command, imported only when its command runs."""

from __future__ import annotations


def main() -> None:
    """The console script `iopeer`."""
    import sys

    from iopeer_core.cli.app import app

    try:
        app(prog_name="iopeer")
    except OSError as error:  # `--help` onto a full disk: what is outside of any command
        sys.exit(f"iopeer: {error.strerror}")
