"""The ecosystems that the core knows, and how components find theirs."""

from __future__ import annotations

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Component, Ecosystem
from iopeer_core.errors import PluginError

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
PYTHON = Ecosystem(
    name="python",
    default=True,
    environment="iopeer_core.environments.provide:python",
    image="python:3.13-slim-trixie",
    install=(
        f"pip install --no-cache-dir {UV}",
        "uv venv .venv",
        f"{_UV_INSTALL} --constraint {{lock}}",
    ),
    install_unlocked=(f"pip install --no-cache-dir {UV}", "uv venv .venv", _UV_INSTALL),
    develop=("python -m venv .venv", ".venv/bin/python -m pip install --quiet --requirement {lock}"),
    packages=".venv",
    programs=".venv/bin",
    probe=("python", "-c", _ASK_PYTHON),
    variables=(("PYTHONDONTWRITEBYTECODE", "1"), ("PYTHONUNBUFFERED", "1")),
)
NODE = Ecosystem(
    name="node",
    default=True,
    environment="iopeer_core.environments.provide:node",
    image="node:24-trixie-slim",
    install=("npm ci --prefix {root} --no-audit --no-fund",),
    install_unlocked=("npm install --prefix {root} --no-audit --no-fund",),
    packages="{root}/node_modules",
    programs="{root}/node_modules/.bin",
    probe=("node", "-e", _ASK_NODE),
    prune=("npm prune --prefix {root} --omit=dev --no-audit --no-fund",),
    variables=(("NODE_ENV", "production"),),
)
KNOWN = (NODE, PYTHON)


def ecosystem_of(component: Component, blueprint: Blueprint) -> Ecosystem:
    """How a component is set up on this machine; of a plan that an older version made, as the core knows it.

    Raises:
        PluginError: nobody says so.
    """
    known = {each.name: each for each in (*KNOWN, *blueprint.all(Ecosystem))}
    found = known.get(component.ecosystem)
    if found is None or not found.environment:
        raise PluginError(
            f"nobody says how {component.name!r}, of the ecosystem {component.ecosystem!r}, is set up on this machine",
            how="a plugin can, by an Ecosystem with an environment; `--check none` generates without testing",
        )
    return found
