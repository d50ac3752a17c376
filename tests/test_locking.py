"""What other plugins require, and what the fixer adds, is in the app's locks: its README installs them."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import Project, snapshot

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "examples" / "todo" / "spec.md"
SHIPPED = ROOT / "iopeer_plugin_fastapi/src/iopeer_plugin_fastapi/templates/requirements.lock"
PACKAGES = ROOT / "iopeer_plugin_nextjs/src/iopeer_plugin_nextjs/templates/frontend/package-lock.json"
PIN = r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)"
NEEDS_NEW = {"component": "backend", "requires": ["lockproof>=1"], "files": {}}


def make_wheel(folder: Path, version: str) -> None:
    """Write a distribution that nobody has published."""
    info = f"lockproof-{version}.dist-info"
    files = {
        "lockproof.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: lockproof\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(folder / f"lockproof-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            wheel.writestr(zipfile.ZipInfo(path), text)


@pytest.fixture
def project(install: Callable[[str], Path], tmp_path: Path) -> Project:
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(SPEC, folder / "spec.md")
    return Project(folder=folder, sites=(install("trial"),))


@pytest.fixture
def wheels(tmp_path: Path) -> dict[str, str]:
    """The variables with which uv finds the new distribution beside all others."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    make_wheel(folder, "1.0")
    return {"UV_FIND_LINKS": str(folder)}


def test_the_shipped_lock_names_extras_without_which_pip_refuses_it_once_a_newer_release_is_out() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert [extra for extra in ("coverage[toml]", "sqlalchemy[asyncio]") if f"\n{extra}==" not in text] == []


def locked(project: Project) -> dict[str, str]:
    """The versions in the app's lock, each of which has hashes."""
    text = (project.folder / "generated" / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?://|index-url|find-links", text)
    entries = re.findall(rf"{PIN}[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^\S", text, re.MULTILINE))
    return dict(entries)


def test_what_the_shipped_lock_holds_leaves_it_alone(project: Project) -> None:
    project.enable("fastapi", "trial", trial={**NEEDS_NEW, "requires": ["httpx>=0.20", "anyio"]})
    done = project.generate("--check", "none", UV_OFFLINE="1", IOPEER_CACHE=str(project.folder / "empty"))
    assert done.returncode == 0, done.stderr
    assert (project.folder / "generated" / "requirements.lock").read_bytes() == SHIPPED.read_bytes()


@pytest.mark.slow
def test_what_a_plugin_requires_is_locked(project: Project, wheels: dict[str, str]) -> None:
    project.enable("fastapi", "trial", trial=NEEDS_NEW)
    done = project.generate("--check", "none", **wheels)
    assert done.returncode == 0, done.stderr
    found = locked(project)
    assert found.pop("lockproof") == "1.0"
    shipped = dict(re.findall(PIN, SHIPPED.read_text(encoding="utf-8"), re.MULTILINE))
    assert found == shipped, "the other versions stay"
    before = snapshot(project.folder / "generated")
    make_wheel(Path(wheels["UV_FIND_LINKS"]), "2.0")
    assert project.generate("--check", "none", **wheels).returncode == 0
    assert snapshot(project.folder / "generated") == before, "what was locked once stays"


@pytest.mark.slow
def test_a_narrower_range_is_locked_too(project: Project) -> None:
    project.enable("fastapi", "trial", trial={**NEEDS_NEW, "requires": ["httpx<0.28.1"]})
    done = project.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    assert locked(project)["httpx"] == "0.28.0"


def test_what_cannot_be_had_is_told(project: Project) -> None:
    project.enable("fastapi", "trial", trial=NEEDS_NEW)
    offline = {"UV_OFFLINE": "1", "IOPEER_CACHE": str(project.folder / "empty")}
    done = project.generate("--check", "none", **offline)
    assert done.returncode == 2
    assert "requirements.lock: lockproof>=1 must be locked with the app's other packages" in done.stderr
    assert not (project.folder / "generated").exists()


@pytest.mark.slow
def test_what_the_fixer_requires_is_locked(project: Project) -> None:
    files = {"tests/test_markup.py": "import markdown_it\n\n\ndef test_it() -> None:\n    assert markdown_it\n"}
    check = {"command": ("pytest", "-q", "tests/test_markup.py")}
    trial = {**NEEDS_NEW, "requires": [], "files": files, "checks": {"markup": check}, "skip": {"tests": "long"}}
    project.enable("fastapi", "trial", trial=trial)
    done = project.generate()
    assert done.returncode == 0, done.stderr
    assert "markdown-it-py" in locked(project)


def test_the_shipped_packages_are_what_the_frontend_requires(project: Project) -> None:
    project.enable("fastapi", "nextjs")
    done = project.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    assert (project.folder / "generated" / "frontend" / "package-lock.json").read_bytes() == PACKAGES.read_bytes()


@pytest.mark.slow
def test_what_a_plugin_requires_of_the_frontend_is_locked(project: Project) -> None:
    trial = {"component": "frontend", "requires": ["is-number@7.0.0"], "files": {}}
    project.enable("fastapi", "nextjs", "trial", trial=trial)
    done = project.generate("--check", "none")
    assert done.returncode == 0, done.stderr
    text = (project.folder / "generated" / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text, "it names no registry"
    packages = json.loads(text)["packages"]
    assert packages[""]["dependencies"]["is-number"] == "7.0.0"
    assert packages["node_modules/is-number"]["integrity"].startswith("sha512-")
    shipped = json.loads(PACKAGES.read_text(encoding="utf-8"))["packages"]
    assert {name: package["version"] for name, package in shipped.items()}.items() <= {
        name: package["version"] for name, package in packages.items()
    }.items()
