"""The newcomer's first command, on a copy of what git keeps, with an empty home folder and a bare PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("LANG", "SSL_CERT_FILE", "SSL_CERT_DIR", "UV_CACHE_DIR", "TMPDIR")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    folder = tmp_path / "a clone"  # with a space: people have such folders
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def setup(clone: Path) -> str:
    home = clone.parent / "home"
    home.mkdir(exist_ok=True)
    variables = {name: os.environ[name] for name in KEPT if name in os.environ}
    variables |= {"HOME": str(home), "PATH": os.defpath}
    ended = subprocess.run(
        ["make", "setup", f"PYTHON={Path(sys.executable).resolve()}"],
        cwd=clone,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def works(clone: Path) -> bool:
    command = [str(clone / ".venv" / "bin" / "iopeer"), "--help"]
    return subprocess.run(command, stdout=subprocess.DEVNULL, cwd="/", check=False).returncode == 0


@pytest.mark.slow
def test_setup_builds_once_and_mends_what_was_cut_short(clone: Path) -> None:
    assert "building" in setup(clone)
    assert works(clone)

    assert setup(clone) == ""

    (clone / ".venv" / ".environment.stamp").unlink()  # as a build that was killed leaves it
    shutil.rmtree(next(clone.glob(".venv/lib/python*/site-packages/typer")))
    assert "building" in setup(clone)
    assert works(clone)

    lock = clone / "requirements.lock"
    lock.write_text(f"{lock.read_text()}\n")
    assert setup(clone) == ""  # another lock is installed into the environment that is there
    assert works(clone)
