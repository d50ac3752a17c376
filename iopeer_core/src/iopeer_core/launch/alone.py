"""One command runs a product: a second one would use the same database, and the same folders of what is built."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from iopeer_core.errors import UserError
from iopeer_core.tree.journal import STATE

FILE = f"{STATE}/up.json"
"""Locked while the product runs, whoever ends it; says where it does."""


@contextmanager
def alone(folder: Path) -> Iterator[Callable[[Mapping[str, str]], None]]:
    """Hold a product's folder while it runs; gives what is to be told where each of its processes is.

    Raises:
        UserError: it runs already, and where; or its folder cannot be written.
    """
    file = folder / FILE
    try:
        file.parent.mkdir(exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}", how="look at its rights") from error
    with os.fdopen(descriptor, "r+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError(f"{folder} runs already{_where(held.read())}", how="Ctrl-C ends it there") from None

        def tell(addresses: Mapping[str, str]) -> None:
            held.seek(0)
            held.truncate()
            json.dump({"process": os.getpid(), "addresses": dict(addresses)}, held)
            held.flush()

        tell({})
        yield tell


def _where(text: str) -> str:
    """Where it runs, as the file says; "" where that is not known."""
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        known = json.loads(text)
        places = "".join(f"\n  {name}: {address}" for name, address in known["addresses"].items())
        return f" (process {known['process']}){places}"
    return ""
