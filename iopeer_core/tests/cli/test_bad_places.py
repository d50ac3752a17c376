"""Commands in places and on streams that do not suit them: a message and an exit code, and nothing left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

IOPEER = Path(sys.executable).with_name("iopeer")
SPEC = "# Todo\n\n## Entities\n\n### Task\n- title: text, required\n"


def iopeer(*arguments: str | bytes, folder: Path, **streams: int) -> subprocess.CompletedProcess[bytes]:
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run([str(IOPEER), *arguments], cwd=folder, check=False, timeout=60, **given)  # type: ignore[call-overload, no-any-return] # streams


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    assert b"Traceback" not in done.stderr
    assert b"bug" not in done.stderr
    return done.stderr.decode()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "spec.md").write_text(SPEC)
    return tmp_path


def test_a_spec_that_is_not_there_leaves_no_folder(tmp_path: Path) -> None:
    done = iopeer("generate", "typo/spec.md", folder=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    done = iopeer("generate", "typo.md", folder=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "there is no file typo.md" in told(done)


@pytest.mark.parametrize("command", ["check", "generate", "plan"])
def test_a_pipe_is_not_waited_for(command: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "spec.md")
    done = iopeer(command, "spec.md", folder=tmp_path)
    assert done.returncode == 2
    assert "spec.md is no regular file" in told(done)


@pytest.mark.parametrize(
    "out", [".iopeer", ".iopeer/x", ".git/x", "node_modules", ".", "..", "/", "spec.md/x", "a" * 300]
)
def test_folders_that_hold_no_app(out: str, project: Path) -> None:
    done = iopeer("generate", "spec.md", "--check", "none", "--out", out, folder=project)
    assert done.returncode == 2
    assert "--out" in told(done)
    assert [path.name for path in project.iterdir() if path.name != ".iopeer"] == ["spec.md"]


def test_a_folder_whose_name_is_no_text(project: Path) -> None:
    done = iopeer("generate", "spec.md", "--check", "none", "--json", "--out", b"\xff", folder=project)
    assert done.returncode == 0, told(done)
    assert (project / os.fsdecode(b"\xff") / "README.md").is_file()
    (log,) = (project / ".iopeer" / "runs").glob("*/log.jsonl")
    assert [json.loads(line)["kind"] for line in log.read_text().splitlines()][-1] == "run.finished"


@pytest.mark.parametrize("name", ["iopeer.toml", "iopeer.json"])
def test_settings_that_are_no_file_are_not_passed_over(name: str, project: Path) -> None:
    (project / name).symlink_to("nowhere")
    assert "no regular file" in told(iopeer("check", "spec.md", folder=project))
    (project / name).unlink()
    (project / name).mkdir()
    assert "no regular file" in told(iopeer("check", "spec.md", folder=project))


@pytest.mark.parametrize("arguments", [["check", "spec.md"], ["generate", "spec.md", "--check", "none"], ["--help"]])
def test_a_full_disk_behind_the_output(arguments: list[str], project: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = iopeer(*arguments, folder=project, stdout=full.fileno())
    assert done.returncode in {1, 2}
    assert "No space left on device" in told(done)


def test_a_closed_output_is_no_error(project: Path) -> None:
    command = [str(IOPEER), "generate", "spec.md", "--check", "none"]
    done = subprocess.run(["/bin/sh", "-c", '"$@" >&-', "sh", *command], cwd=project, check=False, capture_output=True)
    assert done.returncode == 0, told(done)
    assert (project / "generated" / "README.md").is_file()


def test_who_stops_reading_stops_the_run_and_is_told_so(project: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = iopeer("generate", "spec.md", "--check", "none", folder=project, stdout=writer)
    os.close(writer)
    assert done.returncode == 128 + 13
    assert not told(done)
    assert not (project / "generated").exists()


def test_why_a_run_failed_is_an_event_and_in_its_log(project: Path) -> None:
    (project / "spec.md").write_text("nothing of it\n")
    done = iopeer("generate", "spec.md", "--json", folder=project)
    failed = next(event for event in map(json.loads, done.stdout.splitlines()) if event["kind"] == "run.failed")
    assert (failed["what"], failed["exit_code"]) == ("one problem in spec.md; nothing was generated", 2)
    (log,) = (project / ".iopeer" / "runs").glob("*/log.jsonl")
    assert "run.failed" in log.read_text()


def test_problems_are_objects_in_the_log(project: Path) -> None:
    (project / "spec.md").write_text(SPEC.replace("text", "txet"))
    assert iopeer("generate", "spec.md", folder=project).returncode == 2
    (log,) = (project / ".iopeer" / "runs").glob("*/log.jsonl")
    (problem,) = [event["problem"] for event in map(json.loads, log.read_text().splitlines()) if "problem" in event]
    assert (problem["code"], problem["line"]) == ("E040", 6)


def test_a_mark_before_the_spec_stays_where_the_first_line_is_mended(project: Path) -> None:
    (project / "spec.md").write_bytes("\ufeff## Entites\n\n### Task\n\n- title: text\n".encode())
    iopeer("check", "--fix", "spec.md", folder=project)
    assert (project / "spec.md").read_bytes().decode().startswith("\ufeff## Entities\n")


@pytest.mark.parametrize("place", ["dist", "dist/generated.zip"])
def test_an_archive_that_cannot_be_is_told_before_anything_is_written(place: str, project: Path) -> None:
    (project / place).mkdir(parents=True) if "/" in place else (project / place).touch()
    done = iopeer("generate", "spec.md", "--check", "none", "--zip", folder=project)
    assert done.returncode == 2
    assert "dist" in told(done)
    assert not (project / "generated").exists()


def test_a_template_that_replaces_none_is_told(project: Path) -> None:
    (project / ".iopeer" / "templates" / "backend").mkdir(parents=True)
    (project / ".iopeer" / "templates" / "backend" / "mian.py.j2").touch()
    done = iopeer("generate", "spec.md", "--check", "none", "--dry-run", folder=project)
    assert done.returncode == 0
    assert "mian.py.j2 replaces no template; did you mean 'backend/main.py.j2'?" in told(done)


def test_a_dry_run_names_what_would_change_by_force_too(project: Path) -> None:
    assert iopeer("generate", "spec.md", "--check", "none", folder=project).returncode == 0
    (project / "generated" / ".iopeer" / "manifest.json").unlink()
    (project / "generated" / "README.md").write_text("mine")
    (project / "generated" / "pyproject.toml").unlink()
    dry = iopeer("generate", "spec.md", "--check", "none", "--force", "--dry-run", folder=project)
    said = dry.stdout.decode()
    assert "new      pyproject.toml" in said
    assert "changed  README.md" in said
    assert "1 new, 1 changed, 0 removed" in said
    assert "Nothing was written" in said
    assert (project / "generated" / "README.md").read_text() == "mine"
    done = iopeer("generate", "spec.md", "--check", "none", "--force", folder=project)
    assert "1 new, 1 changed, 0 removed; `iopeer undo` takes it back" in done.stdout.decode()


def test_what_an_installed_plugin_would_build_is_told_with_its_name(project: Path) -> None:
    (project / "iopeer.toml").write_text("plugins = []\n")
    done = iopeer("generate", "spec.md", "--check", "none", "--dry-run", folder=project)
    assert "W240" in told(done)
    assert "help: enable 'fastapi' in `plugins` of iopeer.toml" in told(done)
