"""Runs in one process do not touch each other: neither their children nor what they print, see and write."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import Project, of_kind

TODO = Path(__file__).parent / "specs" / "todo.md"
TWO = Path(__file__).with_name("two_runs.py")
CHECK = """
import os, subprocess, sys, time
code = "import os, time; os.setsid(); open('daemon', 'w').write(str(os.getpid())); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", code])
while not os.path.exists("daemon") or not open("daemon").read():
    time.sleep(0.01)
for number in range(%d):
    assert child.poll() is None, "somebody ended a child of this check"
    print("%s", number, os.environ["HOME"], flush=True)
    time.sleep(0.05)
"""


@pytest.fixture
def projects(install: Callable[[str], Path], tmp_path: Path) -> list[Project]:
    """Two projects whose checks start a daemon; the second's take longer, and begin and end beside the first's."""
    sites = (install("trial"), install("broken"))
    made = []
    for name, rounds, count in (("a", 4, 6), ("b", 30, 1)):
        project = Project(folder=tmp_path / name, sites=sites)
        project.folder.mkdir()
        shutil.copy(TODO, project.folder / "spec.md")
        command = (sys.executable, "-c", CHECK % (rounds, name))
        checks = {f"check {number}": {"command": command} for number in range(count)}
        settings = {"files": {f"{name}.txt": "good\n"}, "checks": checks, "passed_on": ["HOME"]}
        project.enable("trial", "meddles", trial=settings)
        made.append(project)
    return made


def test_each_is_right_and_nobody_ends_the_others_children(projects: list[Project], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(TWO), *(str(project.folder) for project in projects)],
        cwd=tmp_path, env=projects[0].environment(HOME="/home/somebody"), capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    told = json.loads(done.stderr.splitlines()[-1])
    assert told == {"codes": {"a": 0, "b": 0}, "same": True}, done.stderr + done.stdout[-3000:]
    for project, rounds, count in zip(projects, (4, 30), (6, 1), strict=True):
        name = project.folder.name
        assert (project.folder / "generated" / f"{name}.txt").read_text() == "good\n"
        # `meddles` prints, changes the folder and HOME: its own run logs it, no other.
        log = [json.loads(line) for line in (project.runs()[-1] / "log.jsonl").read_text().splitlines()]
        lines = [event["line"] for event in log if event["kind"] == "check.output"]
        assert lines == [f"{name} {number} /home/somebody" for number in range(rounds)] * count
        printed = [event["line"] for event in log if event["kind"] == "plugin.output"]
        assert printed.count("planning") == 1
        assert set(printed) <= {"imported", "planning"}
    assert [event["ok"] for event in of_kind(done, "run.finished")] == [True, True]
