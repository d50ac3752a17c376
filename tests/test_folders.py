"""What people's machines do: two commands at once, a full disk, a folder that cannot be written, Ctrl-C, daemons."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.projects import Project, generated, snapshot, unpacked

ROOT = os.geteuid() == 0
OURS = {"manifest.json", "base.zip"}
FILES = {f"files/{number}.txt": f"{number}\n" * 200 for number in range(60)}


def ended(*processes: subprocess.Popen[str]) -> list[int]:
    return [process.wait() for process in processes]


def eventually(holds: Callable[[], bool], what: str) -> None:
    """Wait for something that must come, with a limit that only a hang reaches."""
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError(what)


def running(mark: str) -> list[psutil.Process]:
    """The processes that have a text in their command line."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        line = " ".join(process.info["cmdline"] or [])
        if mark in line and "pytest" not in line:
            found.append(process)
    return found


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts a small file system in memory; skips where that is not allowed."""
    folders: list[Path] = []

    def mount(options: str, at: Path | None = None) -> Path:
        folder = at or tmp_path / f"mounted{len(folders)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if not ROOT or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("a small disk can be made by root alone, where mounting is allowed")
        folders.append(folder)
        return folder

    yield mount
    for folder in folders:
        subprocess.run(["umount", str(folder)], check=True)


def test_two_at_once_into_one_folder(trial: Project) -> None:
    trial.enable("trial", trial={"files": FILES})
    options = ("generate", "spec.md", "--check", "none", "--zip")
    assert ended(*(trial.start(*options) for _ in range(3))) == [0, 0, 0]
    out = trial.folder / "generated"
    assert generated(out).keys() >= FILES.keys()
    assert unpacked(trial.folder / "dist" / "generated.zip") == generated(out)
    assert trial.generate("--check", "none").returncode == 0, "the manifest agrees with the files"
    assert {path.name for path in (out / ".iopeer").iterdir()} == OURS
    assert [path.name for path in (trial.folder / "dist").iterdir()] == ["generated.zip"]


def test_two_at_once_with_different_settings_leave_one_of_them_whole(trial: Project) -> None:
    other = Project(folder=trial.folder.parent / "other", sites=trial.sites)
    other.folder.mkdir()
    (other.folder / "spec.md").write_bytes((trial.folder / "spec.md").read_bytes())
    trial.enable("trial", trial={"files": {**FILES, "who": "trial\n"}})
    theirs = {path: f"{text}x" for path, text in FILES.items()}
    other.enable("trial", trial={"files": {**theirs, "who": "other\n"}})
    options = ("generate", "spec.md", "--check", "none", "--out", str(trial.folder.parent / "shared"))
    assert ended(trial.start(*options), other.start(*options)) == [0, 0]
    files = generated(trial.folder.parent / "shared")
    last = trial if files["who"] == b"trial\n" else other
    alone = ("--check", "none", "--out", str(trial.folder.parent / "alone"))
    assert last.generate(*alone).returncode == 0
    assert files == generated(trial.folder.parent / "alone")


def test_two_at_once_into_two_folders(trial: Project) -> None:
    options = ("generate", "spec.md", "--check", "none")
    assert ended(trial.start(*options, "--out", "one"), trial.start(*options, "--out", "two")) == [0, 0]
    assert generated(trial.folder / "one") == generated(trial.folder / "two") != {}


def test_two_at_once_build_one_environment(trial: Project, tmp_path: Path) -> None:
    trial.enable("trial", trial={"checks": {"python": {"command": ("python", "-c", "import sys; print(sys.prefix)")}}})
    cache = str(tmp_path / "cache")
    options = ("generate", "spec.md", "--out")
    assert ended(*(trial.start(*options, name, IOPEER_CACHE=cache) for name in ("one", "two"))) == [0, 0]
    built = [path.name for path in (tmp_path / "cache" / "python").iterdir() if path.is_dir()]
    assert len(built) == 1


def test_a_project_that_cannot_be_written_says_so(trial: Project, mounted: Callable[..., Path]) -> None:
    folder = mounted("size=4m")
    project = Project(folder=folder / "project", sites=trial.sites)
    project.folder.mkdir()
    for name in ("spec.md", "iopeer.json"):
        (project.folder / name).write_bytes((trial.folder / name).read_bytes())
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    done = project.generate("--check", "none")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "bug" not in done.stderr
    elsewhere = trial.folder.parent / "elsewhere"
    done = project.generate("--out", str(elsewhere))
    assert done.returncode == 0, done.stderr
    assert "state.txt" in generated(elsewhere)


@pytest.mark.parametrize("size", [64, 100, 160, 250])
def test_a_full_disk_leaves_the_folder_as_it_was(trial: Project, mounted: Callable[..., Path], size: int) -> None:
    out = mounted(f"size={size}k") / "out"
    assert trial.generate("--check", "none", "--out", str(out)).returncode == 0
    (out / ".env").write_text("SECRET=1")
    before = generated(out)
    trial.enable("trial", trial={"files": {**FILES, "state.txt": "better\n"}})
    done = trial.generate("--check", "none", "--out", str(out))
    assert done.returncode == 2, done.stderr
    assert "there is no space left; it is as it was" in done.stderr
    assert generated(out) == before
    assert {path.name for path in (out / ".iopeer").iterdir()} == OURS


def test_a_full_disk_for_the_zip_keeps_the_old_one(trial: Project, mounted: Callable[..., Path]) -> None:
    dist = mounted("size=16k", trial.folder / "dist")
    assert trial.generate("--check", "none", "--zip").returncode == 0
    before = (dist / "generated.zip").read_bytes()
    noise = "".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(2000))
    trial.enable("trial", trial={"files": {"noise.txt": noise}})
    done = trial.generate("--check", "none", "--zip")
    assert done.returncode == 2, done.stderr
    assert "dist/generated.zip cannot be written" in done.stderr
    assert [path.name for path in dist.iterdir()] == ["generated.zip"]
    assert (dist / "generated.zip").read_bytes() == before


@pytest.mark.parametrize("link", ["generated", "dist", "dist/generated.zip", ".iopeer", ".iopeer/runs"])
def test_nothing_is_written_through_a_link_that_leads_out(trial: Project, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    (outside / "kept").mkdir(parents=True)
    (outside / "file").write_text("mine", encoding="utf-8")
    at = trial.folder / link
    at.parent.mkdir(exist_ok=True)
    at.symlink_to(outside / "file" if link.endswith(".zip") else outside)
    before = snapshot(trial.folder), snapshot(outside)
    done = trial.generate("--zip", "--force")
    assert done.returncode == 2
    assert f"{link} is, or lies behind, a link that leads out of" in done.stderr or link == "dist"
    assert (snapshot(trial.folder), snapshot(outside)) == before
    assert trial.generate("--out", str(outside / "kept")).returncode == (0 if not link.startswith(".iopeer") else 2)


@pytest.mark.parametrize("out", ["spec.md", "spec.md/inside", ".", ".."])
def test_out_that_holds_something_else_is_refused(trial: Project, out: str) -> None:
    before = (trial.folder / "spec.md").read_bytes()
    done = trial.generate("--check", "none", "--out", out)
    assert done.returncode == 2
    assert "--out" in done.stderr
    assert (trial.folder / "spec.md").read_bytes() == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_an_interrupt_during_the_tests_leaves_nothing_running(trial: Project, number: signal.Signals) -> None:
    mark = f"mark-{os.getpid()}-{number.name}"
    child = f"[sys.executable, '-c', 'import time; time.sleep(600)  # {mark}']"
    code = f"import subprocess, sys, time; subprocess.Popen({child}); time.sleep(600)"
    trial.enable("trial", trial={"checks": {"slow": {"command": (sys.executable, "-c", code)}}})
    cache = trial.folder.parent / "cache"
    process = trial.start("generate", "spec.md", "--zip", IOPEER_CACHE=str(cache))
    eventually(lambda: len(running(mark)) == 3, "the check does not run")  # it, its child, and who watches over them
    process.send_signal(number)
    assert process.wait() == 128 + number
    eventually(lambda: not running(mark), "something is still running")
    assert not (trial.folder / "generated").exists()
    assert not (trial.folder / "dist").exists()
    assert list((cache / "scratch").iterdir()) == []


def test_a_check_that_leaves_a_daemon_ends_with_it(trial: Project) -> None:
    mark = f"mark-{os.getpid()}-daemon"
    child = f"[sys.executable, '-c', 'import time; time.sleep(600)  # {mark}']"
    code = f"import subprocess, sys; subprocess.Popen({child}, start_new_session=True)"
    trial.enable("trial", trial={"checks": {"daemon": {"command": (sys.executable, "-c", code)}}})
    done = trial.generate()
    assert done.returncode == 0, done.stderr
    eventually(lambda: not running(mark), "the daemon is still running")
