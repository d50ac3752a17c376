"""Compares the CPU time of a generated app's server with that of apps written by hand.

Usage: `make bench-throughput`, or `make bench-throughput ARGS="--rounds 3"` (nothing is written then). It generates the
app of spec.md, fills a real PostgreSQL, serves four apps from it and loads them in turn. The exit code is 1 where a
ratio is over its limit.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import os
import platform
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import geometric_mean
from uuid import UUID

import tomli
from iopeer_core.environments.python import Environment, python_environment

from benchmarks.throughput.client import Call, load, send
from benchmarks.throughput.servers import Server, serve
from tests.apps.postgres import postgres

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "benchmarks.md"
HEADING = "## Throughput of a generated backend"
ROUNDS = 20
CONNECTIONS = 32
MEMBER = 2
"""The id of the account that calls."""
GENERATED, BY_HAND, ORM, FLOOR = "generated", "written by hand", "ordinary ORM", "Starlette and asyncpg"
LIMITS = {BY_HAND: 1.1, ORM: 0.7}


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of request: how to make number n of it, its status, and how many make a round."""

    name: str
    call: Callable[[int, dict[str, str]], Call]
    status: int
    count: int


def _get(number: int, headers: dict[str, str]) -> Call:
    return Call("GET", f"/api/v1/tasks/{number * 37 % 10_000 + 1}", headers=headers)


def _list(number: int, headers: dict[str, str]) -> Call:
    return Call("GET", f"/api/v1/tasks?limit=50&offset={number * 50 % 5000}&count=true", headers=headers)


def _create(number: int, headers: dict[str, str]) -> Call:
    title, text = f"New task {number}", "What there is to do: a line of text, as people write it."
    body = {"title": title, "description": text, "status": "todo", "done": False, "due": "2026-05-01", "points": 7}
    return Call("POST", "/api/v1/tasks", body, headers)


JOBS = (Job("get", _get, 200, 200), Job("list 50", _list, 200, 100), Job("create", _create, 201, 200))


def main() -> int:
    """Measures, prints, writes; gives the exit code."""
    parser = argparse.ArgumentParser(description="Compare the CPU time of a generated app with that of others.")
    parser.add_argument("--rounds", type=int, help=f"how many; the figures are the least of them ({ROUNDS})")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="iopeer-bench-") as name, ExitStack() as stack:
        secret = secrets.token_urlsafe(32)
        headers = {"Authorization": f"Bearer {_token(secret)}"}
        servers = _start(stack, Path(name) / "app", secret, headers)
        _compare_answers(servers, headers)
        figures = _measure(servers, headers, rounds or ROUNDS)
    table, holds = _table(figures, [server.name for server in servers])
    print(table)
    if rounds is None:
        _write(table)
    return 0 if holds else 1


def _start(stack: ExitStack, app: Path, secret: str, headers: dict[str, str]) -> list[Server]:
    """Generate the app, fill the database, and start the four servers."""
    iopeer = Path(sys.executable).parent / "iopeer"
    command = [str(iopeer), "generate", str(HERE / "spec.md"), "--check", "none", "--out", str(app)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    environment = _environment(app)
    url = stack.enter_context(postgres()).database("throughput")
    variables = {"DATABASE_URL": url, "SECRET_KEY": secret, "ENVIRONMENT": "production"}
    for step in (["-m", "alembic", "upgrade", "head"], [str(HERE / "seed.py")]):
        ready = {**os.environ, **variables}
        subprocess.run([str(environment.python), *step], cwd=app, env=ready, check=True, stderr=subprocess.DEVNULL)
    apps = {
        GENERATED: ("backend.main:app", app),
        BY_HAND: ("handwritten:app", HERE / "apps"),
        ORM: ("orm:app", HERE / "apps"),
        FLOOR: ("floor:app", HERE / "apps"),
    }
    probe = _get(1, headers)
    return [
        stack.enter_context(serve(name, module, folder, environment.python, variables, probe))
        for name, (module, folder) in apps.items()
    ]


def _environment(app: Path) -> Environment:
    """What the generated app requires: the others need no more."""
    project = tomli.loads((app / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return python_environment(project["dependencies"], (app / "requirements.lock").read_text(encoding="utf-8"))


def _token(secret: str) -> str:
    """An access token of the account that calls, as the apps issue them (RFC 7519)."""
    now = int(time.time())
    claims = {"sub": str(MEMBER), "sid": str(UUID(int=MEMBER)), "type": "access", "iat": now, "exp": now + 3600}
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    signed = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    signature = hmac.digest(secret.encode(), signed, hashlib.sha256)
    return b".".join([signed, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def _compare_answers(servers: list[Server], headers: dict[str, str]) -> None:
    """Make sure that all but the floor answer alike, to what is right and to what is wrong.

    Raises:
        RuntimeError: two answers differ.
    """
    changing = {"id", "created_at", "updated_at", "detail", "errors", "request_id"}
    right = [job.call(7, headers) for job in JOBS]
    queries = (
        "sort=-due,title&q=99&limit=3",
        "points__gte=5&status__in=todo,done&title__contains=1&description__isnull=false",
    )
    right += [Call("GET", f"/api/v1/tasks?{query}", headers=headers) for query in queries]
    flaws: list[dict[str, object]] = [{"title": " "}, {"points": 101}, {"owner_id": 9999}, {"x": 1}]
    bodies: list[dict[str, object]] = [{}, *({"title": "a"} | flaw for flaw in flaws)]
    wrong = [Call("POST", "/api/v1/tasks", body, headers) for body in bodies]
    paths = ("?limit=101", "?x=1", "?sort=x", "?due__gte=5", "/0", "/999999")
    wrong += [Call("GET", f"/api/v1/tasks{path}", headers=headers) for path in paths]
    wrong += [Call("GET", "/api/v1/tasks/1"), Call("GET", "/api/v1/tasks/1", headers={"Authorization": "Bearer x"})]
    for call in [*right, *wrong]:
        answers = []
        for server in servers:
            if server.name != FLOOR:
                answer = send(server.port, call)
                answers.append((answer.status, {k: v for k, v in answer.body.items() if k not in changing}))
        if any(answer != answers[0] for answer in answers) or (answers[0][0] >= 400) != (call in wrong):
            raise RuntimeError(f"{call.method} {call.path} {call.body} is answered differently: {answers}")


def _measure(servers: list[Server], headers: dict[str, str], rounds: int) -> dict[tuple[str, str], list[float]]:
    """Microseconds of CPU per request, by app and kind of request, one per round; the apps take turns."""
    figures: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds + 1):
        turn = number % len(servers)
        for job in JOBS:
            calls = [job.call(each, headers) for each in range(job.count)]
            for server in [*servers[turn:], *servers[:turn]]:
                before = server.cpu()
                load(server.port, calls, CONNECTIONS, job.status)
                if number:  # the first round warms up
                    figures.setdefault((server.name, job.name), []).append((server.cpu() - before) / job.count)
    return figures


def _table(figures: dict[tuple[str, str], list[float]], names: list[str]) -> tuple[str, bool]:
    """The table of the least figures, and whether the ratios are within their limits."""
    least = {key: min(values) for key, values in figures.items()}
    heads = ["", *(job.name for job in JOBS), "generated against it", "limit", "holds"]
    rows = [heads, ["---"] * len(heads)]
    holds = True
    for name in names:
        ratios = [least[GENERATED, job.name] / least[name, job.name] for job in JOBS]
        ratio, limit = geometric_mean(ratios), LIMITS.get(name)
        within = limit is None or ratio <= limit
        holds = holds and within
        verdict = ["", ""] if limit is None else [f"≤ {limit} ×", "yes" if within else "**no**"]
        told = "" if name == GENERATED else f"{ratio:.2f} × ({', '.join(f'{each:.2f}' for each in ratios)})"
        rows.append([name, *(f"{least[name, job.name]:.0f}" for job in JOBS), told, *verdict])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows), holds


def _write(table: str) -> None:
    """Put the section at the end of the page, in the place of the last one."""
    before = PAGE.read_text(encoding="utf-8").partition(HEADING)[0].rstrip() if PAGE.exists() else "# Benchmarks"
    PAGE.write_text(f"{before}\n\n{_section(table)}", encoding="utf-8")


def _section(table: str) -> str:
    return f"""{HEADING}

Made by `make bench-throughput`, on {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}.

Microseconds of CPU of the server process per request, as the kernel counts them; database and client not included:

{table}

The full job each time: a JWT checked, the account looked up; one row with its link, 50 of 10,000 rows with their links
and the count, or one row created. One uvicorn worker, {CONNECTIONS} connections, PostgreSQL, a bounded number of
requests over the loopback interface. The four servers run at the same time and are loaded in turn; each figure is the
least of {ROUNDS} rounds after one that warms up, since whatever else the machine does only adds to it. Ratios are
geometric means of get, list and create, with the three in brackets.

- **generated**: the app of [spec.md](../benchmarks/throughput/spec.md), as `iopeer generate` makes it.
- **written by hand**: [handwritten.py](../benchmarks/throughput/apps/handwritten.py), the same style for this one app,
  as fast as that goes: one middleware, statements of its own, one INSERT that returns the whole answer.
- **ordinary ORM**: [orm.py](../benchmarks/throughput/apps/orm.py), mapped objects, an `AsyncSession` per request,
  `selectinload`.
- **Starlette and asyncpg**: [floor.py](../benchmarks/throughput/apps/floor.py), which validates nothing.

The first three validate alike: before the measure, the run compares their answers to right and wrong requests.
"""


if __name__ == "__main__":
    sys.exit(main())
