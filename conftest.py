"""Settles for every test folder that `iopeer_core` is the package, not the folder of that name beside this file.

Under `--import-mode=importlib` a test is called after its path (`iopeer_core.tests.…`), and pytest would make the first
part of that name from the folder if the package were not there already.
"""

import signal

import iopeer_core  # noqa: F401 - imported to be there first
import iopeer_plugin_docker  # noqa: F401 - imported to be there first
import iopeer_plugin_fastapi  # noqa: F401 - imported to be there first
import iopeer_plugin_nextjs  # noqa: F401 - imported to be there first


def pytest_configure() -> None:
    """Hear the signals that a shell has its background jobs ignore: what the tests start would ignore them too."""
    for number, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)
