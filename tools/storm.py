"""Generates apps, edits them at random, generates them again from changed specs, and looks for every edit.

    make storm                    # 200 storms: the tracker, biblioteca, random specs
    make storm N=1000 SEED=7

Exit code 1 where an edit was lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.apps.specs import drawn  # noqa: E402 - after the path is set
from tests.storm.storm import Storms, Tally  # noqa: E402 - after the path is set

ROUND = 20
"""Storms of one spec before the next one."""
NAMED = ("tracker", "biblioteca")


def main() -> int:
    """Run what the command line asks for; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--storms", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, tally, began = Random(options.seed), Tally(), time.monotonic()  # noqa: S311 - what happens, no secrets
    random = iter(drawn(options.storms // ROUND // 3 + 1, options.seed))
    for number in range(0, options.storms, ROUND):
        kind = number // ROUND % 3
        name = NAMED[kind] if kind < len(NAMED) else f"random {number // ROUND // 3}"
        text = (
            (ROOT / "tests" / "specs" / f"{name}.md").read_text(encoding="utf-8") if kind < len(NAMED) else next(random)
        )
        with tempfile.TemporaryDirectory(prefix="storm-") as folder:
            Storms(name, text, Path(folder), rng, tally).run(min(ROUND, options.storms - number))
        print(f"{number + ROUND} storms, {len(tally.lost)} lost, {time.monotonic() - began:.0f} s", flush=True)
    print("\n".join([*tally.lines(), *tally.lost[:50]]))
    return 1 if tally.lost else 0


if __name__ == "__main__":
    sys.exit(main())
