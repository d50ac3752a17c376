"""Feeds mutated and hostile specs to the reader, the writer and `check --fix`: 10,000 by default.

Usage: `python tools/fuzz.py [--cases 10000] [--first 0] [--kind keep|broken|attack|same|inside] [--huge]`; exit code 1
when a case fails. A case is made from its kind and number alone: `--kind keep --first 17 --cases 1` shows one again.
"""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.fuzz.hostile import huge  # noqa: E402 - after the path is set
from tests.fuzz.lines import base_specs  # noqa: E402 - after the path is set
from tests.fuzz.run import APPS, KINDS, alarm, answered, case  # noqa: E402 - after the path is set

SHOWN = 20
PATIENCE = 60
"""Seconds for a text of 10 MB."""


def main() -> int:
    """Runs the cases; gives the exit code."""
    arguments = argparse.ArgumentParser(description="fuzz the reader of specs")
    arguments.add_argument("--cases", type=int, default=10_000)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--kind", choices=sorted(KINDS | APPS))
    arguments.add_argument("--huge", action="store_true", help="texts of 10 MB and of 100,000 lines too")
    options = arguments.parse_args()
    kinds = [options.kind] if options.kind else sorted(KINDS)
    bases, failures = base_specs(), 0
    for number in range(options.first, options.first + options.cases):
        failure = case(kinds[number % len(kinds)], number, bases)
        if failure:
            failures += 1
            if failures <= SHOWN:
                print(f"--- {failure}\n{failure.text if options.cases == 1 else ''}", flush=True)
    failures += _huge() if options.huge else 0
    print(f"{options.cases} cases, {failures} failed")
    return 1 if failures else 0


def _huge() -> int:
    """Runs the huge texts; gives how many failed."""
    failures = 0
    for name, text in [*huge(), *huge(18_000, 20_000)]:
        began = time.perf_counter()
        try:
            with alarm(PATIENCE):
                what = answered(text)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            what = repr(error)[:200]
        print(
            f"{name}, {len(text):,} characters: {time.perf_counter() - began:.1f} s{': ' + what if what else ''}",
            flush=True,
        )
        failures += bool(what)
    return failures


if __name__ == "__main__":
    sys.exit(main())
