"""The deterministic fixer: what a failing check says in so many words, it mends; it never guesses.

- Python that ruff's safe fixes put right (an unused import, a wrong order, an old spelling);
- an import whose distribution is missing from `pyproject.toml`, where the distribution is one of `DISTRIBUTIONS`:
  a name that is only likely would be somebody else's package.
"""

from __future__ import annotations

import re

import tomlkit
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.runs.report import Report
from iopeer_core.tree.model import Patch, Tree

from iopeer_plugin_fastapi.language import ruff_fix

MANIFEST = "pyproject.toml"
DISTRIBUTIONS = {
    "aiofiles": "aiofiles",
    "aiosmtplib": "aiosmtplib",
    "anyio": "anyio",
    "babel": "babel",
    "bleach": "bleach",
    "boto3": "boto3",
    "cachetools": "cachetools",
    "celery": "celery",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "email_validator": "email-validator",
    "httpx": "httpx",
    "itsdangerous": "itsdangerous",
    "jinja2": "jinja2",
    "limits": "limits",
    "markdown_it": "markdown-it-py",
    "multipart": "python-multipart",
    "nh3": "nh3",
    "orjson": "orjson",
    "PIL": "pillow",
    "phonenumbers": "phonenumbers",
    "prometheus_client": "prometheus-client",
    "psycopg": "psycopg",
    "pydantic_settings": "pydantic-settings",
    "python_multipart": "python-multipart",
    "redis": "redis",
    "requests": "requests",
    "slugify": "python-slugify",
    "stripe": "stripe",
    "structlog": "structlog",
    "yaml": "pyyaml",
    "tzdata": "tzdata",
}
_MISSING = re.compile(r"ModuleNotFoundError: No module named '([A-Za-z_][A-Za-z0-9_]*)")


def mend(report: Report, tree: Tree, blueprint: Blueprint) -> Patch | None:  # noqa: ARG001 - the hook's signature
    """A patch for what failed, or None where nothing is known to help.

    Args:
        report: a report with failures.
        tree: the tree that it is about.
        blueprint: the plan.
    """
    log = "\n".join(result.log for result in report.failures)
    missing = sorted({DISTRIBUTIONS[name] for name in _MISSING.findall(log) if name in DISTRIBUTIONS})
    if missing and (manifest := _require(tree, missing)):
        return Patch(write={MANIFEST: manifest}, note=f"requires {', '.join(missing)}")
    sources = {path: tree[path].content for path in tree if path.endswith(".py")}
    changed = {path: content for path, content in ruff_fix(sources).items() if content != sources[path]}
    return Patch(write=changed, note="ruff's safe fixes") if changed else None


def _require(tree: Tree, distributions: list[str]) -> bytes | None:
    """`pyproject.toml` with the distributions added to its dependencies; None where they stand there already."""
    if MANIFEST not in tree:
        return None
    document = tomlkit.parse(tree[MANIFEST].text)
    dependencies = document["project"]["dependencies"]
    known = {re.split(r"[\[<>=!~ ;]", str(item), maxsplit=1)[0].lower() for item in dependencies}
    added = [name for name in distributions if name not in known]
    for name in added:
        dependencies.append(name)
    return tomlkit.dumps(document).encode() if added else None
