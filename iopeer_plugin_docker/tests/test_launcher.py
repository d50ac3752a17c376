"""`iopeer up --with docker`: what it runs, and what it says where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.errors import UserError
from iopeer_core.tree.model import Tree
from iopeer_plugin_docker.launcher import up

FAKE = """#!/bin/sh
echo "docker $*" >>"{log}"
case "$1" in version) {version} ;; compose) {compose} ;; esac
"""


@pytest.fixture
def app(bare: Tree, tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    bare.write_to(folder)
    return folder


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def docker(path: Path, monkeypatch: pytest.MonkeyPatch, log: Path, *, version: str = ":", compose: str = ":") -> None:
    """A program `docker` that writes down what it is asked; the real one needs its engine."""
    path.mkdir()
    (path / "docker").write_text(FAKE.format(log=log, version=version, compose=compose))
    (path / "docker").chmod(0o755)
    monkeypatch.setenv("PATH", f"{path}:/usr/bin:/bin")


def test_it_makes_the_secrets_and_runs_compose(
    app: Path, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docker(tmp_path / "bin", monkeypatch, log)
    assert up(app) == 0
    assert "SECRET_KEY=" in (app / ".env").read_text()
    assert log.read_text().splitlines()[-1] == "docker compose up --build"


def test_its_exit_code_is_that_of_compose(
    app: Path, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docker(tmp_path / "bin", monkeypatch, log, compose='if [ "$2" = up ]; then exit 14; fi')
    assert up(app) == 14


def test_it_says_that_no_engine_answers(app: Path, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docker(tmp_path / "bin", monkeypatch, log, version="echo 'Is the daemon running?' >&2; exit 1")
    with pytest.raises(UserError, match="no Docker engine answers: Is the daemon running"):
        up(app)
    assert not (app / ".env").exists()


def test_it_says_that_docker_is_not_there(app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="Docker is not installed"):
        up(app)


def test_it_says_that_the_product_has_no_containers(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"has no docker-compose\.yml"):
        up(tmp_path)


def test_it_says_that_the_secrets_cannot_be_made(
    app: Path, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docker(tmp_path / "bin", monkeypatch, log)
    (app / ".env").mkdir()
    with pytest.raises(UserError, match=r"docker/init-env\.sh cannot make the secrets.*[Dd]irectory"):
        up(app)
    (app / "docker" / "init-env.sh").unlink()
    with pytest.raises(UserError, match=r"docker/init-env\.sh cannot make the secrets"):
        up(app)
