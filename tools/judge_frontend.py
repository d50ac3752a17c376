"""Holds a generated frontend against judges from outside, as it runs in production: Lighthouse and an observatory.

    make judge-frontend                                # the tracker, three runs of Lighthouse per page
    make judge-frontend ARGS="--app biblioteca --entity books --runs 1"

The app is generated, built, served on free ports of 127.0.0.1 and filled with the rows of its pictures. Its scripts are
counted; Lighthouse looks at signing in, the dashboard, a table and a form, on a desktop and on a phone; Mozilla's HTTP
observatory looks at its headers behind a proxy that ends TLS. Exit code 1 where a limit does not hold. Wants a Chromium
(`PLAYWRIGHT_CHROMIUM` names one) and openssl, and for times that mean something a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from iopeer_core.blueprint.contributions import Operation  # noqa: E402 - after the path is set
from iopeer_core.environments.node import link_tree, node, node_modules  # noqa: E402 - after the path is set
from iopeer_core.launch.demo import api_address, demo_account  # noqa: E402 - after the path is set
from iopeer_core.launch.folder import Folder, open_folder  # noqa: E402 - after the path is set
from iopeer_core.launch.product import Product  # noqa: E402 - after the path is set
from iopeer_core.launch.settings import fresh_settings  # noqa: E402 - after the path is set

from benchmarks.scripts import BUDGET, KIB, scripts  # noqa: E402 - after the path is set

JUDGES = ROOT / "tools" / "judges"
PERFORMANCE = 95
"""Of 100, on a desktop; the other categories must be 100."""
BEST = "A+"
LONG = "720"  # minutes that the session lives


@dataclass(frozen=True, slots=True)
class Judges:
    """The judges' folder, with their packages in it, and Node.js to run them with."""

    folder: Path
    programs: Path

    @classmethod
    def in_(cls, folder: Path) -> Judges:
        """Put them into a folder; fetched packages are kept for the next time."""
        shutil.copytree(JUDGES, folder)
        manifest, lock = ((JUDGES / name).read_text("utf-8") for name in ("package.json", "package-lock.json"))
        programs = node(manifest)
        link_tree(node_modules(manifest, lock, programs), folder / "node_modules")
        # The observatory wants the list of preloaded hosts, which it would download: none here is on it.
        preloaded = folder / "node_modules" / "@mdn" / "mdn-http-observatory" / "conf" / "hsts-preload.json"
        preloaded.write_text("{}", encoding="utf-8")
        return cls(folder, programs)

    def ask(self, judge: str, facts: Mapping[str, object], **variables: str) -> Iterator[dict[str, Any]]:
        """What a judge says, line by line.

        Raises:
            CalledProcessError: it fails; it has said why.
        """
        command = [str(self.programs / "node"), str(self.folder / judge), json.dumps(facts)]
        with subprocess.Popen(
            command, cwd=self.folder, env={**os.environ, **variables}, stdout=subprocess.PIPE, encoding="utf-8"
        ) as process:
            for line in process.stdout or ():
                yield json.loads(line)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command[:2])


def main() -> int:
    """Run what the command line asks for; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", default="tracker", help="an example")
    parser.add_argument("--entity", default="tasks", help="whose table and form are looked at, as addresses call it")
    parser.add_argument("--runs", type=int, default=3, help="of Lighthouse per page; the median counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="judge-frontend-") as made:
        folder = _generated(options.app, Path(made))
        settings = {**fresh_settings(folder.blueprint), "ACCESS_TOKEN_MINUTES": LONG}
        product = Product(
            folder.blueprint, folder.path, environment=folder.environment, settings=settings, tell=lambda *_: None
        )
        judges = Judges.in_(Path(made) / "judges")
        with product:
            verdicts = [
                _scripts(folder.path / "frontend"),
                *_observatory(judges, product.addresses["frontend"]),
                *_lighthouse(judges, folder, product, options),
            ]
    return 0 if all(verdicts) else 1


def _generated(app: str, folder: Path) -> Folder:
    spec = folder / "spec.md"
    shutil.copy(ROOT / "examples" / app / "spec.md", spec)
    command = [str(Path(sys.executable).with_name("iopeer")), "generate", str(spec), "--check", "none"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return open_folder(folder / "generated")


def _scripts(frontend: Path) -> bool:
    """Whether what browsers may load is small enough."""
    counted = scripts(frontend)
    print(f"scripts: {counted.total / KIB:.0f} KiB in {counted.files} files", flush=True)
    return counted.total <= BUDGET


def _observatory(judges: Judges, address: str) -> Iterator[bool]:
    """Whether the headers have the best grade."""
    key, certificate = _certificate(judges.folder)
    for path in ("/", "/login"):
        facts = {"app": address, "key": str(key), "certificate": str(certificate), "path": path}
        for told in judges.ask("observatory.mjs", facts, NODE_EXTRA_CA_CERTS=str(certificate)):
            found = f" {', '.join(told['failed'])}" if told["failed"] else ""
            print(f"observatory: {path} {told['grade']} ({told['score']}){found}", flush=True)
            yield told["grade"] == BEST


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A new key and certificate of localhost."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "1", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *names], check=True, capture_output=True)
    return key, certificate


def _lighthouse(judges: Judges, folder: Folder, product: Product, options: argparse.Namespace) -> Iterator[bool]:
    """Whether the scores of each page are high enough; those of phones are told."""
    session = _session(folder, product)
    table = f"/{options.entity}"
    paths = {"login": "/login", "dashboard": "/", "table": table, "form": f"{table}/new"}
    pages = [
        {"name": name, "url": product.addresses["frontend"] + path, "session": session if name != "login" else None}
        for name, path in paths.items()
    ]
    for told in judges.ask("lighthouse.mjs", {"chromium": _chromium(), "runs": options.runs, "pages": pages}):
        scores = told["scores"]
        columns = " ".join(f"{name} {score:3d}" for name, score in scores.items())
        print(
            f"lighthouse: {told['page']:9} {told['form']:7} {columns}; {told['told']} {' '.join(told['audits'])}",
            flush=True,
        )
        performance = scores.pop("performance")
        yield set(scores.values()) == {100} and (told["form"] != "desktop" or performance >= PERFORMANCE)


def _session(folder: Folder, product: Product) -> dict[str, object]:
    """What the browser of somebody who has signed in keeps; they have rows to look at."""
    demo = demo_account(folder.blueprint, folder.path, api_address(folder.blueprint, product.addresses))
    if demo is None:
        raise SystemExit("the app has no registration that could be used")
    account = {"DEMO_EMAIL": demo.email, "DEMO_PASSWORD": demo.password}
    product.run_tasks("pictures", {"PICTURES": str(folder.path / "pictures"), **account})
    login = next(each for each in folder.blueprint.all(Operation) if each.verb == "auth.login")
    form = {"username": demo.email, "password": demo.password}
    answer = httpx.post(product.addresses["frontend"] + login.path, data=form, timeout=60, trust_env=False)
    tokens = answer.raise_for_status().json()
    return {
        "accessToken": tokens["access_token"],
        "refreshToken": tokens["refresh_token"],
        "expiresAt": (time.time() + tokens["expires_in"]) * 1000,
    }


def _chromium(places: Sequence[str] = ("chromium", "chromium-browser", "google-chrome")) -> str:
    found = os.environ.get("PLAYWRIGHT_CHROMIUM") or next(filter(None, map(shutil.which, places)), None)
    if not found:
        raise SystemExit("there is no Chromium: install one, or name it in PLAYWRIGHT_CHROMIUM")
    return found


if __name__ == "__main__":
    sys.exit(main())
