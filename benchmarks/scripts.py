"""Counts the JavaScript of a built frontend: `python -m benchmarks.scripts FOLDER` (the folder of its package.json).

Every script that the build made for browsers counts with its size as gzip sends it, whether a page loads it or not.
Those that the framework has for browsers without modules are told apart: the app's build empties them.
"""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path

KIB = 1024
BUDGET = 360_000
"""Bytes that the scripts of a generated frontend may have: of the tracker, an app of eight entities."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """What there is: `total` and, of it, `polyfills`, in bytes of gzip."""

    files: int
    total: int
    polyfills: int


def scripts(frontend: Path) -> Scripts:
    """The scripts of a frontend that `next build` has built.

    Args:
        frontend: its folder.

    Raises:
        FileNotFoundError: it is not built.
    """
    build = frontend / ".next"
    old = json.loads((build / "build-manifest.json").read_text(encoding="utf-8"))["polyfillFiles"]
    sizes = {path: len(gzip.compress(path.read_bytes(), 9)) for path in (build / "static").rglob("*.js")}
    return Scripts(
        files=len(sizes), total=sum(sizes.values()), polyfills=sum(sizes.get(build / name, 0) for name in old)
    )


if __name__ == "__main__":
    found = scripts(Path(sys.argv[1]))
    print(f"{found.files} scripts, {found.total / KIB:.0f} KiB; {found.polyfills / KIB:.0f} KiB of them polyfills")
