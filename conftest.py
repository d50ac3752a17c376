"""Settles for every test folder that `iopeer_core` is the package, not the folder of that name beside this file.

Under `--import-mode=importlib` a test is called after its path (`iopeer_core.tests.…`), and pytest would make the first
part of that name from the folder if the package were not there already.
"""

import os
import shutil
import signal
import site
from collections.abc import Callable
from pathlib import Path

import pytest

import iopeer_core  # noqa: F401 - imported to be there first
import iopeer_plugin_docker  # noqa: F401 - imported to be there first
import iopeer_plugin_fastapi  # noqa: F401 - imported to be there first
import iopeer_plugin_nextjs  # noqa: F401 - imported to be there first

site.addsitedir(str(Path(__file__).parent / ".tools" / "plugins"))  # the plugins of plugins/, for tests

DEBIAN = Path(__file__).parent / "tests" / "debian.txt"


def pytest_configure() -> None:
    """Hear the signals that a shell has its background jobs ignore: what the tests start would ignore them too."""
    for number, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


@pytest.fixture(scope="session")
def installed() -> Callable[[str], str]:
    """Finds a program of `tests/debian.txt`: a test without it is skipped, and fails where CI runs it."""
    packages = dict(line.split() for line in DEBIAN.read_text("utf-8").splitlines() if not line.startswith("#"))

    def find(program: str) -> str:
        found = shutil.which(program, path=os.environ.get("PATH", os.defpath) + ":/usr/sbin")
        if found is None:
            missing = f"{program} is missing: apt-get install {packages[program]}"
            if os.environ.get("CI"):
                pytest.fail(missing)
            pytest.skip(missing)
        return found

    return find
