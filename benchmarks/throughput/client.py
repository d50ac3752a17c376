"""Sends a bounded number of HTTP requests over a bounded number of connections, cheaply."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """A request.

    Args:
        method: the verb.
        path: the path and the query.
        body: sent as JSON.
        headers: what is sent beside it.
    """

    method: str
    path: str
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def raw(self) -> bytes:
        """The bytes of the request."""
        body = b"" if self.body is None else json.dumps(self.body).encode()
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Answer:
    """The status and the parsed body of a response."""

    status: int
    body: Any


def send(port: int, call: Call) -> Answer:
    """Send one request and read the answer."""
    return asyncio.run(_one(port, call))


def load(port: int, calls: list[Call], connections: int, status: int) -> None:
    """Send requests, each connection one at a time.

    Args:
        port: where the server listens, on the loopback interface.
        calls: the requests, in order.
        connections: how many are open at once.
        status: what each must be answered with.

    Raises:
        RuntimeError: one was answered otherwise.
    """
    asyncio.run(_load(port, iter([call.raw() for call in calls]), connections, status))


async def _load(port: int, waiting: Iterator[bytes], connections: int, status: int) -> None:
    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            writer.write(request)
            found, body = await _read(reader)
            if found != status:
                raise RuntimeError(f"answered {found}, not {status}: {body[:500]!r}")
        writer.close()

    await asyncio.gather(*(work() for _ in range(connections)))


async def _one(port: int, call: Call) -> Answer:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(call.raw())
    status, body = await _read(reader)
    writer.close()
    return Answer(status, json.loads(body))


async def _read(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    start = head.index(b"content-length:") + len(b"content-length:")
    length = int(head[start : head.index(b"\r\n", start)])
    return int(head[9:12]), await reader.readexactly(length)
