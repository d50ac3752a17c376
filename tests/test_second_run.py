"""A second run: what the user did to the first one's files is kept, merged or a conflict, and never lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.projects import IOPEER, Done, Project, generated, of_kind, snapshot, unpacked

TEXT = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"
NEW = TEXT.replace("two", "TWO")
QUICK = ("--check", "none")


@pytest.fixture
def edited(trial: Project) -> Project:
    """A project whose app has been generated: `code.txt` and `other.txt`."""
    made(trial, {"code.txt": TEXT, "other.txt": "other\n"})
    return trial


def made(project: Project, files: dict[str, str], *options: str, code: int = 0, **settings: object) -> Done:
    """Generate these files."""
    project.enable("trial", trial={"files": files, **settings})
    done = project.generate(*(options or QUICK))
    assert done.returncode == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done


def out(project: Project) -> Path:
    return project.folder / "generated"


def texts(project: Project) -> dict[str, bytes]:
    """The generated files but for those that every app has."""
    usual = {"README.md", ".gitignore"}
    return {path: content for path, content in generated(out(project)).items() if path not in usual}


def own(project: Project, name: str) -> list[str]:
    """IOPEER's own files of one kind in the output folder."""
    folder = out(project) / ".iopeer" / name
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def edit(project: Project, path: str, old: str, new: str) -> None:
    file = out(project) / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def test_an_edit_of_what_does_not_change_stays(edited: Project) -> None:
    edit(edited, "code.txt", "five", "mine")
    before = snapshot(out(edited))
    made(edited, {"code.txt": TEXT, "other.txt": "other\n"})
    assert snapshot(out(edited)) == before, "nothing was written"
    made(edited, {"code.txt": TEXT, "other.txt": "changed\n"})
    assert texts(edited) == {"code.txt": TEXT.replace("five", "mine").encode(), "other.txt": b"changed\n"}


def test_an_edit_elsewhere_in_what_changes_is_merged(edited: Project) -> None:
    edit(edited, "code.txt", "six", "mine")
    done = made(edited, {"code.txt": NEW, "other.txt": "other\n"}, *QUICK, "--json")
    (merged,) = of_kind(done, "merge.finished")
    assert merged["merged"] == ["code.txt"]
    assert (out(edited) / "code.txt").read_text() == NEW.replace("six", "mine")
    made(edited, {"code.txt": NEW.replace("one", "ONE"), "other.txt": "other\n"})
    assert (out(edited) / "code.txt").read_text() == NEW.replace("six", "mine").replace("one", "ONE")


def test_a_conflict_touches_nothing_and_shows_all_sides(edited: Project) -> None:
    edit(edited, "code.txt", "two", "mine")
    before = generated(out(edited))
    done = made(edited, {"code.txt": NEW, "other.txt": "changed\n"}, code=3)
    assert "code.txt: you edited what has changed" in done.stderr
    assert "iopeer merge generated" in done.stderr
    assert generated(out(edited)) == before
    sides = {side: (out(edited) / ".iopeer/conflicts" / side / "code.txt").read_text() for side in ("base", "new")}
    assert sides == {"base": TEXT, "new": NEW}
    assert (out(edited) / ".iopeer/conflicts/theirs/code.txt").read_bytes() == before["code.txt"]
    marked = (out(edited) / ".iopeer/conflicts/merged/code.txt").read_text()
    assert all(word in marked for word in ("<<<<<<< yours", "mine", "TWO", "seven"))
    assert made(edited, {"code.txt": NEW, "other.txt": "changed\n"}, code=3).stderr == done.stderr


def test_a_dry_run_tells_of_conflicts_and_writes_none(edited: Project) -> None:
    edit(edited, "code.txt", "two", "mine")
    before = snapshot(out(edited))
    done = made(edited, {"code.txt": NEW, "other.txt": "other\n"}, *QUICK, "--dry-run", code=3)
    assert "code.txt" in done.stderr
    assert snapshot(out(edited)) == before


@pytest.mark.parametrize(("choice", "word"), [("theirs", "mine"), ("new", "TWO")])
def test_what_is_settled_is_written_by_the_next_run(edited: Project, choice: str, word: str) -> None:
    edit(edited, "code.txt", "two", "mine")
    files = {"code.txt": NEW, "other.txt": "changed\n"}
    made(edited, files, code=3)
    without = edited.iopeer("merge")
    assert without.returncode == 3, "without a terminal nothing asks"
    assert "code.txt" in without.stdout
    done = edited.iopeer("merge", "--all", choice)
    assert done.returncode == 0, done.stderr
    assert "iopeer generate spec.md" in done.stdout
    assert "mine" in (out(edited) / "code.txt").read_text(), "what was decided is written by a run that tests it"
    made(edited, files)
    assert (out(edited) / "code.txt").read_text() == TEXT.replace("two", word)
    assert (out(edited) / "other.txt").read_text() == "changed\n"
    assert own(edited, "conflicts") == []
    made(edited, files)
    assert edited.iopeer("merge").returncode == 0


def test_a_decision_holds_for_no_other_conflict(edited: Project) -> None:
    edit(edited, "code.txt", "two", "mine")
    files = {"code.txt": NEW, "other.txt": "other\n"}
    made(edited, files, code=3)
    assert edited.iopeer("merge", "--all", "new").returncode == 0
    edit(edited, "code.txt", "mine", "mine, and more since")
    made(edited, files, code=3)
    assert "mine, and more since" in (out(edited) / "code.txt").read_text()


def test_a_merge_asks_on_a_terminal(edited: Project) -> None:
    files = {"code.txt": NEW, "other.txt": "OTHER\n"}
    edit(edited, "code.txt", "two", "mine")
    edit(edited, "other.txt", "other", "mine")
    made(edited, files, code=3)
    editor = edited.folder / "editor.py"
    editor.write_text("import sys; open(sys.argv[1], 'w').write('both of us\\n')")
    talk = (
        "import os, pty, sys\n"
        "answers = [b'x\\n', b'e\\n', b't\\n']\n"
        "def read(fd):\n"
        "    data = os.read(fd, 1024)\n"
        "    if data.rstrip().endswith(b'?') and answers:\n"
        "        os.write(fd, answers.pop(0))\n"
        "    return data\n"
        "sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], read)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", talk, str(IOPEER), "merge"],
        cwd=edited.folder,
        env=edited.environment(EDITOR=f"{sys.executable} {editor}", VISUAL=""),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "-mine" in done.stdout, "the difference is shown"
    made(edited, files)
    assert texts(edited) == {"code.txt": b"both of us\n", "other.txt": b"mine\n"}


def test_marks_left_by_an_editor_settle_nothing(edited: Project) -> None:
    edit(edited, "code.txt", "two", "mine")
    made(edited, {"code.txt": NEW, "other.txt": "other\n"}, code=3)
    talk = (
        "import os, pty, sys\n"
        "answers = [b'e\\n', b's\\n']\n"
        "def read(fd):\n"
        "    data = os.read(fd, 1024)\n"
        "    if data.rstrip().endswith(b'?') and answers:\n"
        "        os.write(fd, answers.pop(0))\n"
        "    return data\n"
        "sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], read)))\n"
    )
    command = [sys.executable, "-c", talk, str(IOPEER), "merge"]
    environment = edited.environment(EDITOR="true", VISUAL="")
    done = subprocess.run(
        command,
        cwd=edited.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stdout
    assert "still has the marks" in done.stdout


def test_partly_written_the_rest_stays_a_conflict(edited: Project) -> None:
    edit(edited, "code.txt", "two", "mine")
    files = {"code.txt": NEW, "other.txt": "changed\n"}
    done = made(edited, files, *QUICK, "--partial", code=3)
    assert "code.txt" in done.stderr
    assert texts(edited) == {"code.txt": TEXT.replace("two", "mine").encode(), "other.txt": b"changed\n"}
    made(edited, files, code=3)
    assert edited.iopeer("merge", "--all", "new").returncode == 0
    made(edited, files)
    assert texts(edited) == {"code.txt": NEW.encode(), "other.txt": b"changed\n"}


def test_partly_written_is_partly_tested(edited: Project) -> None:
    edit(edited, "code.txt", "two", "mine")
    files = {"code.txt": NEW, "other.txt": "changed\n"}
    checks = {"looks": {"command": ("python", "-c", "import sys; sys.exit('TWO' not in open('code.txt').read())")}}
    before = generated(out(edited))
    made(edited, files, "--partial", code=1, checks=checks)
    assert generated(out(edited)) == before


def test_force_takes_the_new_and_undo_restores_mine(edited: Project) -> None:
    edit(edited, "code.txt", "two", "mine")
    (out(edited) / "other.txt").unlink()
    mine = snapshot(out(edited))
    files = {"code.txt": NEW, "other.txt": "changed\n"}
    done = made(edited, files, *QUICK, "--force")
    assert "iopeer undo" in done.stdout
    assert texts(edited) == {"code.txt": NEW.encode(), "other.txt": b"changed\n"}
    undone = edited.iopeer("undo")
    assert undone.returncode == 0, undone.stderr
    assert "restored code.txt" in undone.stdout
    assert snapshot(out(edited)) == mine


def test_files_that_were_deleted_stay_away_and_it_is_said(edited: Project) -> None:
    (out(edited) / "other.txt").unlink()
    for text in ("other\n", "changed\n", "again\n"):
        done = made(edited, {"code.txt": NEW, "other.txt": text})
        assert "you deleted, and so it stays: other.txt" in done.stdout
        assert texts(edited) == {"code.txt": NEW.encode()}
    made(edited, {"code.txt": NEW, "other.txt": text}, *QUICK, "--force")
    assert (out(edited) / "other.txt").read_text() == text


def test_edits_in_files_no_longer_made_are_conflicts(edited: Project) -> None:
    edit(edited, "other.txt", "other", "mine")
    done = made(edited, {"code.txt": TEXT}, code=3)
    assert "other.txt: you edited it, and it is no longer made" in done.stderr
    assert edited.iopeer("merge", "--all", "theirs").returncode == 0
    made(edited, {"code.txt": TEXT})
    assert (out(edited) / "other.txt").read_text() == "mine\n"
    made(edited, {"code.txt": TEXT, "other.txt": "other\n"}, code=3)
    assert (out(edited) / "other.txt").read_text() == "mine\n", "it is the user's since"


def test_edits_in_files_no_longer_made_go_where_that_is_decided(edited: Project) -> None:
    edit(edited, "other.txt", "other", "mine")
    made(edited, {"code.txt": TEXT}, code=3)
    assert edited.iopeer("merge", "--all", "new").returncode == 0
    made(edited, {"code.txt": TEXT})
    assert texts(edited) == {"code.txt": TEXT.encode()}
    assert edited.iopeer("undo").returncode == 0
    assert (out(edited) / "other.txt").read_text() == "mine\n"


def test_files_of_mine_where_a_new_one_would_come(edited: Project) -> None:
    (out(edited) / "new.txt").write_text("mine\n")
    files = {"code.txt": TEXT, "other.txt": "other\n", "new.txt": "new\n"}
    done = made(edited, files, code=3)
    assert "new.txt: there already" in done.stderr
    assert (out(edited) / "new.txt").read_text() == "mine\n"
    made(edited, {**files, "new.txt": "mine\n"})


def test_what_is_no_file_is_never_replaced(edited: Project) -> None:
    (out(edited) / "code.txt").unlink()
    (out(edited) / "code.txt").symlink_to("other.txt")
    files = {"code.txt": NEW, "other.txt": "other\n"}
    made(edited, files, code=3)
    made(edited, files, *QUICK, "--force", code=3)
    assert edited.iopeer("merge", "--all", "new").returncode == 3
    assert edited.iopeer("merge", "--all", "theirs").returncode == 0
    made(edited, files)
    made(edited, files)
    assert (out(edited) / "code.txt").is_symlink()


def test_bytes_that_are_no_text_are_a_conflict(trial: Project) -> None:
    made(trial, {"data.bin": "\0one\n"})
    (out(trial) / "data.bin").write_bytes(b"\0mine\xff")
    made(trial, {"data.bin": "\0two\n"}, code=3)
    assert own(trial, "conflicts") == ["base/data.bin", "conflicts.json", "new/data.bin", "theirs/data.bin"]


def test_without_git_edits_elsewhere_are_told_and_nothing_is_lost(edited: Project) -> None:
    edit(edited, "code.txt", "six", "mine")
    edited.enable("trial", trial={"files": {"code.txt": NEW, "other.txt": "other\n"}})
    before = generated(out(edited))
    done = edited.generate(*QUICK, PATH="/nowhere")
    assert done.returncode == 2
    assert "install git" in done.stderr
    assert generated(out(edited)) == before


def test_without_its_base_every_file_that_differs_is_a_conflict(edited: Project) -> None:
    edit(edited, "code.txt", "six", "mine")
    (out(edited) / ".iopeer" / "base.zip").write_bytes(b"PK damaged")
    made(edited, {"code.txt": TEXT, "other.txt": "changed\n"})
    assert "mine" in (out(edited) / "code.txt").read_text(), "what is new is what was: hashes are enough"
    (out(edited) / ".iopeer" / "base.zip").unlink()
    done = made(edited, {"code.txt": NEW, "other.txt": "changed\n"}, code=3)
    assert "how it was generated is not known" in done.stderr
    shutil.rmtree(out(edited) / ".iopeer")
    done = made(edited, {"code.txt": NEW, "other.txt": "changed\n"}, code=3)
    assert "code.txt: there already" in done.stderr
    assert "other.txt" not in done.stderr, "what is equal is no conflict"
    assert "mine" in (out(edited) / "code.txt").read_text()


def test_an_unpacked_archive_merges(edited: Project) -> None:
    files = {"code.txt": TEXT, "other.txt": "other\n"}
    made(edited, files, *QUICK, "--zip")
    shutil.rmtree(out(edited))
    with zipfile.ZipFile(edited.folder / "dist" / "generated.zip") as archive:
        archive.extractall(edited.folder)
    edit(edited, "code.txt", "six", "mine")
    made(edited, {**files, "code.txt": NEW})
    assert (out(edited) / "code.txt").read_text() == NEW.replace("six", "mine")


def test_the_clone_of_a_colleague_merges(edited: Project, tmp_path: Path) -> None:
    def git(*arguments: str, folder: Path) -> None:
        mine = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        names = {f"GIT_{who}_{what}": "a@b.cd" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **mine, **names}, check=True)

    made(edited, {"code.txt": TEXT, "other.txt": "changed\n"})  # there is a checkpoint now
    git("init", "-q", ".", folder=out(edited))
    git("add", ".", folder=out(edited))
    git("commit", "-qm", "x", folder=out(edited))
    clone = Project(folder=tmp_path / "clone", sites=edited.sites)
    clone.folder.mkdir()
    shutil.copy(edited.folder / "spec.md", clone.folder)
    git("clone", "-q", str(out(edited)), str(out(clone)), folder=tmp_path)
    assert sorted(path.name for path in (out(clone) / ".iopeer").iterdir()) == [
        "base.zip",
        "manifest.json",
    ]
    edit(clone, "code.txt", "six", "mine")
    made(clone, {"code.txt": NEW, "other.txt": "changed\n"})
    assert (out(clone) / "code.txt").read_text() == NEW.replace("six", "mine")


def test_the_archive_holds_what_was_edited(edited: Project) -> None:
    edit(edited, "code.txt", "six", "mine")
    made(edited, {"code.txt": NEW, "other.txt": "other\n"}, *QUICK, "--zip")
    assert unpacked(edited.folder / "dist" / "generated.zip") == generated(out(edited))


LOOK = "import sys; sys.exit('bad' in open('code.txt').read() + open('other.txt').read())"
CHECK = {"looks": {"command": ("python", "-c", LOOK)}}


def test_what_is_tested_is_what_will_be_written(edited: Project) -> None:
    edit(edited, "code.txt", "six", "bad")
    before = generated(out(edited))
    done = made(edited, {"code.txt": NEW, "other.txt": "other\n"}, "--zip", code=1, checks=CHECK)
    assert "Without what you did to code.txt it passes: looks." in done.stderr
    assert generated(out(edited)) == before
    made(edited, {"code.txt": NEW, "other.txt": "bad\n"}, "--zip", code=1, checks=CHECK)


def test_a_failure_that_is_no_edits_fault_does_not_say_so(edited: Project) -> None:
    edit(edited, "code.txt", "six", "mine")
    done = made(edited, {"code.txt": NEW, "other.txt": "bad\n"}, "--zip", code=1, checks=CHECK)
    assert "Without what you did" not in done.stderr


def test_of_several_edits_the_one_that_breaks_a_check_is_named(edited: Project) -> None:
    edit(edited, "code.txt", "six", "mine")
    edit(edited, "other.txt", "other", "bad")
    done = made(edited, {"code.txt": NEW, "other.txt": "other\n"}, "--zip", code=1, checks=CHECK)
    assert "Without what you did to other.txt it passes: looks." in done.stderr


def test_files_of_mine_are_there_in_the_tests(edited: Project) -> None:
    (out(edited) / "mine.py").write_text("value = 1\n")
    (out(edited) / ".env").write_text("SECRET=1")
    (out(edited) / "ignored.py").write_text("x")
    (out(edited) / ".gitignore").write_text("ignored.py\n")
    code = "import os, sys; mine = os.path.exists('mine.py') and open('mine.py').read() or ''; "
    code += "sys.exit('bad' in mine or sum(map(os.path.exists, sys.argv[1:])))"
    checks = {"reads": {"command": ("python", "-c", code, ".env", "ignored.py")}}
    files = {"code.txt": TEXT, "other.txt": "other\n"}
    made(edited, files, "--zip", checks=checks)
    (out(edited) / "mine.py").write_text("bad\n")
    done = made(edited, files, "--zip", code=1, checks=checks)
    assert "Without what you did to mine.py it passes: reads." in done.stderr


def test_a_mender_mends_what_is_generated_and_the_edit_elsewhere_stays(edited: Project) -> None:
    edit(edited, "other.txt", "other", "mine")
    settings = {"trial": {"files": {"code.txt": "bad\n", "other.txt": "other\n"}, "checks": CHECK}}
    edited.enable("trial", "mender", **settings, mender={"patches": [{"code.txt": "good\n"}]})
    done = edited.generate()
    assert done.returncode == 0, done.stderr
    assert texts(edited) == {"code.txt": b"good\n", "other.txt": b"mine\n"}
    again = edited.generate()
    assert again.returncode == 0, again.stderr
    assert texts(edited) == {"code.txt": b"good\n", "other.txt": b"mine\n"}


def test_undo_never_loses_what_was_done_since(edited: Project) -> None:
    made(edited, {"code.txt": NEW, "other.txt": "other\n"})
    edit(edited, "code.txt", "six", "mine")
    before = snapshot(out(edited))
    done = edited.iopeer("undo")
    assert done.returncode == 3
    assert "code.txt" in done.stderr
    assert snapshot(out(edited)) == before


@pytest.mark.parametrize("content", [b"", b"PK", b"{}"])
def test_a_damaged_checkpoint_is_a_message(edited: Project, content: bytes) -> None:
    made(edited, {"code.txt": NEW, "other.txt": "other\n"})
    (out(edited) / ".iopeer" / "undo" / "000001.zip").write_bytes(content)
    done = edited.iopeer("undo")
    assert done.returncode == 2
    assert "damaged" in done.stderr


@pytest.mark.parametrize("path", ["../outside", ".env", ".git/config"])
def test_a_checkpoint_leads_nowhere_else(edited: Project, path: str) -> None:
    made(edited, {"code.txt": NEW, "other.txt": "other\n"})
    archive = out(edited) / ".iopeer" / "undo" / "000001.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("undo.json", json.dumps({path: {"old": True, "mode": 0o644, "new": ""}}))
        file.writestr(f"old/{path}", "x")
    assert edited.iopeer("undo").returncode == 2
    assert not (out(edited) / path).exists()


@pytest.mark.parametrize("content", ["", "[]", '{"format": 1, "conflicts": {"../x": {}}}', '{"format": 1}'])
def test_a_damaged_list_of_conflicts_is_a_message(edited: Project, content: str) -> None:
    edit(edited, "code.txt", "two", "mine")
    made(edited, {"code.txt": NEW, "other.txt": "other\n"}, code=3)
    (out(edited) / ".iopeer" / "conflicts" / "conflicts.json").write_text(content)
    for done in (edited.iopeer("merge", "--all", "new"), edited.generate(*QUICK)):
        assert done.returncode == 2
        assert "damaged" in done.stderr
    assert "mine" in (out(edited) / "code.txt").read_text()


@pytest.mark.parametrize(
    "arguments", [("merge", "nowhere"), ("undo", "nowhere"), ("merge", "spec.md"), ("undo", "spec.md")]
)
def test_folders_that_are_none(edited: Project, arguments: tuple[str, ...]) -> None:
    done = edited.iopeer(*arguments)
    assert done.returncode in {0, 2}
    assert "Traceback" not in done.stderr
    assert "bug" not in done.stderr


def rendered(project: Project, *options: str) -> int:
    """How many files a run rendered."""
    done = project.generate(*QUICK, "--json", *options)
    assert done.returncode == 0, done.stderr
    (finished,) = of_kind(done, "code.finished")
    return int(finished["rendered"])


def test_a_run_with_nothing_changed_renders_and_writes_nothing(edited: Project) -> None:
    made(edited, {"code.txt": TEXT, "other.txt": "other\n"})
    edit(edited, "code.txt", "six", "mine")
    before = snapshot(out(edited))
    assert rendered(edited) == 0
    assert snapshot(out(edited)) == before
    spec = edited.folder / "spec.md"
    spec.write_text("\n" + spec.read_text().replace("Todo", "To do"))
    assert rendered(edited) > 0, "another spec"
    assert rendered(edited) == 0
    edited.enable("trial", trial={"files": {"code.txt": NEW, "other.txt": "other\n"}})
    assert rendered(edited) > 0, "another setting"
    assert "TWO" in (out(edited) / "code.txt").read_text()
    assert rendered(edited) == 0
    template = edited.folder / ".iopeer" / "templates" / "README.md.j2"
    template.parent.mkdir()
    template.write_text("mine\n")
    assert rendered(edited) > 0, "another template"
    assert (out(edited) / "README.md").read_text() == "mine\n"
    assert rendered(edited) == 0
    (out(edited) / ".iopeer" / "base.zip").write_bytes(b"damaged")
    assert rendered(edited) > 0, "no pristine files"
    assert rendered(edited) == 0, "they are there again"
    assert rendered(edited, "--out", "elsewhere") > 0


def test_a_difference_is_per_entity_and_per_file_and_writes_nothing(edited: Project) -> None:
    assert "a run would change nothing" in edited.iopeer("diff").stdout
    edit(edited, "code.txt", "six", "mine")
    edit(edited, "other.txt", "other", "mine")
    edited.enable("trial", trial={"files": {"code.txt": NEW, "other.txt": "changed\n", "new.txt": "new\n"}})
    spec = edited.folder / "spec.md"
    spec.write_text(
        spec.read_text().replace("- done", "- finished: boolean, was done\n- old done") + "\n### Label\n- name: text\n"
    )
    before = snapshot(edited.folder)
    done = edited.iopeer("diff", "spec.md", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert [(each["kind"], each["what"], each["name"], each["was"]) for each in document["spec"]] == [
        ("added", "entity", "label", ""),
        ("renamed", "field", "finished", "done"),
        ("added", "field", "old_done", ""),
    ]
    files = {file["path"]: (file["kind"], file["added"], file["removed"]) for file in document["files"]}
    assert files["code.txt"] == ("merged", 1, 1)
    assert files["new.txt"] == ("new", 1, 0)
    assert "-two\n+TWO" in next(file["diff"] for file in document["files"] if file["path"] == "code.txt")
    assert [one["path"] for one in document["conflicts"]] == ["other.txt"]
    text, stat = edited.iopeer("diff"), edited.iopeer("diff", "--stat")
    assert "renamed  field task.finished (was done)" in text.stdout
    assert "+TWO" in text.stdout
    assert "conflict other.txt: you edited what has changed" in text.stdout
    assert "+TWO" not in stat.stdout
    assert " code.txt" in stat.stdout
    assert snapshot(edited.folder) == before


def test_edits_of_a_real_app_survive_a_field_that_comes(tmp_path: Path) -> None:
    project = Project(folder=tmp_path)
    spec = project.folder / "spec.md"
    spec.write_text("# Todo\n\n## Entities\n\n### Task\n- title: text, required\n- done: boolean, default no\n")
    assert project.generate(*QUICK).returncode == 0
    model = out(project) / "backend" / "models" / "task.py"
    model.write_text(model.read_text().replace('"""A task."""', '"""A task, as I see it."""'))
    spec.write_text(spec.read_text() + "- notes: long text\n")
    done = project.generate(*QUICK)
    assert done.returncode == 0, done.stderr
    assert "as I see it" in model.read_text()
    assert "notes" in model.read_text()
