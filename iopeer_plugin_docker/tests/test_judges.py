"""What others say of the generated files: hadolint, the schema of compose files, NGINX, docker-compose, a shell."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import pytest
from iopeer_core.blueprint.contributions import Ecosystem
from iopeer_core.environments.ecosystems import NODE, PYTHON
from iopeer_core.tree.model import Tree
from ruamel.yaml import YAML

BIN = Path(sys.executable).parent
Done = subprocess.CompletedProcess[str]


def run(*command: object, folder: Path, **variables: str) -> Done:
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=folder, env={"PATH": "/usr/sbin:/usr/bin:/bin", **variables}, capture_output=True,
                          text=True, check=False)  # fmt: skip


def said(done: Done) -> str:
    return done.stdout + done.stderr


@pytest.fixture(params=["tree", "bare"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    tree: Tree = request.getfixturevalue(request.param)
    tree.write_to(tmp_path)
    return tmp_path


def test_hadolint_finds_nothing(app: Path) -> None:
    found = sorted(app.glob("*/Dockerfile"))
    assert found
    done = run(BIN / "hadolint", "--failure-threshold", "style", *found, folder=app)
    assert (done.returncode, said(done)) == (0, "")


def test_hadolint_can_find_something(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM python\nRUN pip install uv\n")
    assert run(BIN / "hadolint", "Dockerfile", folder=tmp_path).returncode == 1


def test_the_compose_file_has_the_form_of_one(app: Path) -> None:
    judge = (BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec")
    done = run(*judge, "docker-compose.yml", folder=app)
    assert done.returncode == 0, said(done)
    file = app / "docker-compose.yml"
    file.write_text(file.read_text().replace("service_healthy", "service_happy"))
    assert run(*judge, "docker-compose.yml", folder=app).returncode == 1


def test_the_secrets_are_made_once_and_for_their_owner_alone(app: Path) -> None:
    (app / ".env").write_text("LOG_LEVEL=DEBUG\nSECRET_KEY=")
    (app / ".env").chmod(0o644)
    first = run("sh", "docker/init-env.sh", folder=app)
    assert (first.returncode, said(first)) == (0, "")
    env = (app / ".env").read_text()
    assert env.startswith("LOG_LEVEL=DEBUG\n")
    made = dict(line.split("=", 1) for line in env.splitlines())
    assert made.keys() == {"LOG_LEVEL", "SECRET_KEY", "POSTGRES_PASSWORD"} | ({"PROXY_KEY"} & made.keys())
    assert len(made["SECRET_KEY"]) == len(made["POSTGRES_PASSWORD"]) == 64
    assert made["SECRET_KEY"] != made["POSTGRES_PASSWORD"]
    assert (app / ".env").stat().st_mode & 0o777 == 0o600
    assert run("sh", str(app / "docker/init-env.sh"), folder=Path("/")).returncode == 0
    assert (app / ".env").read_text() == env


@pytest.mark.slow
def test_nginx_takes_its_settings(tree: Tree, tmp_path: Path, installed: Callable[[str], str]) -> None:
    Tree({"docker/nginx.conf": tree["docker/nginx.conf"]}).write_to(tmp_path)
    done = run(installed("nginx"), "-t", "-c", tmp_path / "docker/nginx.conf", folder=tmp_path)
    assert done.returncode == 0, said(done)


@pytest.mark.slow
def test_docker_compose_reads_it(app: Path, installed: Callable[[str], str]) -> None:
    compose = installed("docker-compose")
    without = run(compose, "config", folder=app)
    assert without.returncode != 0
    assert "docker/init-env.sh" in said(without)
    (app / ".env").write_text("POSTGRES_PASSWORD='p@ss/%40:w#rd'\n")  # whatever somebody chose
    run("sh", "docker/init-env.sh", folder=app)
    done = run(compose, "config", folder=app)
    assert done.returncode == 0, said(done)
    services = YAML(typ="safe").load(done.stdout)["services"]
    assert services["db"]["environment"]["POSTGRES_PASSWORD"] == "p@ss/%40:w#rd"
    assert services["backend"]["environment"]["PGPASSWORD"] == "p@ss/%40:w#rd"
    assert services["backend"]["environment"]["DATABASE_URL"] == "postgresql://app@db:5432/app"


@pytest.mark.parametrize("ecosystem", [PYTHON, NODE], ids=lambda one: one.name)
def test_health_is_asked_of_the_container_itself(ecosystem: Ecosystem, tmp_path: Path) -> None:
    (tmp_path / "health").touch()
    serve = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    nowhere = dict.fromkeys(("HTTP_PROXY", "http_proxy"), "http://127.0.0.1:9") | {"NODE_USE_ENV_PROXY": "1"}
    with HTTPServer(("127.0.0.1", 0), serve) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        for path, code in (("/health", 0), ("/ready", 1)):
            url = f"http://127.0.0.1:{server.server_port}{path}"
            command = [word.replace("{url}", url) for word in ecosystem.probe]
            command[0] = sys.executable if ecosystem is PYTHON else str(shutil.which("node"))
            assert run(*command, folder=tmp_path, **nowhere).returncode == code
        server.shutdown()


def test_no_secret_is_in_the_tree(tree: Tree) -> None:
    assert ".env" not in tree
    assert "POSTGRES_PASSWORD" in tree[".env.example"].text
    for path in ("docker-compose.yml", "backend/Dockerfile", "frontend/Dockerfile"):
        assert "SECRET_KEY=" not in tree[path].text
    assert json.dumps(tree["docker-compose.yml"].text).count("POSTGRES_PASSWORD:?") == 2
