"""The cache of built folders: one builder at a time, whole or not there, whoever is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from iopeer_core.environments.cache import cache_root, cached, prune
from iopeer_core.environments.python import python_environment
from iopeer_core.errors import UserError

ASK = """
import json, sys
from iopeer_core.environments.python import python_environment
environment = python_environment(json.loads(sys.argv[1]))
print(environment.path, flush=True)
"""


def ask(*requirements: str) -> subprocess.Popen[str]:
    """Another process that asks for an environment and prints its path."""
    command = [sys.executable, "-c", ASK, json.dumps(requirements)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def answer(process: subprocess.Popen[str]) -> Path:
    told, _ = process.communicate()
    assert process.returncode == 0
    return Path(told.strip())


def write(text: str) -> Callable[[Path], None]:
    def build(folder: Path) -> None:
        folder.mkdir()
        (folder / "text").write_text(text)

    return build


def test_four_at_once_share_one_that_works(cache: Path, index: Path) -> None:
    processes = [ask("alpha") for _ in range(4)]
    [path] = {answer(process) for process in processes}

    told = subprocess.run([path / "bin" / "alpha-hello"], stdout=subprocess.PIPE, text=True, check=True)
    assert told.stdout == "2.0\n"
    assert [folder for folder in (cache / "python").iterdir() if folder.is_dir()] == [path]


@pytest.mark.parametrize("whole_group", [True, False], ids=["all-killed", "uv-outlives"])
def test_killed_at_any_time_the_next_one_works(cache: Path, index: Path, whole_group: bool) -> None:
    began = time.perf_counter()
    answer(ask("alpha"))
    needed = time.perf_counter() - began
    for step in range(10):
        requirement = f"alpha!=9.{step}"  # locked anew each time
        process = ask(requirement)
        time.sleep(needed * (step + 1) / 11)
        os.killpg(process.pid, signal.SIGKILL) if whole_group else process.kill()
        process.communicate()
        environment = python_environment([requirement])
        told = subprocess.run([environment.bin / "alpha-hello"], stdout=subprocess.PIPE, text=True, check=True)
        assert told.stdout == "2.0\n"
        subprocess.run(["rm", "-r", environment.path], check=True)  # so that the next step builds again


def test_what_a_killed_build_left_goes(cache: Path) -> None:
    partial = cache / "things" / "a.partial"
    partial.mkdir(parents=True)
    (partial / "half").touch()
    (cache / "things" / "a.lock").touch()

    prune()

    assert not partial.exists()


def test_a_failed_build_is_tried_again(cache: Path) -> None:
    def fail(folder: Path) -> None:
        folder.mkdir()
        raise UserError("no")

    with pytest.raises(UserError, match="no"):
        cached("things", "a", fail)

    assert (cached("things", "a", write("whole")) / "text").read_text() == "whole"


def test_the_unused_go_and_the_used_stay(cache: Path) -> None:
    old, used = (cached("things", name, write(name)) for name in ("old", "used"))
    month = timedelta(days=31).total_seconds()
    for folder in (old, used):
        os.utime(folder, (time.time() - month,) * 2)
    cached("things", "used", write("again"))

    assert prune() == [old]
    assert not old.exists()
    assert (used / "text").read_text() == "used"
    assert (cached("things", "old", write("anew")) / "text").read_text() == "anew"


def test_building_prunes(cache: Path) -> None:
    old = cached("things", "old", write("old"))
    os.utime(old, (0, 0))

    cached("things", "new", write("new"))

    assert not old.exists()


def test_what_cannot_be_pruned_is_no_fault_of_what_was_built(cache: Path) -> None:
    (cache / "things" / "odd.lock").mkdir(parents=True)
    (cache / "uv").mkdir()
    (cache / "uv" / ".lock").touch()
    assert (cached("things", "new", write("new")) / "text").read_text() == "new"
    (cache / "things" / "odd.lock").rmdir()
    prune()
    assert [path.name for path in (cache / "uv").iterdir()] == [".lock"]


def test_what_is_being_built_is_not_pruned(cache: Path) -> None:
    def build(folder: Path) -> None:
        folder.mkdir()
        assert prune(timedelta()) == []
        assert folder.exists()

    assert cached("things", "a", build).is_dir()


def test_the_cache_is_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("IOPEER_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert cache_root() == tmp_path / "home" / ".cache" / "iopeer"

    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_root() == tmp_path / "home" / ".cache" / "iopeer"

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_root() == tmp_path / "xdg" / "iopeer"

    monkeypatch.setenv("IOPEER_CACHE", str(tmp_path / "named"))
    assert cache_root() == tmp_path / "named"


def test_a_cache_that_cannot_be_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("IOPEER_CACHE", str(file / "cache"))

    with pytest.raises(UserError, match="cannot be written") as caught:
        python_environment([])

    assert str(file) in str(caught.value)
    assert "IOPEER_CACHE" in caught.value.how
