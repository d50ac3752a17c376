"""A database that goes away and comes back, one behind a pooler, and servers that start together: real ones."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from iopeer_core.environments.python import Environment

from tests.apps.cluster import BINARIES, Cluster, cluster, pooler
from tests.apps.generate import environment_of, generate
from tests.apps.running import Running, running

EXAMPLE = Path(__file__).parent.parent / "examples/todo/spec.md"
PATIENCE = 60
MIGRATING = 2
"""The lock that migrations take."""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not BINARIES.exists() and "CI" not in os.environ, reason="Debian's postgresql-15 is missing"),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest example's backend."""
    folder = tmp_path_factory.mktemp("app")
    generate(EXAMPLE, folder)
    return folder


@pytest.fixture(scope="module")
def environment(app: Path) -> Environment:
    """What it requires."""
    return environment_of(app)


@pytest.fixture
def server() -> Iterator[Cluster]:
    """A database server of its own."""
    with cluster() as made:
        yield made


class Load:
    """Callers who read and write without a pause, and what they are answered."""

    def __init__(self, served: Running, token: str, callers: int = 8) -> None:
        self.seen: Counter[int] = Counter()
        self.bare: list[str] = []
        self._client = httpx.Client(base_url=served.url, timeout=60, headers={"Authorization": f"Bearer {token}"})
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._call) for _ in range(callers)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._client.close()

    def _call(self) -> None:
        while not self._over.is_set():
            for answer in (
                self._client.get("/api/v1/tasks", params={"count": "true"}),
                self._client.post("/api/v1/tasks", json={"title": "One more"}),
                self._client.post("/api/v1/auth/login", data={"username": "a@example.org", "password": "x"}),
            ):
                self.seen[answer.status_code] += 1
                if answer.status_code == 503 and "Retry-After" not in answer.headers:
                    self.bare.append(answer.text)


def test_a_database_that_goes_away_and_comes_back(app: Path, environment: Environment, server: Cluster) -> None:
    with running(app, environment, server.url) as served:
        token = served.first_token()
        with Load(served, token) as load:
            _until(lambda: load.seen[201] > 20)
            server.stop()
            _until(lambda: load.seen[503] > 60)
            ready = httpx.get(f"{served.url}/ready")
            assert (ready.status_code, int(ready.headers["Retry-After"]) > 0) == (503, True)
            assert httpx.get(f"{served.url}/health").status_code == 200
            server.start()
            _until(lambda: httpx.get(f"{served.url}/ready").status_code == 200)
            before = load.seen.copy()
            _until(lambda: load.seen[201] > before[201] + 20)
        assert {*load.seen} <= {200, 201, 401, 503}, load.seen
        assert load.bare == []
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'app'")
        time.sleep(0.2)  # they are found closed before they are lent
        with Load(served, token, callers=4) as load:
            _until(lambda: load.seen[201] > 20)
        assert {*load.seen} <= {200, 201, 401}, load.seen
        log = served.log.read_text(encoding="utf-8")
        assert "The database does not answer" in log
        assert "Traceback" not in log


@pytest.mark.parametrize(
    "url",
    ["postgresql://u:p@nowhere.invalid/d", "postgresql://u:p@127.0.0.1:9/d", "postgresql://u@/d?host=/nowhere"],
    ids=["host", "port", "socket"],
)
def test_a_database_that_never_was(url: str, app: Path, environment: Environment, tmp_path: Path) -> None:
    with running(app, environment, url, prepare=False) as served:
        for path in ("/ready", "/api/v1/tasks"):
            answer = httpx.get(served.url + path, timeout=PATIENCE)
            assert answer.status_code == 503 if path == "/ready" else answer.status_code in {401, 503}
        answer = httpx.post(
            f"{served.url}/api/v1/auth/login", data={"username": "a", "password": "b"}, timeout=PATIENCE
        )
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        assert "Traceback" not in served.log.read_text(encoding="utf-8")


def test_a_pooler_that_lends_a_server_for_each_transaction(
    app: Path, environment: Environment, server: Cluster
) -> None:
    with pooler(server) as address:
        pooled, direct = f"{address}?pgbouncer=true&connection_limit=5", f"{server.url}?sslmode=prefer"
        with running(app, environment, pooled, DATABASE_MIGRATION_URL=direct) as served:
            with Load(served, served.first_token(), callers=16) as load:
                _until(lambda: load.seen[201] > 200)
            assert {*load.seen} == {200, 201, 401}, (load.seen, served.log.read_text(encoding="utf-8"))
        kept = "SELECT count(*) FROM pg_prepared_statements"
        assert server.execute(kept) == "0"


def test_servers_that_start_together_migrate_once(app: Path, environment: Environment, server: Cluster) -> None:
    command = [str(environment.bin / "alembic"), "upgrade", "head"]
    variables = {"PATH": os.environ["PATH"], "DATABASE_URL": server.url.replace("postgresql:", "postgres:")}
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with server.holding(MIGRATING):
        started = [
            subprocess.Popen(
                command, cwd=app, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            for _ in range(3)
        ]
        _until(lambda: server.execute(waiting) == "3")
    told = [(process.communicate(timeout=PATIENCE)[0], process.returncode) for process in started]
    assert [code for _, code in told] == [0] * 3, told


def _until(done: object) -> None:
    """Wait for something to come true."""
    assert callable(done)
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_busy_sqlite_is_waited_for_and_then_told(app: Path, environment: Environment, tmp_path: Path) -> None:
    file = tmp_path / "app.db"
    with running(app, environment, f"sqlite:///{file}") as served:
        headers = {"Authorization": f"Bearer {served.first_token()}"}
        with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
            answers = []
            for seconds in (1, 9):
                other.execute("BEGIN IMMEDIATE")
                free = threading.Timer(seconds, other.rollback)
                free.start()
                body = {"title": "Wait"}
                answers += [httpx.post(f"{served.url}/api/v1/tasks", json=body, headers=headers, timeout=PATIENCE)]
                free.join()
        assert [answer.status_code for answer in answers] == [201, 503]
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert "Traceback" not in served.log.read_text(encoding="utf-8")
