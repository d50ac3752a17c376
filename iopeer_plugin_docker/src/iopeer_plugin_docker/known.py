"""The ecosystems and services that the plugin knows: bases, commands, health checks."""

from __future__ import annotations

from iopeer_plugin_docker.contributions import Ecosystem, ServiceImage

NGINX = "nginxinc/nginx-unprivileged:1.28-alpine"
UV = "uv==0.13.9"
"""Installs the packages of Python, in the stage that builds alone."""
_UV_INSTALL = "uv pip install --python .venv/bin/python --compile-bytecode --no-cache --requirement {manifest}"
_ASK_PYTHON = (
    "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('{url}', timeout=4)"
)
"""Asks without the proxy that HTTP_PROXY names: what is asked is the container itself."""
_ASK_NODE = (
    "const http = require('node:http'); http.get('{url}', { agent: new http.Agent() }, (answer) => "
    "process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"
)
"""The same: an agent of one's own knows no proxy."""
BACKUP = """The database is in a volume. To keep a copy, and to put one back:

```sh
docker compose exec -T {name} pg_dump --username app --format custom app > backup.dump
docker compose exec -T {name} pg_restore --username app --dbname app --clean --if-exists < backup.dump
```"""

PYTHON = Ecosystem(
    name="python",
    image="python:3.13-slim-trixie",
    install=(
        f"pip install --no-cache-dir {UV}",
        "uv venv .venv",
        f"{_UV_INSTALL} --constraint {{lock}}",
    ),
    install_unlocked=(f"pip install --no-cache-dir {UV}", "uv venv .venv", _UV_INSTALL),
    packages=".venv",
    programs=".venv/bin",
    probe=("python", "-c", _ASK_PYTHON),
    variables=(("PYTHONDONTWRITEBYTECODE", "1"), ("PYTHONUNBUFFERED", "1")),
)
NODE = Ecosystem(
    name="node",
    image="node:24-trixie-slim",
    install=("npm ci --prefix {root} --no-audit --no-fund",),
    install_unlocked=("npm install --prefix {root} --no-audit --no-fund",),
    packages="{root}/node_modules",
    programs="{root}/node_modules/.bin",
    probe=("node", "-e", _ASK_NODE),
    prune=("npm prune --prefix {root} --omit=dev --no-audit --no-fund",),
    variables=(("NODE_ENV", "production"),),
)
POSTGRESQL = ServiceImage(
    kind="postgresql",
    image="postgres:{version}-trixie",
    version="17",
    url="postgresql://app@{name}:{port}/app",
    variables=(("PGPASSWORD", "${POSTGRES_PASSWORD}"),),  # in an address, some characters mean something else
    health=("pg_isready", "--quiet", "--username", "app", "--dbname", "app", "--host", "127.0.0.1"),
    environment=(("POSTGRES_DB", "app"), ("POSTGRES_USER", "app"), ("POSTGRES_PASSWORD", "${POSTGRES_PASSWORD}")),
    user="postgres",
    volume="/var/lib/postgresql/data",
    scratch=("/tmp", "/var/run/postgresql"),  # noqa: S108 - of the container
    secrets=("POSTGRES_PASSWORD",),
    hint=BACKUP,
)
