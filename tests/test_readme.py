"""The README: what it tells a reader to type works, its spec has no problem, its plugin does what it says."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from iopeer_core.blueprint.contributions import Component
from iopeer_core.language.reader import read
from iopeer_core.launch.folder import open_folder

from tests.running import PATIENCE, Running, ended, free_port, left_in

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SPANISH = (ROOT / "README.es.md").read_text("utf-8")
BIN = Path(sys.executable).parent
PATH = f"{BIN}{os.pathsep}{os.environ['PATH']}"
VISIT = Path(__file__).parent / "browser" / "visit.ts"
UPGRADE = (
    "GET /_next/hmr HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
COVERED = {"make demo": "the picture is drawn from that run", "make test": "this is it"}


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def commands(block: str) -> list[str]:
    return [line.partition("#")[0].strip() for line in block.splitlines() if line.strip()]


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": PATH, **variables}
    command = ["/bin/sh", "-eu", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_readme_in_spanish_has_the_same_commands_and_a_spec_without_a_problem() -> None:
    typed_in = [[commands(block) for block in blocks("sh", text)] for text in (README, SPANISH)]
    assert typed_in[0] == typed_in[1]
    assert set(re.findall(r"`iopeer ([a-z]+)", SPANISH)) <= set(re.findall(r"`iopeer ([a-z]+)", README))
    (spec,) = blocks("markdown", SPANISH)
    result = read(spec)
    assert [problem.render() for problem in result.problems] == []
    assert result.spec
    assert result.spec.language == "es"


def test_what_make_does_here_is_covered_elsewhere() -> None:
    first, _ = blocks("sh")
    assert set(commands(first)) == COVERED.keys()
    done = run("\n".join(f"make --dry-run {line.removeprefix('make ')}" for line in commands(first)), ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_commands_lead_to_pages_that_follow_every_change(tmp_path: Path) -> None:
    """As they are typed, to the end: in a browser, in development, as a visitor and signed in."""
    _, block = blocks("sh")
    product = tmp_path / "shop" / "generated"
    with typed(block, tmp_path) as running:
        running.until("Ctrl-C ends it", patience=900)
        visited = visit(product, running)
        assert visited.returncode == 0, visited.stdout + visited.stderr + running.text[-8000:]
        assert "⨯" not in running.text  # Next.js' sign of an error on the server
        running.end()
        assert "Stopping" in running.text
    assert left_in(tmp_path) == []
    assert is_live_by_itself(product)


@contextmanager
def typed(script: str, folder: Path, path: str = PATH) -> Iterator[Running]:
    """A script that a terminal runs, while this is entered."""
    output = folder / "output.txt"
    environment = {**os.environ, "PATH": path}
    with output.open("w") as out:
        process = subprocess.Popen(
            ["/bin/sh", "-eu", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out,
            stderr=out, encoding="utf-8", start_new_session=True,
        )  # fmt: skip
    with ended(Running(process, output)) as running:
        yield running


def visit(product: Path, running: Running) -> subprocess.CompletedProcess[str]:
    """Go through a product with the browser of its end-to-end tests."""
    found = running.until(r"sign in as (\S+) with the password (\S+)")
    account = {"FRONTEND_URL": running.address("frontend"), "EMAIL": found[1], "PASSWORD": found[2]}
    environment = {**os.environ, **account, "PATH": path_of("e2e", product)}
    shutil.copy(VISIT, product / "e2e")
    command = ["node", str(product / "e2e" / VISIT.name)]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)


def path_of(name: str, product: Path) -> str:
    """The PATH of a component's commands."""
    folder = open_folder(product)
    (component,) = (one for one in folder.blueprint.all(Component) if one.name == name)
    return folder.environment(component).path(product)


def is_live_by_itself(product: Path) -> bool:
    """Whether what the product's own README starts tells of changes at the address that it names."""
    assert "npm --prefix frontend run dev\n" in (product / "README.md").read_text("utf-8")
    port = free_port()
    script = f"exec npm --prefix frontend run dev -- --port {port}"
    with typed(script, product, path_of("frontend", product)) as running:
        running.until("Ready in")
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            connection.sendall(UPGRADE.replace("PORT", str(port)).encode())
            return connection.recv(64).startswith(b"HTTP/1.1 101 ")


def test_commands_within_sentences_are_commands(tmp_path: Path) -> None:
    told = run("iopeer --help", tmp_path).stdout
    named = set(re.findall(r"`iopeer ([a-z]+)", README))
    assert {"new"} <= named
    assert {name for name in named if f"\n  {name} " not in told} == set()


def test_the_spec_has_no_problem() -> None:
    (spec,) = blocks("markdown")
    result = read(spec)
    assert [problem.render() for problem in result.problems] == []


def test_the_plugin_adds_its_section(tmp_path: Path) -> None:
    package = tmp_path / "plugins" / "iopeer_devops_support"
    package.mkdir(parents=True)
    (manifest,), (code,) = blocks("toml"), blocks("python")
    (package / "__init__.py").touch()
    (package / "manifest.toml").write_text(manifest)
    (package / "plugin.py").write_text(code)
    info = tmp_path / "plugins" / "iopeer_devops_support-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: iopeer-devops-support\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[iopeer.plugins]\nsupport = iopeer_devops_support.plugin:SupportPlugin\n")
    (spec,) = blocks("markdown")
    (tmp_path / "spec.md").write_text(spec)
    (enabled,) = re.findall(r"`(plugins = \[.*?\])`", README)
    (tmp_path / "iopeer.toml").write_text(f"{enabled}\n")
    done = run("iopeer generate spec.md --check none", tmp_path, PYTHONPATH=str(package.parent))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "## Support\n\nQuestions about Library" in (tmp_path / "generated" / "README.md").read_text()


def test_every_target_of_make_that_it_names_is_there() -> None:
    listed = run("make help", ROOT).stdout
    named = set(re.findall(r"\bmake ([a-z-]+)", README)) - {"and"}
    assert {name for name in named if f"make {name} " not in listed} == set()
