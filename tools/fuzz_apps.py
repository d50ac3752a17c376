"""Makes random valid specs and holds the apps that come of them to everything: see tests/apps/harness.py.

    make fuzz                     # 20 apps
    make fuzz N=100               # half an hour or more
    make fuzz N=5 SEED=7          # others

The same seed makes the same specs. A spec whose app fails is kept in `.fuzz/` with the log; those of the first two
kinds of failure are made smaller too, as long as the app fails in the same stage. Exit code 1 when one fails.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.apps.harness import App, judge  # noqa: E402 - after the path is set
from tests.apps.postgres import Server, postgres  # noqa: E402 - after the path is set
from tests.apps.shrink import shrunk  # noqa: E402 - after the path is set
from tests.apps.specs import drawn  # noqa: E402 - after the path is set

BATCH = 10
EVERY = 3 * BATCH
"""One batch in so many apps also runs on PostgreSQL: a third."""
KEPT = ROOT / ".fuzz"
SHRUNK = 2
"""Of so many kinds of failure one spec is made smaller, so that many failures do not take all day."""


def main() -> int:
    """Run what the command line asks for; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--apps", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shrink", type=int, default=60, help="seconds to make one failing spec smaller")
    options = parser.parse_args()
    specs = drawn(options.apps, options.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, postgres() as server:
        fuzz = Fuzz(Path(folder), f"{options.seed}", options.shrink)
        for number in range(0, len(specs), BATCH):
            fuzz.batch(number, specs[number : number + BATCH], server if number % EVERY == 0 else None)
            done, seconds = min(number + BATCH, len(specs)), time.monotonic() - began
            print(f"{done} of {len(specs)} apps, {fuzz.failed} failed, {seconds:.0f} s", flush=True)
    return 1 if fuzz.failed else 0


@dataclass(slots=True)
class Fuzz:
    """One run: where apps are made, how failures are called, and which were seen."""

    folder: Path
    name: str
    seconds: float
    failed: int = 0
    seen: set[str] = field(default_factory=set)

    def batch(self, number: int, specs: Sequence[str], server: Server | None) -> None:
        """Judge some apps, and keep those that fail."""
        folder = self.folder / "batch"
        folder.mkdir()
        for app in judge(specs, folder, server=server, cache=self.folder / "mypy"):
            if app.stage:
                self.failed += 1
                self._keep(f"{self.name}-{number}-{app.name}", app, server)
        shutil.rmtree(folder)

    def _keep(self, name: str, app: App, server: Server | None) -> None:
        """Save a failing spec; the first one of the first kinds is made smaller too."""
        kept = KEPT / name
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "spec.md").write_text(app.spec, encoding="utf-8")
        (kept / "log.txt").write_text(f"{app.stage}; also {app.others}\n{app.log}\n", encoding="utf-8")
        what = _telling(app.log)
        print(f"--- {kept.relative_to(ROOT)}: {app.stage}: {what}", flush=True)
        if f"{app.stage} {what}" not in self.seen and len(self.seen) < SHRUNK:
            small = shrunk(app, server, seconds=self.seconds, cache=self.folder / "mypy")
            (kept / "small.md").write_text(small, encoding="utf-8")
        self.seen.add(f"{app.stage} {what}")


def _telling(log: str) -> str:
    """The line of a log that says most."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith("FAILED")] or [line for line in lines if "rror" in line]
    return (telling or lines or [""])[0][:160]


if __name__ == "__main__":
    sys.exit(main())
