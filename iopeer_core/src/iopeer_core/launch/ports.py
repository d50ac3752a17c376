"""Free ports of this machine's loopback address."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping

from iopeer_core.blueprint.contributions import Process

HOST = "127.0.0.1"


def free_ports(processes: Iterable[Process], *, wanted: bool) -> Mapping[str, int]:
    """A port for each process that listens.

    Args:
        processes: their declared ports are taken where they are free and wanted.
        wanted: whether to take those; otherwise any.
    """
    ports: dict[str, int] = {}
    for process in processes:
        if process.port:
            ports[process.name] = _free(process.port if wanted else 0, taken=set(ports.values()))
    return ports


def _free(port: int, taken: set[int]) -> int:
    """This port, else any other that is free."""
    while True:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((HOST, port))
            except OSError:
                port = 0
                continue
            found: int = listener.getsockname()[1]
        if found not in taken:
            return found
        port = 0
