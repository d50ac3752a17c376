"""Values, actions, panels, pages without a shell, sources of elsewhere and forwarded addresses, of a real plugin."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from iopeer_core.environments.node import link_tree, node, node_modules

from tests.plugins.test_panels import build_passes, read
from tests.projects import Done, Project

SPEC = Path(__file__).with_name("ratings") / "spec.md"
KEY = "the key of this web application alone"
Make = Callable[..., tuple[Project, Done]]


@pytest.fixture(scope="module")
def make(install: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Generates the inns with some plugins, untested."""

    def make(*plugins: str, **settings: object) -> tuple[Project, Done]:
        folder = tmp_path_factory.mktemp("ratings")
        shutil.copy(SPEC, folder / "spec.md")
        project = Project(folder=folder, sites=(install("ratings"),))
        project.enable("fastapi", "nextjs", *plugins, **settings)
        return project, project.generate("--check", "none")

    return make


@pytest.fixture(scope="module")
def project(make: Make) -> Project:
    """The inns with ratings."""
    project, done = make("ratings")
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture(scope="module")
def plain(make: Make) -> Project:
    """The inns alone."""
    project, done = make()
    assert done.returncode == 0, done.stderr
    return project


def test_a_value_is_shown_by_the_component(project: Project) -> None:
    fields = read(project, "components/inns/inn-fields.tsx")
    assert 'shownBy("rating", show.number("rating"), Stars),' in fields
    assert 'show.text("name"),' in fields
    assert "shownBy" not in read(project, "components/cities/city-fields.tsx")


def test_an_action_is_in_every_menu_of_its_rows_and_on_their_page(project: Project) -> None:
    element = '<RowActionItems row={row} entity="inn" actions={innActions} />'
    assert f"menu={{(row) => {element}}}" in read(project, "components/inns/inn-list.tsx")
    assert element in read(project, "components/cities/city-details.tsx")
    assert "<RowActionButtons row={row.data} " in read(project, "components/inns/inn-details.tsx")
    actions = read(project, "components/inns/inn-actions.ts")
    assert 'needs: "update",\n    done: "ratings.done",\n    run: giveFive,' in actions


def test_a_panel_stands_above_the_list_and_one_on_the_page_of_the_account(project: Project) -> None:
    assert ">\n      <Average query={state.query} />\n" in read(project, "components/inns/inn-list.tsx")
    assert "<Given />" in read(project, "components/account/account-page.tsx")


def test_a_page_may_stand_outside_the_shell(project: Project) -> None:
    assert "<Welcome />" in read(project, "app/(alone)/welcome/page.tsx")
    assert not (project.folder / "generated/frontend/app/(app)/welcome").exists()


def test_what_comes_from_elsewhere_and_what_is_forwarded(project: Project, plain: Project) -> None:
    outside = read(project, "lib/outside.ts")
    assert '"img-src": ["https://maps.example.com"],' in outside
    assert 'forwards: readonly string[] = ["/api", "/feeds"];' in outside
    assert "contentSources: Record<string, readonly string[]> = {};" in read(plain, "lib/outside.ts")


def test_what_nobody_asks_for_is_absent_and_the_rest_is_the_same(project: Project, plain: Project) -> None:
    apps = [one.folder / "generated" / "frontend" for one in (project, plain)]
    for path in ("components/row/row-action.tsx", "components/value/shown-by.tsx", "components/inns/inn-actions.ts"):
        assert [(app / path).exists() for app in apps] == [True, False], path
    for path in ("proxy.ts", "lib/forwarded.ts", "components/data-table/list-page.tsx", "components/row/row-menu.tsx"):
        first, second = ((app / path).read_bytes() for app in apps)
        assert first == second, path


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("directive", "default-src", "a content source cannot have the directive 'default-src'"),
        ("maps", "https://a.example; script-src *", "a content source cannot be 'https://a.example; script-src *'"),
        ("icon", "Starr", "the row action 'ratings.best' of 'ratings' names the icon 'Starr', which is none"),
        ("feeds", "/inns", "'ratings' forwards '/inns', which is an address of an entity: /inns"),
        ("welcome", "inns", "the page 'inns' of 'ratings' has the address of an entity"),
    ],
)
def test_what_cannot_be_is_refused(make: Make, setting: str, value: str, said: str) -> None:
    _, done = make("ratings", ratings={setting: value})
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


@pytest.mark.long
def test_the_whole_of_it_has_the_right_types_and_style(project: Project) -> None:
    build_passes(project.folder / "generated" / "frontend")


@pytest.mark.slow
def test_it_is_so_over_http(project: Project) -> None:
    """The application itself answers: what it hands on, what it lets in, and the page of welcome."""
    with api() as address, application(project.folder / "generated" / "frontend", address) as ask:
        page, policy = ask("/welcome")
        assert "<h1>Welcome</h1>" in page
        assert "<nav" not in page.partition("<main")[0]
        assert "img-src 'self' blob: data: https://maps.example.com; font-src" in policy
        assert ask("/feeds/inns.txt?a=1")[0] == "/feeds/inns.txt?a=1 of the web application"
        with pytest.raises(HTTPError, match="404"):
            ask("/feedstuff")


class Echo(BaseHTTPRequestHandler):
    """An API that says what it was asked, and whether by one that has its key."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        by = "the web application" if self.headers.get("x-proxy-key") == KEY else "nobody"
        self.wfile.write(f"{self.path} of {by}".encode())

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def api() -> Iterator[str]:
    """An API's address, while it answers."""
    with HTTPServer(("127.0.0.1", 0), Echo) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def application(folder: Path, api: str) -> Iterator[Callable[[str], tuple[str, str]]]:
    """Run a frontend as it is developed; what is asked gives the answer and its policy."""
    manifest, lock = ((folder / name).read_text(encoding="utf-8") for name in ("package.json", "package-lock.json"))
    programs = node(manifest)
    if not (folder / "node_modules").exists():
        link_tree(node_modules(manifest, lock, programs), folder / "node_modules")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    variables = {**os.environ, "PATH": path, "NEXT_TELEMETRY_DISABLED": "1", "API_URL": api, "PROXY_KEY": KEY}
    command = ["npx", "next", "dev", "--hostname", "127.0.0.1", "--port", str(port)]
    running = subprocess.Popen(
        command, cwd=folder, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )

    def ask(path: str) -> tuple[str, str]:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=120) as answer:
            return answer.read().decode(), answer.headers.get("content-security-policy", "")

    try:
        end = time.monotonic() + 60
        while True:
            try:
                ask("/health")
                break
            except OSError:
                assert time.monotonic() < end, "the web application does not start"
                time.sleep(0.2)
        yield ask
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
