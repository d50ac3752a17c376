"""Whatever is broken, the commands that only look work, and the others end with one message."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SPEC = Path(__file__).parent.parent / "specs" / "todo.md"


def iopeer(project: Path, site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("iopeer")), *arguments]
    variables = {**os.environ, "PYTHONPATH": str(site)}
    return subprocess.run(command, cwd=project, env=variables, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copy(SPEC, tmp_path / "spec.md")
    return tmp_path


def enable(project: Path, *names: str) -> None:
    (project / "iopeer.json").write_text(json.dumps({"plugins": names}))


def test_help_and_lists_work_with_every_broken_plugin_installed_and_enabled(broken: Path, project: Path) -> None:
    enable(project, "raises-at-import", "exits-at-import", "no-manifest", "bad-manifest", "no-package")
    done = iopeer(project, broken, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    done = iopeer(project, broken, "plugins", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = {row["name"]: row for row in json.loads(done.stdout)["plugins"]}
    assert rows["raises-at-import"]["enabled"]
    assert "the manifest is not TOML" in rows["bad-manifest"]["problem"]
    done = iopeer(project, broken, "doctor")
    assert (done.returncode, done.stderr) == (2, "")
    for told in ("no licence was found", "sys.exit(nothing to do)", "has no manifest.toml", "which is not there"):
        assert told in " ".join(done.stdout.split())


@pytest.mark.parametrize("settings", ["plugins = [", 'plugins = ["nobody"]', 'pluggins = ["no-manifest"]'])
def test_lists_work_with_broken_settings(broken: Path, project: Path, settings: str) -> None:
    (project / "iopeer.toml").write_text(settings)
    assert iopeer(project, broken, "plugins").returncode == 0
    done = iopeer(project, broken, "doctor")
    assert done.returncode == 2
    assert "iopeer.toml" in done.stdout


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["raises-at-import"], "plugin raises-at-import: it cannot be loaded: RuntimeError: no licence was found"),
        (["exits-in-hook"], "plugin exits-in-hook, after_plan: it called sys.exit(0)"),
        (["returns-rubbish"], "plugin returns-rubbish, after_plan: item 2 is 'B', no Contribution"),
        (["raises-in-hook", "returns-none"], "2 plugins failed:\n    raises-in-hook, after_plan: KeyError: 'title'"),
    ],
)
def test_a_run_ends_with_one_message_and_writes_nothing(
    broken: Path, project: Path, names: list[str], told: str
) -> None:
    enable(project, *names)
    done = iopeer(project, broken, "generate", "spec.md", "--check", "none")
    assert done.returncode == 2
    assert f"iopeer: {told}" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (project / "generated").exists()


def test_json_stays_clean_of_what_a_plugin_prints(broken: Path, project: Path) -> None:
    enable(project, "meddles")
    done = iopeer(project, broken, "generate", "spec.md", "--check", "none", "--json")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["line"] for event in events if event["kind"] == "plugin.output"] == ["imported", "planning"]
    assert "Meddling" in (project / "generated" / "README.md").read_text()
