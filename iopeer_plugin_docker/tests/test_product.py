"""What the plugin makes of a plan: of the examples, and of what other plugins contribute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from iopeer_core.blueprint.contributions import Component, Ecosystem, EnvVar, File, Process, Service, Task
from iopeer_core.errors import PluginError
from iopeer_core.kit import generate
from iopeer_core.tree.model import Tree
from iopeer_plugin_docker.contributions import ServiceImage, SystemPackage
from ruamel.yaml import YAML

from .conftest import EXAMPLES, Make

TreeWith = Callable[..., Tree]
PLUGINS = ("docker", "fastapi")


def compose(tree: Tree) -> Mapping[str, Any]:
    """The services of the compose file."""
    services: Mapping[str, Any] = YAML(typ="safe").load(tree["docker-compose.yml"].text)["services"]
    return services


def test_everything_that_runs_waits_for_what_it_needs(tree: Tree) -> None:
    services = compose(tree)
    order = {name: {one: how["condition"] for one, how in each.get("depends_on", {}).items()}
             for name, each in services.items()}  # fmt: skip
    assert order == {
        "db": {},
        "migrate": {"db": "service_healthy"},
        "seed": {"db": "service_healthy", "migrate": "service_completed_successfully"},
        "backend": {"db": "service_healthy", "seed": "service_completed_successfully"},
        "frontend": {"backend": "service_healthy"},
        "proxy": {"frontend": "service_healthy"},
    }
    assert {name for name, each in services.items() if each["restart"] == "no"} == {"migrate", "seed"}


def test_one_service_alone_is_reached_from_outside(tree: Tree, bare: Tree) -> None:
    assert {name: each["ports"] for name, each in compose(tree).items() if "ports" in each} == {
        "proxy": ["${LISTEN:-127.0.0.1:3000}:8080"]
    }
    assert {name: each["ports"] for name, each in compose(bare).items() if "ports" in each} == {
        "backend": ["${LISTEN:-127.0.0.1:8000}:8000"]
    }
    assert "proxy" not in compose(bare)
    assert "docker/nginx.conf" not in bare


def test_containers_may_do_little(tree: Tree) -> None:
    for name, each in compose(tree).items():
        assert each["read_only"], name
        assert each["cap_drop"] == ["ALL"], name
        assert each["security_opt"] == ["no-new-privileges:true"], name
    for path in ("backend/Dockerfile", "frontend/Dockerfile"):
        lines = tree[path].text.splitlines()
        assert "USER 65532:65532" in lines
        assert not [line for line in lines if line.startswith("FROM") and ":" not in line]
        assert "HEALTHCHECK" in tree[path].text
        assert "curl" not in tree[path].text


def test_settings_reach_those_that_they_are_for(tree: Tree) -> None:
    services = compose(tree)
    backend, frontend = services["backend"]["environment"], services["frontend"]["environment"]
    assert backend["ENVIRONMENT"] == "production"
    assert backend["DATABASE_URL"].endswith("@db:5432/app")
    assert frontend["API_URL"] == "http://backend:8000"
    assert backend["FRONTEND_URL"] == "${FRONTEND_URL:-http://localhost:3000}"  # mails lead browsers there
    assert "SECRET_KEY" not in frontend
    assert "POSTGRES_PASSWORD" not in backend
    assert services["seed"]["environment"] == backend


def test_the_proxies_before_what_people_reach_are_counted(tree: Tree, bare: Tree) -> None:
    services = compose(tree)
    assert services["frontend"]["environment"]["FRONTEND_PROXIES"] == "${FRONTEND_PROXIES:-1}"  # the NGINX
    assert services["backend"]["environment"]["API_PROXIES"] == "${API_PROXIES:-0}"
    assert services["backend"]["environment"]["PROXY_KEY"] == services["frontend"]["environment"]["PROXY_KEY"]
    assert "`FRONTEND_PROXIES=2`" in tree["README.md"].text
    assert compose(bare)["backend"]["environment"]["API_PROXIES"] == "${API_PROXIES:-0}"
    assert "--no-proxy-headers" in tree["backend/Dockerfile"].text
    assert not [path for path, file in tree.files.items() if b"FORWARDED_ALLOW_IPS" in file.content]


def test_a_setting_of_no_component_is_for_all_of_them(tree_with: TreeWith) -> None:
    tree = tree_with(EnvVar(name="REGION", value="eu"))
    for name in ("backend", "frontend"):
        assert compose(tree)[name]["environment"]["REGION"] == "${REGION:-eu}"
    assert "REGION=" in tree["frontend/Dockerfile"].text  # it is built with it


def test_defaults_stay_what_they_are(tree_with: TreeWith) -> None:
    tree = tree_with(EnvVar(name="PRICE", value="5 $ {net", components=("backend",)))
    assert compose(tree)["backend"]["environment"]["PRICE"] == "${PRICE:-5 $$ {net}"
    with pytest.raises(PluginError, match="the default of LIMITS has a brace"):
        tree_with(EnvVar(name="LIMITS", value='{"a": 1}', components=("backend",)))


def test_the_web_application_is_its_server_alone(tree: Tree) -> None:
    text = tree["frontend/Dockerfile"].text
    stage = text[text.rindex("FROM ") :]
    assert 'CMD ["node", "server.js"]' in stage
    assert "node_modules" not in stage
    assert "npm" not in stage


def test_images_are_built_from_what_they_hold_and_nothing_else(tree: Tree) -> None:
    lines = tree[".dockerignore"].text.splitlines()
    assert lines[1] == "*"
    kept = {line[1:] for line in lines if line.startswith("!")}
    assert kept == {"alembic.ini", "backend", "frontend", "pyproject.toml", "requirements.lock"}
    assert {"**/.env*", "**/node_modules"} <= set(lines)


def test_a_worker_of_another_plugin_gets_its_place(tree_with: TreeWith) -> None:
    tree = tree_with(
        Process(name="mailer", component="backend", command=("python", "-m", "backend.mailer"), needs=("db",)),
        SystemPackage(component="backend", name="ghostscript"),
    )
    mailer = compose(tree)["mailer"]
    assert mailer["image"] == compose(tree)["backend"]["image"]
    assert mailer["command"] == ["python", "-m", "backend.mailer"]
    assert mailer["depends_on"].keys() == {"db", "seed"}
    assert mailer["healthcheck"] == {"disable": True}
    assert "ports" not in mailer
    assert "build" not in mailer
    assert "ghostscript" in tree["backend/Dockerfile"].text


def test_a_component_of_another_plugin_gets_its_image(tree_with: TreeWith) -> None:
    tree = tree_with(
        Component(name="relay", root="relay", ecosystem="node", manifest="relay/package.json"),
        Process(name="relay", component="relay", command=("node", "relay/main.mjs", "{host}", "{port}"), port=9000),
        EnvVar(name="BACKEND", address_of="backend", components=("relay",)),
    )
    relay = compose(tree)["relay"]
    assert relay["environment"] == {"BACKEND": "http://backend:8000"}
    assert relay["ports"] == ["127.0.0.1:9000:9000"]
    dockerfile = tree["relay/Dockerfile"].text
    assert "npm install --prefix relay" in dockerfile
    assert 'CMD ["node", "relay/main.mjs", "0.0.0.0", "9000"]' in dockerfile
    assert "!relay" in tree[".dockerignore"].text


def test_other_ecosystems_and_services_are_data(tree_with: TreeWith) -> None:
    tree = tree_with(
        Ecosystem(name="ruby", image="ruby:3.4-slim-trixie", install=("bundle install",), install_unlocked=("gem",),
                  packages="vendor", programs="bin", probe=("ruby", "{url}")),
        Component(name="jobs", root="jobs", ecosystem="ruby", manifest="jobs/Gemfile"),
        Task(name="index", component="jobs", command=("rake", "index"), order=90),
        Service(name="cache", kind="valkey", port=6379),
        ServiceImage(kind="valkey", image="valkey/valkey:{version}-trixie", version="8", url="redis://{name}:{port}",
                     health=("valkey-cli", "ping")),
        EnvVar(name="CACHE_URL", value="memory://", service="cache", components=("backend",)),
    )  # fmt: skip
    services = compose(tree)
    assert services["cache"]["image"] == "valkey/valkey:8-trixie"
    assert services["backend"]["environment"]["CACHE_URL"] == "redis://cache:6379"
    assert {"cache", "index"} <= services["backend"]["depends_on"].keys()
    assert services["index"]["build"]["dockerfile"] == "jobs/Dockerfile"
    assert "FROM ruby:3.4-slim-trixie" in tree["jobs/Dockerfile"].text


def test_what_nobody_knows_is_said(tree_with: TreeWith) -> None:
    with pytest.raises(PluginError, match=r"'jobs', of the ecosystem 'cobol'"):
        tree_with(
            Component(name="jobs", root="jobs", ecosystem="cobol"),
            Process(name="jobs", component="jobs", command=("run",)),
        )
    with pytest.raises(PluginError, match=r"the service 'queue' of the kind 'smoke signals'"):
        tree_with(Service(name="queue", kind="smoke signals"))
    tree_with(Service(name="queue", kind="smoke signals", optional=True))


def test_names_that_meet_are_said(tree_with: TreeWith) -> None:
    with pytest.raises(PluginError, match="'proxy' is twice"):
        tree_with(Process(name="proxy", component="backend", command=("true",)))


def test_bases_are_the_projects_to_choose() -> None:
    spec = EXAMPLES / "todo" / "spec.md"
    digest = f"python:3.13-slim-trixie@sha256:{'a' * 64}"
    tree = generate(
        spec, PLUGINS, settings={"docker": {"images": {"python": digest, "postgresql": "postgres:18"}}}
    ).tree
    assert tree["backend/Dockerfile"].text.count(f"FROM {digest}") == 2
    assert compose(tree)["db"]["image"] == "postgres:18"
    with pytest.raises(PluginError, match=r"is for 'pyton', which nothing is"):
        generate(spec, PLUGINS, settings={"docker": {"images": {"pyton": digest}}})


def test_the_readme_says_how(tree: Tree) -> None:
    assert "docker compose up --build" in tree["README.md"].text
    assert "sh docker/init-env.sh" in tree["README.md"].text
    assert max(map(len, tree["README.md"].text.splitlines())) < 400
    assert tree["docker/init-env.sh"].mode == 0o755


def test_nothing_names_the_generator(tree: Tree) -> None:
    ours = [path for path, entry in tree.files.items() if entry.author == "docker"]
    assert len(ours) == 6
    assert not [path for path in ours if "iopeer" in tree[path].text.lower()]


def test_what_another_plugin_contributes_in_place_of_a_default_wins(made_with: Make) -> None:
    rivals = (
        EnvVar(name="LOG_LEVEL", value="DEBUG"),
        Service(name="db", kind="postgresql", version="18"),
        File(path="backend/Dockerfile", template="mine"),
        File(path="docker-compose.yml", template="mine"),
    )
    made = made_with(*rivals)
    for rival in rivals:
        found = [one for one in made.blueprint.contributions if type(one.value) is type(rival)]
        assert [(one.plugin, one.value) for one in found if one.value.key == rival.key] == [("other", rival)]
    assert made.tree["backend/Dockerfile"].text == "mine\n"
    assert "LOG_LEVEL=DEBUG\n" in made.tree[".env.example"].text
