"""The official plugins of `plugins/`, as whoever cloned this repository adds them: from wheels that are built here."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.market.conftest import Home
from tools.matrix import together

ROOT = Path(__file__).parents[2]
INDEX = ROOT / "registry.json"
SPEC = ROOT / "examples" / "todo" / "spec.md"
NAMES = sorted(path.name for path in (ROOT / "registry").iterdir())


@pytest.mark.slow
def test_they_are_added_take_part_and_go(home: Home, subtests: pytest.Subtests) -> None:
    """The entries of the index are of the plugins as they are; the wheels that they name are built first."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "wheels.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    home.write("spec.md", SPEC.read_text("utf-8"))
    for name in NAMES:
        with subtests.test(name):
            home.write("iopeer.toml", f"plugins = {json.dumps(together((name,))[:-1])}\n")
            without = generated(home)
            added = home.iopeer("add", "plugin", name, IOPEER_INDEX=str(INDEX))
            assert added.returncode == 0, added.stderr
            rows = json.loads(home.iopeer("plugins", "--json").stdout)["plugins"]
            assert name in [row["name"] for row in rows if row["enabled"]]
            generated(home)
            removed = home.iopeer("remove", "plugin", name, "--uninstall", IOPEER_INDEX=str(INDEX))
            assert removed.returncode == 0, removed.stderr
            assert home.packages() == set()
            assert generated(home) == without


def generated(home: Home) -> set[str]:
    """The files of the product, made anew: a login that goes would take data with it."""
    shutil.rmtree(home.folder / "generated", ignore_errors=True)
    done = home.iopeer("generate", "spec.md", "--check", "none", IOPEER_INDEX=str(INDEX))
    assert done.returncode == 0, done.stderr
    out = home.folder / "generated"
    found = (path.relative_to(out) for path in out.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if path.parts[0] != ".iopeer"}
