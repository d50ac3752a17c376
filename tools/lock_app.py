"""Locks what every generated backend requires: `make lock`; with `ARGS=--upgrade` the newest of everything."""

from __future__ import annotations

import os
import sys
import tempfile

from iopeer_core.environments.python import universal_lock
from iopeer_plugin_fastapi.outbox import TEMPLATES
from iopeer_plugin_fastapi.product import DEVELOPMENT, LOCK, REQUIREMENTS


def main() -> int:
    """Write the lock that the templates hold; gives the exit code."""
    path = TEMPLATES / LOCK
    pins = "" if "--upgrade" in sys.argv[1:] else path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="iopeer-lock-") as cache:
        os.environ["IOPEER_CACHE"] = cache  # what was resolved once is not taken from there
        path.write_text(universal_lock((*REQUIREMENTS, *DEVELOPMENT), pins), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
