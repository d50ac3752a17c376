"""Writes the files of a spec, untested: `python -m iopeer_core.kit SPEC FOLDER PLUGIN…`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from iopeer_core.kit import generate


def main() -> None:
    """Read the arguments, and write."""
    parser = argparse.ArgumentParser(prog="python -m iopeer_core.kit", description=__doc__)
    parser.add_argument("spec", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("plugins", nargs="+")
    parser.add_argument("--settings", type=json.loads, default={})
    given = parser.parse_args()
    generate(given.spec, given.plugins, settings=given.settings).write(given.folder)


if __name__ == "__main__":
    main()
