"""Holds the official plugins to each other: with the defaults each alone, and every pair, by every quick check.

Usage: `make matrix`, or `python tools/matrix.py [--spec SPEC] [--check full]`. It prints a line for each set, and exits
with 1 where one fails. What is generated is kept in `.tools/matrix`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path

import tomli

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".tools" / "matrix"
PLUGINS = ROOT / ".tools" / "plugins"
DEFAULTS = ("docker", "fastapi", "nextjs")
ALONE = {"clerk": ("docker", "fastapi")}
"""The defaults beside which a plugin can stand, where that is not all of them: `clerk` brings no pages yet."""
RUN = "import site, sys; site.addsitedir(sys.argv.pop(1)); from iopeer_core.cli import main; main()"


def official() -> tuple[str, ...]:
    """The plugins of `plugins/`, by the names that projects enable them by."""
    manifests = sorted(ROOT.glob("plugins/*/src/*/manifest.toml"))
    return tuple(sorted(tomli.loads(path.read_text("utf-8"))["name"] for path in manifests))


def sets() -> tuple[tuple[str, ...], ...]:
    """The sets of plugins that are tried."""
    return tuple(together(some) for count in (1, 2) for some in combinations(official(), count))


def together(names: tuple[str, ...]) -> tuple[str, ...]:
    """Plugins with the defaults that they can stand beside."""
    defaults = (name for name in DEFAULTS if all(name in ALONE.get(each, DEFAULTS) for each in names))
    return (*defaults, *names)


def main() -> int:
    """Generate and test each set; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spec", type=Path, default=ROOT / "examples" / "tracker" / "spec.md")
    parser.add_argument("--check", default="quick", choices=("none", "quick", "full"))
    options = parser.parse_args()
    rows = []
    for names in sets():
        began = time.monotonic()
        failed = _failed(names, options.spec, options.check)
        rows.append(f"{'failed' if failed else 'passed'}  {time.monotonic() - began:5.0f} s  {' + '.join(names)}")
        print(rows[-1], flush=True)
        if failed:
            print(failed[-4000:])
    return 1 if any(row.startswith("failed") for row in rows) else 0


def _failed(names: tuple[str, ...], spec: Path, check: str) -> str:
    """What was printed where a set does not hold; "" where it does."""
    folder = FOLDER / "-".join(names)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(spec, folder / "spec.md")
    (folder / "iopeer.toml").write_text(f"plugins = {list(names)}\n".replace("'", '"'), encoding="utf-8")
    command = [sys.executable, "-c", RUN, str(PLUGINS), "generate", "spec.md", "--check", check]
    done = subprocess.run(command, cwd=folder, env=os.environ, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
