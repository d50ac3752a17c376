"""Whatever is broken, the commands that only look work, and the others end with one message."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import Project, of_kind

SPEC = Path(__file__).parent.parent / "specs" / "todo.md"


@pytest.fixture
def project(install: Callable[[str], Path], tmp_path: Path) -> Project:
    shutil.copy(SPEC, tmp_path / "spec.md")
    return Project(folder=tmp_path, sites=(install("broken"),))


def test_help_and_lists_work_with_every_broken_plugin_installed_and_enabled(project: Project) -> None:
    project.enable("raises-at-import", "exits-at-import", "no-manifest", "bad-manifest", "no-package")
    done = project.iopeer("--help")
    assert (done.returncode, done.stderr) == (0, "")
    done = project.iopeer("plugins", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = {row["name"]: row for row in json.loads(done.stdout)["plugins"]}
    assert rows["raises-at-import"]["enabled"]
    assert "the manifest is not TOML" in rows["bad-manifest"]["problem"]
    done = project.iopeer("doctor")
    assert (done.returncode, done.stderr) == (2, "")
    for told in ("no licence was found", "sys.exit(nothing to do)", "has no manifest.toml", "which is not there"):
        assert told in " ".join(done.stdout.split())


@pytest.mark.parametrize("settings", ["plugins = [", 'plugins = ["nobody"]', 'pluggins = ["no-manifest"]'])
def test_lists_work_with_broken_settings(project: Project, settings: str) -> None:
    (project.folder / "iopeer.toml").write_text(settings)
    done = project.iopeer("plugins")
    assert done.returncode == 0
    assert "iopeer.toml" in done.stderr
    assert "the defaults count as enabled" in done.stderr
    done = project.iopeer("doctor")
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
def test_a_run_ends_with_one_message_and_writes_nothing(project: Project, names: list[str], told: str) -> None:
    project.enable(*names)
    done = project.generate("--check", "none")
    assert done.returncode == 2
    assert f"iopeer: {told}" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (project.folder / "generated").exists()


def test_json_stays_clean_of_what_a_plugin_prints(project: Project) -> None:
    project.enable("meddles")
    done = project.generate("--check", "none", "--json")
    assert done.returncode == 0, done.stderr
    assert [event["line"] for event in of_kind(done, "plugin.output")] == ["imported", "planning"]
    assert "Meddling" in (project.folder / "generated" / "README.md").read_text()
