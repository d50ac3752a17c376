"""The command line as a black box: exit codes, messages, what is written and what is not."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import Project, of_kind

IOPEER = Path(sys.executable).with_name("iopeer")
SPECS = Path(__file__).parent / "specs"


def iopeer(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(
        [IOPEER, *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def todo(tmp_path: Path) -> Path:
    (tmp_path / "spec.md").write_text((SPECS / "todo.md").read_text())
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from iopeer_core.cli import main\n"
        "sys.argv = ['iopeer', '--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'pydantic', 'jinja2', 'rich', 'markdown_it', 'iopeer_plugin_fastapi'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "generate" in done.stdout


def test_generates_without_checks_and_again_without_a_change(todo: Path) -> None:
    first = iopeer("generate", "spec.md", "--check", "none", "--zip", folder=todo)
    assert first.returncode == 0, first.stderr
    before = files(todo / "generated")
    archive = (todo / "dist" / "generated.zip").read_bytes()
    assert "backend/main.py" in before
    again = iopeer("generate", "spec.md", "--check", "none", "--zip", folder=todo)
    assert again.returncode == 0, again.stderr
    assert files(todo / "generated") == before
    assert (todo / "dist" / "generated.zip").read_bytes() == archive


def test_a_dry_run_writes_nothing(todo: Path) -> None:
    done = iopeer("generate", "spec.md", "--check", "none", "--zip", "--dry-run", folder=todo)
    assert done.returncode == 0, done.stderr
    assert not (todo / "generated").exists()
    assert not (todo / "dist").exists()
    assert "backend/main.py" in done.stdout or "new" in done.stdout


def test_json_is_an_event_a_line(todo: Path) -> None:
    done = iopeer("generate", "spec.md", "--check", "none", "--json", folder=todo)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert events[0]["kind"] == "run.started"
    assert events[-1] | {"ok": True} == events[-1]
    assert next(e for e in events if e["kind"] == "run.made")["entities"] >= 1


def test_every_problem_of_a_broken_spec_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text((SPECS / "broken.md").read_text())
    done = iopeer("check", "spec.md", "--json", folder=tmp_path)
    assert done.returncode == 2
    problems = json.loads(done.stdout)["problems"]
    lines = {problem["line"] for problem in problems if problem["severity"] == "error"}
    assert lines >= {expected["line"] for expected in json.loads((SPECS / "broken.expected.json").read_text())}
    generated = iopeer("generate", "spec.md", folder=tmp_path)
    assert generated.returncode == 2
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize("name", ["todo.md", "tracker.md", "biblioteca.md"])
def test_the_examples_have_no_errors(name: str, tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text((SPECS / name).read_text())
    done = iopeer("check", "spec.md", folder=tmp_path)
    assert done.returncode == 0, done.stdout


def test_what_check_counts_is_said_in_the_language_of_the_problems(tmp_path: Path) -> None:
    """In Spanish for a Spanish spec, whatever is wrong with it; mended ones too."""
    spec = tmp_path / "spec.md"
    spec.write_text("# T\n\n## Entidades\n\n### A\n\n- x: txto\n- y: elefante\n", "utf-8")
    assert iopeer("check", "spec.md", folder=tmp_path).stdout.endswith("spec.md: 2 errores, 0 avisos\n")
    assert iopeer("check", "spec.md", "--fix", folder=tmp_path).stdout.endswith(": 1 error, 0 avisos, 1 corregido\n")
    spec.write_text("# T\n\n## Entidades\n\n### A\n\n- x: texto\n", "utf-8")
    assert iopeer("check", "spec.md", folder=tmp_path).stdout == "spec.md: sin problemas\n"
    assert iopeer("check", "spec.md", "--lang", "en", folder=tmp_path).stdout == "spec.md: no problems\n"


def test_plan_as_json_is_json(todo: Path) -> None:
    done = iopeer("plan", "spec.md", "--json", folder=todo)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["spec"]["title"] == "Todo"


@pytest.mark.parametrize("language", ["en", "es"])
def test_new_begins_a_project_that_generates(language: str, tmp_path: Path) -> None:
    done = iopeer("new", "Mi Blog", "--lang", language, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    spec = tmp_path / "mi-blog" / "spec.md"
    checked = iopeer("check", "spec.md", folder=spec.parent)
    assert checked.returncode == 0, checked.stdout
    assert iopeer("new", "Mi Blog", folder=tmp_path).returncode == 2
    assert iopeer("generate", "spec.md", "--check", "none", folder=spec.parent).returncode == 0


def test_messages_instead_of_tracebacks(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_bytes(b"\xff\xfe\x00binary")
    for arguments in (
        ["generate", "nowhere.md"],
        ["generate", "."],
        ["generate", "spec.md"],
        ["check", "spec.md"],
        ["plan", "spec.md"],
        ["generate", "spec.md", "--check", "sometimes"],
    ):
        done = iopeer(*arguments, folder=tmp_path)
        assert done.returncode == 2, (arguments, done.stdout, done.stderr)
        assert "Traceback" not in done.stdout + done.stderr
        assert done.stdout + done.stderr


def test_works_in_a_poor_locale_without_a_home(todo: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [IOPEER, "generate", "spec.md", "--check", "none"], cwd=todo, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_closed_pipe_is_no_error(todo: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{IOPEER}' plan spec.md --json | head -c 10"], cwd=todo, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    assert b"bug" not in done.stderr


WARNED = """# Notes

## Roles
- admin: all
- member: reads

## Entities

### Note
- text: text, required

#### Permissions
- admin: all
- member: read

### User
- email: email, required
"""


def test_strict_treats_a_warning_as_an_error(tmp_path: Path) -> None:
    (tmp_path / "spec.md").write_text(WARNED)
    assert iopeer("check", "spec.md", folder=tmp_path).returncode == 0, "the spec has a warning, and no error"
    strict = iopeer("generate", "spec.md", "--check", "none", "--strict", folder=tmp_path)
    assert strict.returncode == 2
    assert "one problem in spec.md; nothing was generated" in strict.stderr
    assert iopeer("check", "spec.md", folder=tmp_path).returncode == 0
    assert iopeer("check", "spec.md", "--strict", folder=tmp_path).returncode == 2
    assert not (tmp_path / "generated").exists()
    assert iopeer("generate", "spec.md", "--check", "none", folder=tmp_path).returncode == 0


def test_timings_are_of_every_stage_and_plugin(todo: Path) -> None:
    done = iopeer("generate", "spec.md", "--check", "none", "--timings", folder=todo)
    table = done.stdout.partition("stage or hook")[2].partition("\n\n")[0].splitlines()[1:]
    rows = {name.strip(): seconds for name, seconds in (line.rsplit("  ", 1) for line in table)}
    assert rows.keys() >= {"read", "plan", "code", "merge", "test", "picture", "write", "zip", "fastapi · after_plan"}
    assert all(float(seconds) >= 0 for seconds in rows.values())
    assert "stage or hook" not in iopeer("generate", "spec.md", "--check", "none", folder=todo).stdout


def test_json_holds_the_timings_and_what_went_wrong(todo: Path) -> None:
    done = iopeer("generate", "spec.md", "--check", "none", "--zip", "--timings", "--json", folder=todo)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    stages = [event["stage"] for event in found if event["kind"] == "stage.finished" and event["seconds"] >= 0]
    assert stages == ["read", "plan", "code", "merge", "test", "picture", "write", "zip"]
    assert {event["plugin"] for event in found if event["kind"] == "hook.finished"} == {
        "docker",
        "fastapi",
        "iopeer",
        "nextjs",
    }
    made = next(event for event in found if event["kind"] == "run.made")
    assert made["zip_sha256"] == hashlib.sha256((todo / "dist" / "generated.zip").read_bytes()).hexdigest()
    (todo / "generated" / ".iopeer" / "manifest.json").unlink()
    (todo / "generated" / "README.md").write_text("mine")
    refused = iopeer("generate", "spec.md", "--check", "none", "--json", folder=todo)
    last = json.loads(refused.stdout.splitlines()[-1])
    assert (refused.returncode, last["kind"], last["ok"]) == (3, "run.finished", False)


def test_a_dry_run_says_what_would_change_in_a_folder_that_is_there(todo: Path) -> None:
    assert iopeer("generate", "spec.md", "--check", "none", "--zip", folder=todo).returncode == 0
    spec = todo / "spec.md"
    spec.write_text(spec.read_text() + "\n### Label\n- name: text\n")
    before = files(todo / "generated") | files(todo / "dist")
    done = iopeer("generate", "spec.md", "--check", "none", "--zip", "--dry-run", "--json", folder=todo)
    assert done.returncode == 0, done.stderr
    planned = next(e for e in map(json.loads, done.stdout.splitlines()) if e["kind"] == "write.planned")
    assert "backend/models/label.py" in planned["new"]
    assert "README.md" in planned["changed"]
    assert planned["removed"] == []
    assert files(todo / "generated") | files(todo / "dist") == before


@pytest.mark.parametrize(
    ("level", "outcomes"),
    [
        ("quick", {"fast": "passed", "slow": "skipped"}),
        ("full", {"fast": "passed", "slow": "failed"}),
        ("none", {"fast": "skipped", "slow": "skipped"}),
    ],
)
def test_check_says_which_checks_run(trial: Project, level: str, outcomes: dict[str, str]) -> None:
    checks = {"fast": {"command": ("true",)}, "slow": {"command": ("false",), "level": "full"}}
    trial.enable("trial", trial={"checks": checks})
    done = trial.generate("--check", level, "--json")
    assert done.returncode == (1 if "failed" in outcomes.values() else 0), done.stderr
    assert {event["check"]: event["outcome"] for event in of_kind(done, "check.finished")} == outcomes
    assert (trial.folder / "generated").exists() == ("failed" not in outcomes.values())


def test_what_a_check_sees_of_this_machine_is_little(trial: Project) -> None:
    code = "import os; print(sorted(os.environ)); print(os.getcwd())"
    trial.enable("trial", trial={"checks": {"look": {"command": ("python", "-c", code + "; raise SystemExit(1)")}}})
    done = trial.generate(SECRET_TOKEN="abc", DATABASE_URL="postgresql://production")
    assert done.returncode == 1
    assert "SECRET_TOKEN" not in done.stderr
    assert "DATABASE_URL" not in done.stderr
    assert "PYTHONPATH" not in done.stderr
    assert "\n." in done.stderr, "the staging folder is not shown"


def test_a_check_sees_what_its_component_asks_for(trial: Project) -> None:
    code = "import os, sys; print(sorted(os.environ)); sys.exit(os.environ['BROWSER_HERE'] != '/opt/browser')"
    checks = {"look": {"command": ("python", "-c", code)}}
    trial.enable("trial", trial={"checks": checks, "passed_on": ("BROWSER_HERE", "NOWHERE")})
    done = trial.generate(BROWSER_HERE="/opt/browser")
    assert done.returncode == 0, done.stderr
    trial.enable("trial", trial={"checks": checks})
    assert "KeyError" in trial.generate(BROWSER_HERE="/opt/browser").stderr
