from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from iopeer_core.cli import doctor
from iopeer_core.errors import PluginError, UserError
from iopeer_core.plugins.commands import commands, run_command
from iopeer_core.plugins.discovery import default_plugins, discover
from iopeer_core.plugins.overview import examine, overview

from .conftest import Made

COMMAND = """
[[commands]]
name = "hello"
call = "{call}"
"""


def test_installed_plugins_are_found_without_being_imported(made: Made) -> None:
    folder = made("audit")
    (folder / "__init__.py").write_text("raise RuntimeError")
    found = discover()["audit"]
    assert found.manifest is not None
    assert (found.manifest.folder, found.version) == (folder, "1.2")
    assert "made_audit" not in sys.modules


def test_a_plugin_of_two_distributions_is_a_problem(made: Made) -> None:
    made("audit")
    made("audit", dist="2")
    problem = discover()["audit"].problem
    assert problem is not None
    assert str(problem).startswith("the plugin 'audit' is installed twice, by iopeer-audit and iopeer-audit2")


def test_the_defaults_are_those_of_the_distribution(tmp_path: Path) -> None:
    assert "fastapi" in default_plugins()
    assert {row.name for row in overview(tmp_path)[0] if row.enabled} >= set(default_plugins())


def test_commands_are_listed_without_import_and_run_with_it(made: Made) -> None:
    folder = made("audit", extra=COMMAND.format(call="made_audit.cli:main"))
    (folder / "cli.py").write_text("def main(arguments): return len(arguments)")
    command = commands(discover())["hello"]
    assert "made_audit" not in sys.modules
    assert run_command(command, ["a", "b"]) == 2


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("made_audit.nowhere:main", "made_audit.nowhere cannot be imported"),
        ("made_audit:main", "made_audit has no function 'main'"),
        ("made_audit.cli:raises", r"KeyError: 'title' \(made_audit/cli.py:2\)"),
        ("made_audit.cli:misses", r"FileNotFoundError: .*nowhere.txt"),
        ("made_audit.cli:says", "it returned 'done', which is no exit code"),
    ],
)
def test_a_broken_command_is_one_message_that_names_the_plugin(made: Made, call: str, told: str) -> None:
    folder = made("audit", extra=COMMAND.format(call=call))
    functions = ["def raises(arguments):\n    return {}['title']", "def misses(arguments):\n    open('/nowhere.txt')"]
    (folder / "cli.py").write_text("\n".join([*functions, "def says(arguments):\n    return 'done'"]))
    with pytest.raises(PluginError, match=f"^plugin 'audit', command 'hello': {told}"):
        run_command(commands(discover())["hello"], [])


@pytest.mark.parametrize("body", ["raise UserError('no such ledger')", "sys.exit(3)", "raise BrokenPipeError"])
def test_a_command_ends_as_it_says(made: Made, body: str) -> None:
    folder = made("audit", extra=COMMAND.format(call="made_audit.cli:main"))
    head = "import sys\nfrom iopeer_core.errors import UserError\ndef main(arguments):\n    "
    (folder / "cli.py").write_text(head + body)
    with pytest.raises((UserError, SystemExit, BrokenPipeError), match=r"^no such ledger$|^3$|^$"):
        run_command(commands(discover())["hello"], [])


def test_the_doctor_warns_of_what_a_manifest_cannot_mean(made: Made, tmp_path: Path) -> None:
    made("audit", extra='consumes = ["types.*", "type.*", "section.audit"]' + COMMAND.format(call="a:b"))
    made("ledger", extra=COMMAND.format(call="a:b"))
    whats = [finding.what for finding in examine(tmp_path)]
    (told,) = (what for what in whats if "made_audit" in what)
    assert told.endswith("consumes names 'types.*', which the grammar does not have")
    assert "its command 'hello' is hidden by that of 'audit'" in whats


def test_the_doctor_warns_of_a_command_that_ours_hides(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made("audit", extra=COMMAND.format(call="a:b").replace("hello", "check"))
    monkeypatch.chdir(tmp_path)
    doctor.run(json=True, commands=["check", "generate"])
    assert "its command 'check' is hidden by that of 'iopeer'" in capsys.readouterr().out


def test_the_doctor_warns_of_templates_that_replace_none(made: Made, tmp_path: Path) -> None:
    folder = made("audit", extra='[templates]\nfolder = "templates"')
    theirs = tmp_path / ".iopeer" / "templates"
    for root in (folder / "templates", theirs):
        (root / "app").mkdir(parents=True)
    (folder / "templates" / "app" / "main.py.j2").touch()
    for name in ("main.py.j2", "mian.py.j2", "own.jinja"):
        (theirs / "app" / name).touch()
    (tmp_path / "iopeer.toml").write_text('plugins = ["audit"]')
    (told,) = [finding.what for finding in examine(tmp_path) if finding.subject == "templates"]
    assert told == f"{theirs / 'app' / 'mian.py.j2'} replaces no template; did you mean 'app/main.py.j2'?"


def test_looking_at_plugins_imports_neither_pydantic_nor_jinja(made: Made, tmp_path: Path) -> None:
    site = made("audit").parent
    code = (
        "import sys, json\nfrom pathlib import Path\nfrom iopeer_core.plugins.overview import overview\n"
        "overview(Path())\nprint(json.dumps([name for name in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(json.loads(done.stdout))
    assert not modules & {"pydantic", "jinja2", "pluggy", "made_audit", "iopeer_plugin_fastapi"}
