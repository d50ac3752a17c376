"""A PostgreSQL that tests stop and start, and a PgBouncer before it: Debian's, run as another user than root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.running import free_port

BINARIES = Path("/usr/lib/postgresql/15/bin")
USER = "postgres"
"""Whom the servers run as: PostgreSQL refuses to be root's."""
PASSWORD = "p@ss/%40:word"
POOLER = """
[databases]
app = host=127.0.0.1 port={port} dbname=app
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {pooler}
auth_type = any
auth_file =
pool_mode = transaction
default_pool_size = 2
max_client_conn = 100
unix_socket_dir =
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server with an empty database called `app`."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its address, of the account that has a password."""
        return f"postgresql://app:{quote(PASSWORD)}@127.0.0.1:{self.port}/app"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        _run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "start")

    def stop(self) -> None:
        """Stop it at once: who is connected is thrown out."""
        _run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")

    def execute(self, sql: str) -> str:
        """Run a statement as the owner of all."""
        return _run("psql", "-h", self.folder, "-p", self.port, "-d", "postgres", "-Atc", sql)

    @contextmanager
    def holding(self, lock: int) -> Iterator[None]:
        """Hold a lock of the database `app`."""
        sql = f"SELECT pg_advisory_lock({lock}); SELECT pg_sleep(600)"
        command = [str(BINARIES / "psql"), "-h", str(self.folder), "-p", str(self.port), "-d", "app", "-c", sql]
        holder = subprocess.Popen(command, user=USER, cwd="/", stdout=subprocess.DEVNULL)
        try:
            while self.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted") == "0":
                time.sleep(0.05)
            yield
        finally:
            self.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
            holder.wait(10)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new server, gone with everything in it afterwards."""
    with _folder() as folder:
        made = Cluster(folder, free_port())
        _run("initdb", "-D", folder / "data", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = (
            f"port = {made.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\nfsync = off\n"
        )
        with (folder / "data/postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(settings)
        made.start()
        try:
            quoted = PASSWORD.replace("'", "''")
            made.execute(f"CREATE ROLE app LOGIN PASSWORD '{quoted}'")
            made.execute("CREATE DATABASE app OWNER app")
            hba = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
            (folder / "data/pg_hba.conf").write_text(hba, encoding="utf-8")
            made.execute("SELECT pg_reload_conf()")
            yield made
        finally:
            made.stop()


@contextmanager
def pooler(server: Cluster) -> Iterator[str]:
    """A pooler of two connections, each lent for a transaction; its address."""
    port = free_port()
    settings = server.folder / "pgbouncer.ini"
    text = POOLER.format(port=server.port, pooler=port)
    accounts = server.folder / "accounts"
    accounts.write_text(f'"app" "{PASSWORD}"\n', encoding="utf-8")
    text = text.replace("auth_type = any", "auth_type = plain").replace("auth_file =", f"auth_file = {accounts}")
    settings.write_text(text, encoding="utf-8")
    process = subprocess.Popen(["pgbouncer", "-q", settings], user=USER, cwd="/", stderr=subprocess.DEVNULL)
    try:
        yield f"postgresql://app:{quote(PASSWORD)}@127.0.0.1:{port}/app"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    shutil.chown(folder, USER)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: object) -> str:
    command = [str(BINARIES / program), *map(str, arguments)]
    done = subprocess.run(
        command, user=USER, cwd="/", env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout.strip()
