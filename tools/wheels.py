"""Builds the wheels of all distributions into `dist/wheels`, the same bytes each time, and the index of the plugins.

Usage: `make wheels`, which writes `registry/`, `registry.json` and its schema too; `--check` says whether they are
right, and writes nothing but the wheels.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.market.publish import build, entry
from iopeer_core.market.registry import FOLDER, collect, documents, write_entry

ROOT = Path(__file__).resolve().parent.parent
WHEELS = "dist/wheels"


def main() -> None:
    """Build the wheels; then write the index, or compare it with what is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write no index; say whether it is right")
    check = parser.parse_args().check
    wrong = []
    try:
        for package in (ROOT, *sorted(ROOT.glob("iopeer_*/"))):
            build(package, ROOT / WHEELS)
        for package in sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml")):
            wheel = build(package, ROOT / WHEELS)
            release = entry(wheel)
            path = ROOT / FOLDER / release.name / f"{release.version}.json"
            if check and not path.is_file():
                wrong.append(f"{path.relative_to(ROOT)} is missing")
            else:
                write_entry(ROOT, release)
        for name, text in documents(collect(ROOT, wheels=WHEELS)).items():
            if not check:
                (ROOT / name).write_text(text, encoding="utf-8")
            elif (ROOT / name).read_text(encoding="utf-8") != text:
                wrong.append(f"{name} is not what the entries say")
    except UserError as error:
        wrong.append(str(error))
    if wrong:
        sys.exit("\n".join([*wrong, "make wheels writes the index anew"]))


if __name__ == "__main__":
    main()
