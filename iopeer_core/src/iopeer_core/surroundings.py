"""The environment that runs go by: this process's, without what a plugin's code is changing in it at this moment.

Environment and standard output belong to the whole process, so the code of plugins is called by one thread at a time,
and whatever it changed is put back before the next. Who is not a plugin reads `environment()`, never `os.environ`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_calling = threading.RLock()
_reading = threading.Lock()
_outside: list[Mapping[str, str]] = []


def environment() -> dict[str, str]:
    """The variables of this process, as they are outside of plugins."""
    with _reading:
        return dict(_outside[-1] if _outside else os.environ)


@contextmanager
def guarded() -> Iterator[Mapping[str, str]]:
    """Call what may change the environment inside, one thread at a time; gives the environment as it is outside."""
    with _calling:
        with _reading:
            before = dict(os.environ)
            _outside.append(_outside[-1] if _outside else before)
        try:
            yield before
        finally:
            with _reading:
                if dict(os.environ) != before:
                    os.environ.clear()
                    os.environ.update(before)
                _outside.pop()
