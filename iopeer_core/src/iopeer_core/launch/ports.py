"""Free ports of this machine's loopback address."""

from __future__ import annotations

import fcntl
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from iopeer_core.blueprint.contributions import Process
from iopeer_core.environments.cache import cache_root
from iopeer_core.errors import UserError

HOST = "127.0.0.1"


@contextmanager
def free_ports(processes: Iterable[Process], *, wanted: bool) -> Iterator[Mapping[str, int]]:
    """A port for each process that listens, which nobody has and no other run takes meanwhile.

    Args:
        processes: their declared ports are taken where they are free and wanted.
        wanted: whether to take those; otherwise any.

    Raises:
        UserError: this machine gives none.
    """
    with ExitStack() as locks:
        yield {each.name: _free(each.port if wanted else 0, locks) for each in processes if each.port}


def _free(port: int, locks: ExitStack) -> int:
    """This port, else any other that is free."""
    while True:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((HOST, port))
            except OSError as error:
                if port == 0:
                    raise UserError(f"no port of {HOST} can be had: {error.strerror}") from error
                port = 0
                continue
            found: int = listener.getsockname()[1]
        if _reserved(found, locks):
            return found
        port = 0


def _reserved(port: int, locks: ExitStack) -> bool:
    """Lock a port against other runs: between our look and its process's beginning it is anybody's."""
    folder = cache_root() / "ports"
    folder.mkdir(exist_ok=True)
    lock = locks.enter_context((folder / str(port)).open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
