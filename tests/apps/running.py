"""Runs a generated app for real: migrated, seeded, served on a free port of 127.0.0.1, with its first account."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iopeer_core.environments.python import Environment

PASSWORD = "correct horse battery staple"
PATIENCE = 30  # seconds for a server to start
LONG = "720"  # minutes that the token of the first account lives


@dataclass(frozen=True, slots=True)
class Running:
    """A served app.

    Args:
        url: its root, without a slash at the end.
        log: the file of what the server writes.
    """

    url: str
    log: Path

    def call(self, path: str, body: Mapping[str, Any] | None = None, *, form: bool = False, token: str = "") -> Any:
        """GET a path, or POST a body to it; gives the JSON that is answered."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = None
        if body is not None:
            data = (urllib.parse.urlencode(body) if form else json.dumps(body)).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded" if form else "application/json"
        request = urllib.request.Request(self.url + path, data, headers)  # noqa: S310 - always http
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - always http
            return json.load(response)

    def first_token(self) -> str:
        """Register the first account, who gets the first role, and sign in: the access token."""
        schema = self.call("/openapi.json")["components"]["schemas"]["Registration"]
        body = {name: _given(name, schema["properties"][name]) for name in schema["required"]}
        account = next(name for name in body if schema["properties"][name].get("format") == "email")
        self.call("/api/v1/auth/register", body)
        login = {"username": body[account], "password": PASSWORD}
        return str(self.call("/api/v1/auth/login", login, form=True)["access_token"])


def _given(name: str, schema: Mapping[str, Any]) -> str:
    if name == "password":
        return PASSWORD
    return "ada@example.org" if schema.get("format") == "email" else "Ada"


@contextmanager
def running(
    app: Path, environment: Environment, database: str, *, prepare: bool = True, **more: str
) -> Iterator[Running]:
    """Migrate, seed and serve an app; stopped when left.

    Args:
        app: its folder.
        environment: of its requirements.
        database: the URL of an empty one.
        prepare: migrate and seed it, and wait until it answers.
        more: settings.
    """
    variables = {
        **more,
        "PATH": f"{environment.bin}{os.pathsep}{os.environ['PATH']}",
        "DATABASE_URL": database,
        "SECRET_KEY": "k" * 40,
        "ACCESS_TOKEN_MINUTES": LONG,
        "LOG_LEVEL": "WARNING",
        "RATE_LIMITS": "false",
    }
    for command in (("alembic", "upgrade", "head"), ("python", "-m", "backend.seeds")) if prepare else ():
        program = [str(environment.bin / command[0]), *command[1:]]
        subprocess.run(program, cwd=app, env=variables, check=True, capture_output=True)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    log = app / f"server.{port}.log"
    with log.open("w", encoding="utf-8") as out:
        serve = [str(environment.bin / "uvicorn"), "backend.main:app", "--host", "127.0.0.1", "--port", str(port)]
        server = subprocess.Popen(
            [*serve, "--log-level", "warning"], cwd=app, env=variables, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            served = Running(f"http://127.0.0.1:{port}", log)
            _wait(served, server, "/ready" if prepare else "/health")
            yield served
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def _wait(served: Running, server: subprocess.Popen[bytes], path: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            served.call(path)
        except (urllib.error.URLError, ConnectionError):
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the app did not start:\n{served.log.read_text(encoding='utf-8')}") from None
            time.sleep(0.1)
        else:
            return
