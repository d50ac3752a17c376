"""Writes the list of common passwords that generated backends refuse, from zxcvbn's frequencies (MIT).

Usage: `uv run --with zxcvbn==4.5.0 tools/common_passwords.py`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

FILE = (
    Path(__file__).parents[1] / "iopeer_plugin_fastapi/src/iopeer_plugin_fastapi/templates/backend/common_passwords.txt"
)
HEAD = """\
# The most common passwords of at least 8 characters, the most common first.
# From zxcvbn's list, MIT License, Copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc.
"""
COUNT = 3000
LEAST, MOST = 8, 128
"""The lengths that backends take at all."""


def main() -> None:
    """Write the file."""
    known: list[str] = import_module("zxcvbn.frequency_lists").FREQUENCY_LISTS["passwords"]
    fitting = [word for word in known if LEAST <= len(word) <= MOST]
    FILE.write_text(HEAD + "".join(f"{word}\n" for word in fitting[:COUNT]), encoding="utf-8")


if __name__ == "__main__":
    main()
