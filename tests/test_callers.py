"""Who calls, seen with real servers: no header of a caller's avoids a limit, and no line of the log believes one."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.projects import Project
from tests.running import Running, free_port, up

EXAMPLES = Path(__file__).parent.parent / "examples"
FORGED = "203.0.113."
"""What every forged address begins with."""
TRIES = 75
PER_ACCOUNT = 10
"""Tries of one address at one account within five minutes."""
ELSEWHERE = "127.0.0.9"
"""Another address that calls can come from."""
LOGIN = "/api/v1/auth/login"
BUILDING = 300


@pytest.fixture(scope="module")
def todo(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The smallest example with everything, generated."""
    project = Project(folder=tmp_path_factory.mktemp("callers") / "todo")
    project.folder.mkdir()
    shutil.copy(EXAMPLES / "todo" / "spec.md", project.folder / "spec.md")
    project.enable("fastapi", "nextjs", "docker", docker={"nginx": True})
    done = project.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    return project


def forged(number: int) -> dict[str, str]:
    """Everything by which a caller could say where it is."""
    address = f"{FORGED}{number}"
    names = ("X-Forwarded-For", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Forwarded")
    return {**dict.fromkeys(names, address), "Forwarded": f"for={address}", "X-Proxy-Key": f"guess {number}"}


def guess(base: str, account: str, *, source: str = "127.0.0.1", tries: int = TRIES) -> Counter[int]:
    """Try to sign in again and again, each time with another forged address; the statuses."""
    transport = httpx.HTTPTransport(local_address=source)
    found: Counter[int] = Counter()
    with httpx.Client(base_url=base, transport=transport, timeout=60) as client:
        for number in range(tries):
            form = {"username": account, "password": "a wrong password"}
            found[client.post(LOGIN, data=form, headers=forged(number)).status_code] += 1
    return found


def addresses(running: Running) -> list[str]:
    """Those that the log tells of tries to sign in."""
    return re.findall(rf'path="{LOGIN}".* client="?([^"\s]+)', running.text)


@contextmanager
def nginx(project: Project, upstream: str) -> Iterator[str]:
    """The product's own NGINX before a server of this machine; its address."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        pytest.skip("nginx is not installed")
    port = free_port()
    folder = project.folder.parent / "nginx"
    folder.mkdir(exist_ok=True)
    text = (project.folder / "generated/docker/nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"set \$upstream .*;", f"set $upstream {upstream};", text)
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};").replace("/tmp/", f"{folder}/")  # noqa: S108 - the container's
    (folder / "nginx.conf").write_text(text.replace("/dev/stdout", str(folder / "access.log")), encoding="utf-8")
    process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-g", "daemon off; master_process off;"])
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


def _answering(address: str) -> str:
    """The address, as soon as something answers there."""
    deadline = time.monotonic() + BUILDING
    while True:
        try:
            if httpx.get(f"{address}/health", timeout=60).is_success:
                return address
        except httpx.HTTPError:
            pass
        assert time.monotonic() < deadline, address
        time.sleep(0.2)


@pytest.mark.slow
def test_in_development(todo: Project) -> None:
    with up(todo) as running:
        web, api = (_answering(running.address(name)) for name in ("frontend", "backend"))
        assert guess(web, "one@example.com") == {401: PER_ACCOUNT, 429: TRIES - PER_ACCOUNT}
        assert guess(api, "two@example.com", source=ELSEWHERE) == {401: PER_ACCOUNT, 429: TRIES - PER_ACCOUNT}
        assert set(addresses(running)) == {"127.0.0.1", ELSEWHERE}
        assert FORGED not in running.text


@pytest.mark.long
@pytest.mark.timeout(900)
def test_in_production_behind_nginx(todo: Project) -> None:
    variables = {"FRONTEND_PROXIES": "1", "LOG_LEVEL": "INFO"}
    with up(todo, "--production", **variables) as running:
        running.until(r"  frontend: ", BUILDING)
        with nginx(todo, running.address("frontend")) as web:
            assert guess(web, "one@example.com", source=ELSEWHERE) == {401: PER_ACCOUNT, 429: TRIES - PER_ACCOUNT}
            assert guess(web, "one@example.com", tries=1) == {401: 1}  # another caller is another
            assert set(addresses(running)) == {"127.0.0.1", ELSEWHERE}
            assert FORGED not in running.text
        with nginx(todo, running.address("backend")) as api:  # nobody said that there is a proxy
            assert guess(api, "two@example.com") == {401: PER_ACCOUNT, 429: TRIES - PER_ACCOUNT}
        assert FORGED not in running.text
