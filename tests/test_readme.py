"""The README: what it tells a reader to type works, its spec has no problem, its plugin does what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from iopeer_core.language.reader import read

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BIN = Path(sys.executable).parent
COVERED = {"make demo": "the picture is drawn from that run", "make test": "this is it"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def commands(block: str) -> list[str]:
    return [line.partition("#")[0].strip() for line in block.splitlines() if line.strip()]


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **variables}
    command = ["/bin/sh", "-eu", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("number", range(len(blocks("sh"))))
def test_commands_work_as_they_are_written(number: int, tmp_path: Path) -> None:
    block = blocks("sh")[number]
    if set(commands(block)) <= COVERED.keys():
        done = run("\n".join(f"make --dry-run {line.removeprefix('make ')}" for line in commands(block)), ROOT)
    else:
        done = run(block, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_commands_within_sentences_are_commands(tmp_path: Path) -> None:
    told = run("iopeer --help", tmp_path).stdout
    named = set(re.findall(r"`iopeer ([a-z]+)", README))
    assert {"new"} <= named
    assert {name for name in named if f"\n  {name} " not in told} == set()


def test_the_spec_has_no_problem() -> None:
    (spec,) = blocks("markdown")
    result = read(spec)
    assert [problem.render() for problem in result.problems] == []


def test_the_plugin_adds_its_section(tmp_path: Path) -> None:
    package = tmp_path / "plugins" / "iopeer_devops_support"
    package.mkdir(parents=True)
    (manifest,), (code,) = blocks("toml"), blocks("python")
    (package / "__init__.py").touch()
    (package / "manifest.toml").write_text(manifest)
    (package / "plugin.py").write_text(code)
    info = tmp_path / "plugins" / "iopeer_devops_support-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: iopeer-devops-support\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[iopeer.plugins]\nsupport = iopeer_devops_support.plugin:SupportPlugin\n")
    (spec,) = blocks("markdown")
    (tmp_path / "spec.md").write_text(spec)
    (enabled,) = re.findall(r"`(plugins = \[.*?\])`", README)
    (tmp_path / "iopeer.toml").write_text(f"{enabled}\n")
    done = run("iopeer generate spec.md --check none", tmp_path, PYTHONPATH=str(package.parent))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "## Support\n\nQuestions about Library" in (tmp_path / "generated" / "README.md").read_text()


def test_every_target_of_make_that_it_names_is_there() -> None:
    listed = run("make help", ROOT).stdout
    named = set(re.findall(r"\bmake ([a-z-]+)", README)) - {"and"}
    assert {name for name in named if f"make {name} " not in listed} == set()
