"""The Fixer in the real pipeline: what is mended reaches the folder and the ZIP; what is not, touches nothing."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.projects import Done, Project, events, generated, of_kind, snapshot, unpacked

SPECS = Path(__file__).parent / "specs"
GOOD = {"command": ("grep", "-q", "good", "state.txt")}
SMALL = {"command": ("grep", "-q", "small", "size.txt")}
BROKEN = {"files": {"state.txt": "broken\n", "size.txt": "small\n"}, "checks": {"good": GOOD, "small": SMALL}}


def checked(done: Done) -> list[tuple[str, str]]:
    """The checks that ran, in their order, with what they said."""
    return [(event["check"], event["outcome"]) for event in of_kind(done, "check.finished")]


def author(project: Project, path: str) -> str:
    manifest = json.loads((project.folder / "generated" / ".iopeer" / "manifest.json").read_text())
    return str(manifest["files"][path]["author"])


def kept(project: Project) -> Path:
    """The folder with the staged tree and the logs of the last run."""
    return project.runs()[-1]


def with_work(project: Project) -> None:
    """A generated folder with files of the user's in it, and a ZIP."""
    done = project.generate("--zip")
    assert done.returncode == 0, done.stderr
    for path, text in {".env": "SECRET=1", "app.db": "rows", ".git/HEAD": "ref", "notes.txt": "mine"}.items():
        (project.folder / "generated" / path).parent.mkdir(exist_ok=True)
        (project.folder / "generated" / path).write_text(text)


def theirs(project: Project) -> dict[str, bytes]:
    """All that a failing run must leave alone."""
    return snapshot(project.folder / "generated") | {"the ZIP": (project.folder / "dist/generated.zip").read_bytes()}


def test_a_mended_tree_reaches_the_folder_and_the_zip(trial: Project) -> None:
    trial.enable("trial", "mender", trial=BROKEN, mender={"patches": [{"state.txt": "good again\n"}]})
    done = trial.generate("--zip", "--json")
    assert done.returncode == 0, done.stderr
    assert generated(trial.folder / "generated")["state.txt"] == b"good again\n"
    assert unpacked(trial.folder / "dist" / "generated.zip") == generated(trial.folder / "generated")
    (fix,) = of_kind(done, "fix.applied")
    assert (fix["author"], fix["note"], fix["paths"]) == ("mender", "round 1", ["state.txt"])
    assert author(trial, "state.txt") == "mender"
    assert author(trial, "size.txt") == "trial"
    first, again, together = [("good", "failed"), ("small", "passed")], [("good", "passed")], ["good", "small"]
    assert checked(done) == [*first, *again, *((name, "passed") for name in together)]
    assert trial.generate("--zip").returncode == 0  # and what it mended is no edit of the user's


def test_what_nobody_mends_touches_nothing(trial: Project) -> None:
    with_work(trial)
    before = theirs(trial)
    trial.enable("trial", "mender", trial=BROKEN)
    done = trial.generate("--zip")
    assert done.returncode == 1
    assert theirs(trial) == before
    folder = kept(trial)
    assert folder.relative_to(trial.folder).as_posix() in done.stderr
    assert "does not pass: good" in done.stderr
    assert generated(folder / "staged")["state.txt"] == b"broken\n"
    assert {path.name for path in folder.iterdir()} == {"staged", "log.jsonl", "good.log", "small.log"}


def test_a_fixer_that_never_converges_is_asked_three_times(trial: Project) -> None:
    with_work(trial)
    before = theirs(trial)
    trial.enable("trial", "mender", trial=BROKEN, mender={"patches": [{"state.txt": "broken {round}\n"}]})
    done = trial.generate("--zip", "--json")
    assert done.returncode == 1
    assert [event["attempt"] for event in of_kind(done, "fix.started")] == [1, 2, 3]
    assert [outcome for name, outcome in checked(done) if name == "good"] == ["failed"] * 5, "once without notes.txt"
    assert theirs(trial) == before
    assert (kept(trial) / "staged" / "state.txt").read_text() == "broken 3\n"


def test_a_fixer_that_changes_nothing_is_not_asked_again(trial: Project) -> None:
    trial.enable("trial", "mender", trial=BROKEN, mender={"patches": [{"state.txt": "broken\n"}]})
    done = trial.generate("--json")
    assert done.returncode == 1
    assert len(of_kind(done, "fix.started")) == 1
    assert not of_kind(done, "fix.applied")


def test_a_fixer_that_breaks_another_check_is_found_out(trial: Project) -> None:
    patches = [{"state.txt": "good\n", "size.txt": "huge\n"}]
    trial.enable("trial", "mender", trial=BROKEN, mender={"patches": patches})
    done = trial.generate("--zip", "--json")
    assert done.returncode == 1
    assert checked(done)[-1] == ("small", "failed")
    assert not (trial.folder / "generated").exists()
    assert not (trial.folder / "dist").exists()


def test_a_fixer_may_mend_what_its_first_patch_broke(trial: Project) -> None:
    patches = [{"state.txt": "good\n", "size.txt": "huge\n"}, {"size.txt": "small again\n"}]
    trial.enable("trial", "mender", trial=BROKEN, mender={"patches": patches})
    done = trial.generate("--json")
    assert done.returncode == 0, done.stderr
    assert checked(done)[-2:] == [("good", "passed"), ("small", "passed")]
    assert generated(trial.folder / "generated")["size.txt"] == b"small again\n"


def test_what_the_user_edited_is_never_mended(trial: Project) -> None:
    with_work(trial)
    edited = trial.folder / "generated" / "state.txt"
    edited.write_text("my own\n")
    before = theirs(trial)
    trial.enable("trial", "mender", trial={"checks": {"good": GOOD}}, mender={"patches": [{"state.txt": "good\n"}]})
    done = trial.generate("--zip")
    assert done.returncode == 1
    assert "mender may not mend what you edited: state.txt" in done.stderr
    assert "Without what you did to state.txt it passes: good." in done.stderr
    assert theirs(trial) == before


def test_a_mend_that_cannot_be_tested_leaves_the_failure_to_be_told(trial: Project) -> None:
    files = {"state.txt": "broken\n", "pyproject.toml": "[project]\ndependencies = []\n"}
    table = {"files": files, "checks": {"good": GOOD}, "manifest": "pyproject.toml"}
    trial.enable("trial", "mender", trial=table, mender={"patches": [{"pyproject.toml": "dependencies ="}]})
    done = trial.generate()
    assert done.returncode == 1
    assert "what was mended cannot be tested: pyproject.toml: it is no pyproject.toml" in done.stderr
    assert "does not pass: good" in done.stderr
    assert (kept(trial) / "staged" / "pyproject.toml").read_text() == files["pyproject.toml"]


@pytest.mark.parametrize("patch", ["../outside.txt", ".env", ".git/config", "/tmp/outside.txt"])  # noqa: S108 - it must not be written
def test_a_patch_never_leaves_the_folder(trial: Project, patch: str) -> None:
    trial.enable("trial", "mender", trial=BROKEN, mender={"patches": [{patch: "x"}]})
    done = trial.generate()
    assert done.returncode in {1, 2}
    assert "bug" not in done.stderr
    assert patch.rpartition("/")[2] in done.stderr
    assert not (trial.folder / "generated").exists()
    assert not list(trial.folder.parent.rglob("outside.txt"))


def test_a_fixer_that_raises_is_told_and_the_run_ends_as_if_it_were_not_there(trial: Project) -> None:
    with_work(trial)
    before = theirs(trial)
    trial.enable("trial", "mender", trial=BROKEN, mender={"fails": "out of ideas"})
    done = trial.generate("--zip")
    assert done.returncode == 1
    assert "the plugin 'mender' failed in after_tests, the run goes on: RuntimeError: out of ideas" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert theirs(trial) == before


@pytest.mark.parametrize("mended", ["good {token}\n", "still broken {token}\n"])
def test_a_mend_never_holds_a_secret(trial: Project, mended: str) -> None:
    mender = {"token": "sk-very-secret", "patches": [{"state.txt": mended}]}
    trial.enable("trial", "mender", trial=BROKEN, mender=mender)
    done = trial.generate("--zip")
    assert done.returncode == 2
    assert "plugin mender: state.txt would hold a secret of iopeer.toml" in done.stderr
    (trial.folder / "iopeer.json").unlink()
    assert not [path for path, text in snapshot(trial.folder).items() if b"sk-very-secret" in text]
    assert not (trial.folder / "generated").exists()


def test_what_a_check_does_to_the_staged_files_is_not_taken_for_a_mend(trial: Project) -> None:
    script = (
        "import pathlib; p = pathlib.Path('state.txt'); t = p.read_text(); p.write_text('good\\n'); assert 'good' in t"
    )
    checks = {"a": {"command": ("python", "-c", script)}, "b": GOOD}
    files = {"state.txt": "broken\n", "other.txt": ""}
    trial.enable("trial", "mender", trial={"files": files, "checks": checks}, mender={"patches": [{"other.txt": "x"}]})
    done = trial.generate("--json")
    assert done.returncode == 1, "the check passed on a file that it had changed itself"
    assert not (trial.folder / "generated").exists()


def test_a_check_does_not_pass_on_what_another_one_changed(trial: Project) -> None:
    change = ("python", "-c", "open('state.txt', 'w').write('good')")
    trial.enable("trial", trial={"files": {"state.txt": "broken\n"}, "checks": {"a": {"command": change}, "b": GOOD}})
    done = trial.generate("--json")
    assert checked(done) == [("a", "passed"), ("b", "failed")]


def test_a_check_that_leaves_a_socket_loses_no_evidence(trial: Project) -> None:
    script = "import socket; s = socket.socket(socket.AF_UNIX); s.bind('s'); print('said'); raise SystemExit(1)"
    trial.enable("trial", trial={"checks": {"a/b": {"command": (sys.executable, "-c", script)}}})
    done = trial.generate()
    assert done.returncode == 1
    assert "the staged app and the logs are in .iopeer/runs/" in done.stderr
    assert "said" in next(kept(trial).glob("*.log")).read_text()
    assert (kept(trial) / "staged" / "state.txt").is_file()


@pytest.fixture
def backend(trial: Project) -> Project:
    """The FastAPI backend, its own tests left out: what is planted in it is what fails."""
    shutil.copy(SPECS / "todo.md", trial.folder / "spec.md")
    return trial


def plant(project: Project, code: str, command: tuple[str, ...]) -> Done:
    table = {
        "component": "backend",
        "files": {"backend/planted.py": code},
        "checks": {"planted": {"command": command}},
        "skip": {"tests": "the test is about another check"},
    }
    project.enable("fastapi", "trial", trial=table)
    return project.generate("--zip", "--json")


@pytest.mark.slow
def test_ruffs_safe_fixes_mend_code_that_fails_a_check(backend: Project) -> None:
    done = plant(
        backend, '"""Planted."""\nimport os\nimport sys\n\nprint( sys.path )\n', ("ruff", "check", "backend/planted.py")
    )
    assert done.returncode == 0, done.stderr
    planted = generated(backend.folder / "generated")["backend/planted.py"]
    assert planted == b'"""Planted."""\n\nimport sys\n\nprint(sys.path)\n'
    assert unpacked(backend.folder / "dist" / "generated.zip")["backend/planted.py"] == planted
    assert author(backend, "backend/planted.py") == "fastapi"
    assert [outcome for name, outcome in checked(done) if name == "planted"][:2] == ["failed", "passed"]
    (fix,) = of_kind(done, "fix.applied")
    assert (fix["author"], "backend/planted.py" in fix["paths"]) == ("fastapi", True)


@pytest.mark.slow
def test_a_missing_requirement_is_added_and_installed(backend: Project) -> None:
    code = '"""Planted."""\n\nimport itsdangerous\n\nprint(itsdangerous.Signer)\n'
    done = plant(backend, code, ("python", "-c", "import backend.planted"))
    assert done.returncode == 0, done.stderr
    for files in (generated(backend.folder / "generated"), unpacked(backend.folder / "dist" / "generated.zip")):
        assert b'"itsdangerous"' in files["pyproject.toml"]
    assert author(backend, "pyproject.toml") == "fastapi"
    environments = [event for event in events(done) if event["kind"] == "environment.finished"]
    assert len(environments) == 2  # the mended requirements have an environment of their own


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "command"),
    [
        ("print(undefined)\n", ("ruff", "check", "backend/planted.py")),
        ("import no_such_module_anywhere as module\n\nprint(module)\n", ("python", "-c", "import backend.planted")),
    ],
)
def test_what_the_fixer_does_not_claim_to_mend_stays_as_it_is(backend: Project, code: str, command: tuple[str]) -> None:
    done = plant(backend, code, command)
    assert done.returncode == 1
    assert "the staged app and the logs are in .iopeer/runs/" in done.stderr
    assert (kept(backend) / "staged" / "backend" / "planted.py").is_file()
    assert not (backend.folder / "generated").exists()
    assert not (backend.folder / "dist").exists()
