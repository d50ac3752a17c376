"""Builds `.venv` from `requirements.lock`, on a machine that has Python and any of uv, pip and venv.

The plugins in `plugins/` stay out of it: one adds them as anybody does (`iopeer add plugin NAME`), and what was added
stays. For the tests they are installed in a folder of their own, `.tools/plugins`.

It runs before anything is installed, so it uses the standard library alone; where nothing has changed it does nothing.
Usage: `python3 tools/bootstrap.py`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
PLUGINS = TOOLS / "plugins"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
OLDEST_UV = (0, 9)


def main() -> None:
    """Builds what is missing, one step after the other; a step whose inputs are unchanged is skipped."""
    if ssl.get_default_verify_paths().cafile:  # a company's own authority is trusted by its machines, not by uv's list
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once: the second one waits and finds all done
        members = sorted(path for path in ROOT.glob("*/pyproject.toml") if path.parent.name.startswith("iopeer_"))
        plugins = sorted(ROOT.glob("plugins/*/pyproject.toml"))
        environment = digest(str(ROOT), sys.version, LOCK, Path(__file__))
        workspace = digest(environment, ROOT / "pyproject.toml", *members, *plugins)
        if stamp("environment") != environment:
            build_environment(find_uv())
            stamp("environment", environment)
        if stamp("workspace") != workspace:
            install_workspace(find_uv(), members, plugins)
            stamp("workspace", workspace)


def build_environment(uv: str) -> None:
    """Makes `.venv` hold what the lock names, and keep what was added; from nothing where it cannot be mended."""
    python = sys.executable if sys.version_info >= OLDEST_PYTHON else ">=3.11"
    install = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(PYTHON), "--requirement", str(LOCK)]
    if stamp("environment") and works([str(PYTHON), "-c", "pass"]) and works(install):
        return
    say("building .venv from requirements.lock")
    shutil.rmtree(VENV, ignore_errors=True)
    run([uv, "venv", "--quiet", "--python", python, str(VENV)])
    run(install)


def install_workspace(uv: str, members: list[Path], plugins: list[Path]) -> None:
    """Installs the workspace's own packages, editable, with the lock's build backend; plugins for the tests alone."""
    command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps", "--no-build-isolation"]
    run([*command, str(ROOT), *editable(members)])
    shutil.rmtree(PLUGINS, ignore_errors=True)
    if plugins:
        run([*command, "--target", str(PLUGINS), *editable(plugins)])


def editable(projects: list[Path]) -> list[str]:
    """Gives the options that install projects as they stand."""
    return [word for project in projects for word in ("--editable", str(project.parent))]


def find_uv() -> str:
    """Gives the path of a uv that is new enough: the one on PATH, one fetched before, or one fetched now."""
    fetched = TOOLS / "uv"
    for candidate in (shutil.which("uv"), str(fetched)):
        if candidate and uv_version(candidate) >= OLDEST_UV:
            return candidate
    say("fetching uv")
    with tempfile.TemporaryDirectory(dir=str(TOOLS)) as folder:
        download_uv(Path(folder))
        wheel = next(Path(folder).glob("uv-*.whl"))
        with zipfile.ZipFile(str(wheel)) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
            binary = Path(archive.extract(name, folder))
        binary.chmod(0o755)
        binary.replace(fetched)
    return str(fetched)


def uv_version(command: str) -> tuple[int, ...]:
    """Gives the version that the command tells of itself; (0,) where it does not run."""
    try:
        told = subprocess.run([command, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return (0,)
    match = re.match(r"uv (\d+)\.(\d+)", told.stdout.decode())
    return tuple(int(part) for part in match.groups()) if match and told.returncode == 0 else (0,)


def download_uv(folder: Path) -> None:
    """Downloads the wheel of the locked uv with this Python's pip, else with that of a temporary venv."""
    block = re.search(r"^uv==(?:.*\\\n)*.*$", LOCK.read_text(), re.MULTILINE)
    if not block:
        stop("requirements.lock names no uv", "run `make lock` where uv is installed")
    wanted = folder / "uv.txt"
    wanted.write_text(block.group() + "\n")
    arguments = ["-m", "pip", "--disable-pip-version-check", "--quiet", "download", "--no-deps", "--only-binary=:all:"]
    arguments += ["--require-hashes", "--requirement", str(wanted), "--dest", str(folder)]
    if works([sys.executable, "-m", "pip", "--version"]):
        run([sys.executable, *arguments])
        return
    if not works([sys.executable, "-m", "venv", str(folder / "venv")]):
        stop("this Python has neither pip nor venv", "install uv, or your system's python3-pip or python3-venv")
    run([str(folder / "venv" / "bin" / "python"), *arguments])


def stamp(step: str, value: str = "") -> str:
    """Reads a step's stamp, or writes it."""
    path = VENV / f".{step}.stamp"
    if value:
        path.write_text(value)
    return path.read_text() if path.exists() else ""


def digest(*inputs: str | Path) -> str:
    """Gives one hash of texts and of files' contents."""
    total = hashlib.sha256()
    for item in inputs:
        content = item.read_bytes() if isinstance(item, Path) else item.encode()
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def works(command: list[str]) -> bool:
    """Tells whether a command ends well; what it prints is dropped."""
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def run(command: list[str]) -> None:
    """Runs a command; where it fails, its own words stand above ours."""
    if subprocess.run(command, check=False).returncode != 0:
        stop("`{}` failed".format(" ".join(command)), "see the lines above; a first run needs the network")


def say(message: str) -> None:
    """Tells what is going on."""
    print("setup: " + message, flush=True)


def stop(what: str, how: str) -> NoReturn:
    """Ends with one message: what is wrong and how to mend it."""
    sys.exit(f"setup: {what}\n  help: {how}")


if __name__ == "__main__":
    main()
