"""Holds generated apps against judges from outside, as they run: schemathesis, bandit, wapiti.

    make judge                                  # tracker and biblioteca, SQLite and PostgreSQL, at most 30 minutes
    make judge ARGS="--apps todo --examples 10 --judges schemathesis"

Each app is generated, started on a free port of 127.0.0.1, and called as its first account. Schemathesis runs every
check it has on every operation; bandit reads the backend; wapiti attacks what `/openapi.json` names. The logs are kept
in `.judge/`. Exit code 1 when any of them finds something.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from iopeer_core.environments.python import Environment, python_environment  # noqa: E402 - after the path is set

from tests.apps.generate import environment_of, generate  # noqa: E402 - after the path is set
from tests.apps.postgres import Server, postgres  # noqa: E402 - after the path is set
from tests.apps.running import Running, running  # noqa: E402 - after the path is set

ACCEPTED = """[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "429", "5xx"]
"""
"""A document can tell the form of an `If-Match`, not which one holds: 412 is no refusal of valid data."""
PINNED = {"schemathesis": "schemathesis==4.32.5", "bandit": "bandit==1.9.4", "wapiti": "wapiti3==3.2.3"}
ATTACKS = "backup,cookieflags,crlf,csp,exec,file,http_headers,ldap,methods,permanentxss,redirect,sql,timesql,xss"
"""Wapiti's modules that need nothing but the app itself."""
KEPT = ROOT / ".judge"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one judge says of one app."""

    app: str
    database: str
    judge: str
    found: str  # empty: nothing
    seconds: float
    log: Path


def main() -> int:
    """Run what the command line asks for; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--apps", nargs="+", default=["tracker", "biblioteca"], help="examples, or paths of specs")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--judges", nargs="+", default=list(PINNED), choices=list(PINNED))
    parser.add_argument("--examples", type=int, default=100, help="of schemathesis, per operation")
    parser.add_argument("--seed", type=int, default=1, help="of schemathesis")
    parser.add_argument("--seconds", type=int, default=120, help="of wapiti, per app")
    options = parser.parse_args()
    KEPT.mkdir(exist_ok=True)
    verdicts = []
    with tempfile.TemporaryDirectory(prefix="judge-") as folder, postgres() as server:
        for verdict in judged(Path(folder), server, options):
            print(f"{_row(verdict)}  {verdict.log.relative_to(ROOT)}", flush=True)
            verdicts.append(verdict)
    found = [verdict for verdict in verdicts if verdict.found]
    print(f"\n{len(verdicts)} verdicts, {len(found)} found something")
    return 1 if found else 0


def judged(folder: Path, server: Server, options: argparse.Namespace) -> Iterator[Verdict]:
    """Every judge on every app and database, one after the other."""
    for wanted in options.apps:
        example = ROOT / "examples" / wanted / "spec.md"
        given, name = (example, wanted) if example.exists() else (Path(wanted), Path(wanted).stem)
        app = folder / name
        spec = shutil.copy(given, folder / f"{name}.md")
        generate(Path(spec), app)
        environment = environment_of(app)
        if "bandit" in options.judges:
            yield _timed(name, "-", "bandit", partial(bandit, app))
        for database in options.databases:
            url = f"sqlite:///{folder}/{name}.db" if database == "sqlite" else server.database(name)
            yield from _running(name, database, url, app, environment, options)


def _running(
    name: str, database: str, url: str, app: Path, environment: Environment, options: argparse.Namespace
) -> Iterator[Verdict]:
    """The judges that call the app; wapiti on the first database alone, since it is the same code."""
    with running(app, environment, url) as served:
        token = served.first_token()
        if "wapiti" in options.judges and database == options.databases[0]:
            yield _timed(name, database, "wapiti", partial(wapiti, served, token, options.seconds))
        if "schemathesis" in options.judges:
            yield _timed(name, database, "schemathesis", partial(schemathesis, served, token, options))


def _timed(app: str, database: str, judge: str, call: Callable[[Path], str]) -> Verdict:
    log = KEPT / f"{app}.{database}.{judge}.txt".replace(".-.", ".")
    began = time.monotonic()
    print(f"{judge} on {app} …", file=sys.stderr, flush=True)
    found = call(log)
    return Verdict(app, database, judge, found, time.monotonic() - began, log)


def _row(verdict: Verdict) -> str:
    said = verdict.found or "nothing"
    return f"{verdict.app:12} {verdict.database:11} {verdict.judge:13} {verdict.seconds:5.0f} s  {said}"


def _tool(name: str) -> Path:
    return python_environment([PINNED[name]]).bin / name


def _logged(command: list[str | Path], folder: Path, log: Path) -> int:
    variables = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            command, cwd=folder, env={**variables, "NO_COLOR": "1", "COLUMNS": "120"}, stdout=out,
            stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    return done.returncode


def schemathesis(served: Running, token: str, options: argparse.Namespace, log: Path) -> str:
    """Every check on every operation, as the first account."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "schemathesis.toml").write_text(ACCEPTED, encoding="utf-8")
        command: list[str | Path] = [_tool("schemathesis"), "run", f"{served.url}/openapi.json"]
        command += ["--header", f"Authorization: Bearer {token}", "--checks", "all"]
        command += ["--max-examples", str(options.examples), "--seed", str(options.seed)]
        command += ["--continue-on-failure", "--generation-database", "none"]
        code = _logged(command, Path(folder), log)
    text = log.read_text(encoding="utf-8")
    kinds = re.findall(r"❌ (ST\d+ .*: \d+)", text)
    return "; ".join(kinds) or ("" if code == 0 else f"exit code {code}")


def bandit(app: Path, log: Path) -> str:
    """The backend's code."""
    code = _logged([_tool("bandit"), "-r", "backend", "-q"], app, log)
    issues = re.findall(r">> Issue: \[(\S+)", log.read_text(encoding="utf-8"))
    return ", ".join(sorted(set(issues))) or ("" if code == 0 else f"exit code {code}")


def wapiti(served: Running, token: str, seconds: int, log: Path) -> str:
    """What `/openapi.json` names, attacked; nothing above informational may come of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "openapi.json").write_text(json.dumps(served.call("/openapi.json")), encoding="utf-8")
        command: list[str | Path] = [_tool("wapiti"), "-u", f"{served.url}/", "--swagger", folder / "openapi.json"]
        command += ["-m", ATTACKS, "-H", f"Authorization: Bearer {token}", "--scope", "folder", "--no-bugreport"]
        command += [
            "--max-scan-time",
            str(seconds),
            "--max-attack-time",
            str(seconds // 10),
            "--flush-session",
            "--endpoint",
            "http://127.0.0.1:9",
        ]
        command += ["--store-session", folder / "session", "--store-config", folder / "config"]
        command += ["-f", "json", "-o", folder / "report.json"]
        code = _logged(command, folder, log)
        if not (folder / "report.json").exists():
            return f"no report, exit code {code}"
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    found = [
        f"{what}: {len(items)}"
        for part in ("vulnerabilities", "anomalies")
        for what, all_ in report[part].items()
        if (items := [item for item in all_ if item["level"] > 0])
    ]
    with log.open("a", encoding="utf-8") as out:
        out.write(json.dumps(report, indent=1))
    return "; ".join(found)


if __name__ == "__main__":
    sys.exit(main())
