"""Generates in several threads of one process: each argument is a project's folder; prints their exit codes as JSON."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

from iopeer_core.cli.generate import Request, run
from iopeer_core.errors import UserError


def generate(folder: Path, codes: dict[str, int]) -> None:
    """Run a whole generation, and keep its exit code."""
    request = Request(
        spec=folder / "spec.md", out=Path(folder.name, "generated"), archive=None, dry_run=False, check="quick",
        strict=False, force=False, partial=False, screenshots=False,
    )  # fmt: skip
    try:
        run(request, timings=False, json=True)
        codes[folder.name] = 0
    except UserError as error:
        codes[folder.name] = error.exit_code


def main() -> None:
    """Run them side by side."""
    codes: dict[str, int] = {}
    threads = [threading.Thread(target=generate, args=(Path(name), codes)) for name in sys.argv[1:]]
    before = dict(os.environ)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    same = Path.cwd() == Path(sys.argv[1]).parent and dict(os.environ) == before
    sys.stderr.write(json.dumps({"codes": codes, "same": same}))


if __name__ == "__main__":
    main()
