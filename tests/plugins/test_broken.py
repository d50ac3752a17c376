"""Every way in which a plugin can be broken ends in one clear message that names it; what only looks still works."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.plan import Plan
from iopeer_core.errors import PluginError, UserError
from iopeer_core.model.spec import Spec
from iopeer_core.plugins.commands import commands
from iopeer_core.plugins.config import ProjectConfig, read_config
from iopeer_core.plugins.discovery import discover
from iopeer_core.plugins.manager import Manager
from iopeer_core.plugins.overview import examine, overview
from iopeer_core.runs.report import Report
from iopeer_core.runs.run import Event, Run
from iopeer_core.tree.model import Tree

SPEC = Spec(title="Shop")

LOADING = {
    "raises-at-import": [
        "cannot be loaded: RuntimeError: no licence was found",
        "iopeer_broken_raises_at_import/plugin.py:5",
    ],
    "exits-at-import": ["cannot be loaded: it called sys.exit(nothing to do)"],
    "no-manifest": ["has no manifest.toml", "put manifest.toml at the top of the package"],
    "bad-manifest": ["manifest.toml: the manifest is not TOML: Invalid value (at line 1"],
    "wrong-manifest": ["provide is unknown here", "did you mean 'provides'?"],
    "other-name": ["the manifest names the plugin 'another-name', its entry point 'other-name'"],
    "old-contract": [
        "contract cannot be '9'",
        "it is one of: 1; install a version of the plugin",
    ],
    "no-package": ["names the package 'iopeer_broken_nowhere', which is not there", "install the plugin again"],
    "no-class": ["AttributeError", "'BrokenPlugin'"],
    "no-plugin": ["its entry point names no plugin", "derives from iopeer_core.plugins.plugin.Plugin"],
    "needs-absent": ["needs 'payments>=2', which no enabled plugin gives", "install a plugin that gives 'payments'"],
    "misspelt-hook": [
        "after_plann is no hook; did you mean 'after_plan'?",
        "def after_plan(self, plan: Plan) -> Iterable[",
    ],
}
"""Those that cannot be loaded, and parts of what is said."""

PLANNING = {
    "raises-in-hook": ["raises-in-hook, after_plan: KeyError: 'title' (iopeer_broken_raises_in_hook/plugin.py:"],
    "raises-while-read": ["after_plan: ValueError: the second item is missing"],
    "exits-in-hook": ["after_plan: it called sys.exit(0)"],
    "returns-none": ["after_plan: it returned None", "return a list of contributions, empty where there is nothing"],
    "returns-rubbish": ["after_plan: item 2 is 'B', no Contribution"],
    "wrong-type-inside": ["after_plan: item 2 is an EnvVar whose name must be str, it is 3"],
}
"""Those that fail when they are called."""


def run_of(events: list[Event]) -> Run:
    return Run(id="test", listeners=[events.append])


def load(*names: str, events: list[Event] | None = None) -> Manager:
    return Manager.load(ProjectConfig(plugins=names), run_of([] if events is None else events))


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(("name", "parts"), LOADING.items())
def test_loading_it_says_why(name: str, parts: list[str]) -> None:
    with pytest.raises(PluginError) as error:
        load(name)
    message = str(error.value)
    assert name in message
    assert [part for part in parts if part not in message] == []
    assert message.count("Traceback") == 0


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(("name", "parts"), PLANNING.items())
def test_calling_it_says_why(name: str, parts: list[str]) -> None:
    events: list[Event] = []
    manager = load(name, events=events)
    with pytest.raises(PluginError) as error:
        manager.after_plan(Plan(spec=SPEC))
    assert [part for part in [name, *parts] if part not in str(error.value)] == []
    (failed,) = [event for event in events if event.kind == "plugin.failed"]
    assert "Traceback" in failed.data["traceback"]  # the whole of it is in the log


@pytest.mark.usefixtures("broken")
def test_all_faults_of_all_plugins_are_told_at_once() -> None:
    with pytest.raises(PluginError) as error:
        load("raises-at-import", "no-class", "exits-at-import")
    assert "3 plugins failed" in str(error.value)
    manager = load(*PLANNING)
    with pytest.raises(PluginError) as error:
        manager.after_plan(Plan(spec=SPEC))
    message = str(error.value)
    assert f"{len(PLANNING)} plugins failed" in message
    assert [name for name in PLANNING if f"\n    {name}, after_plan: " not in message] == []


@pytest.mark.usefixtures("broken")
def test_every_fault_of_every_hook_is_told_with_the_right_signature() -> None:
    with pytest.raises(PluginError) as error:
        load("bad-hooks")
    lines = str(error.value).splitlines()
    for part in (
        "before_plan is async; hooks are not; write `def before_plan(self, spec: Spec) -> Iterable[Addition]`",
        "after_plan uses tryfirst, which IOPEER does not know",
        "before_code takes 'plan', which it does not get; write `def before_code(self, blueprint: Blueprint)",
        "after_code annotates 'tree' with Spec, it gets Tree",
        "before_tests takes **arguments; hooks name their arguments",
        "after_tests is not marked @hookimpl, so it would never be called",
        "before_zip is annotated to return dict[str, ZipExtras]; write `def before_zip(self, tree: Tree)",
        "after_zip uses wrappers, which IOPEER does not know",
    ):
        assert any(part in line for line in lines), part


@pytest.mark.usefixtures("broken")
def test_listing_and_help_work_and_name_the_broken_ones(tmp_path: Path) -> None:
    rows = {row.name: row for row in overview(tmp_path)[0]}
    static = {"no-manifest", "bad-manifest", "wrong-manifest", "other-name", "old-contract", "no-package"}
    assert {name for name, row in rows.items() if name in LOADING and row.problem} == static
    assert rows["raises-in-hook"].kind == "devops"
    assert rows["raises-in-hook"].version == "0.1.0"
    commands(discover())


@pytest.mark.usefixtures("broken")
def test_the_doctor_loads_each_enabled_one_aside(broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(broken))
    names = ["raises-at-import", "kills-at-import", "exits-at-import", "no-manifest", "misspelt-hook", "meddles"]
    (tmp_path / "iopeer.toml").write_text(f"plugins = {names!r}")
    findings = {f.subject.removeprefix("plugin "): f for f in examine(tmp_path) if f.level != "warning"}
    assert findings["raises-at-import"].what.startswith("it cannot be loaded: RuntimeError: no licence was found")
    assert findings["kills-at-import"].what == "loading it ended the process (exit code 0)"
    assert "sys.exit(nothing to do)" in findings["exits-at-import"].what
    assert "has no manifest.toml" in findings["no-manifest"].what
    assert "did you mean 'after_plan'?" in findings["misspelt-hook"].what
    assert findings["meddles"].level == "ok"


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ('plugins = ["bad-config"]', ["[bad-config] api_key: is missing"]),
        (
            'plugins = ["bad-config"]\n[bad-config]\napi_kee = "sk-very-secret"\nretries = "sk-many"',
            ["api_key: is missing", "api_kee: is unknown; did you mean 'api_key'?", "retries: ", "iopeer.toml"],
        ),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(tmp_path: Path, settings: str, parts: list[str]) -> None:
    (tmp_path / "iopeer.toml").write_text(settings)
    events: list[Event] = []
    with pytest.raises(PluginError) as error:
        Manager.load(read_config(tmp_path), run_of(events))
    message = str(error.value)
    assert [part for part in parts if part not in message] == []
    assert "sk-" not in message + repr(events)


@pytest.mark.usefixtures("broken")
def test_a_secret_of_the_config_reaches_neither_message_nor_log() -> None:
    events: list[Event] = []
    manager = load("leaks", events=events)
    with pytest.raises(PluginError) as error:
        manager.after_plan(Plan(spec=SPEC))
    assert "ConnectionError: refused: **********" in str(error.value)
    assert "sk-very-secret" not in str(error.value) + repr(events)


@pytest.mark.usefixtures("broken")
def test_what_it_prints_or_changes_around_it_does_no_harm(capfd: pytest.CaptureFixture[str]) -> None:
    folder, environment, events = Path.cwd(), dict(os.environ), list[Event]()
    manager = load("meddles", events=events)
    (contributed,) = manager.after_plan(Plan(spec=SPEC))
    assert contributed.plugin == "meddles"
    assert (Path.cwd(), dict(os.environ)) == (folder, environment)
    assert capfd.readouterr() == ("", "")
    assert [event.data["line"] for event in events if event.kind == "plugin.output"][-1] == "planning"
    warnings = [event.data["message"] for event in events if event.kind == "warning"]
    assert any("changed the working directory" in warning for warning in warnings)
    assert any("changed the environment (HOME)" in warning for warning in warnings)


@pytest.mark.usefixtures("broken")
def test_the_last_hooks_fail_softly(tmp_path: Path) -> None:
    events: list[Event] = []
    manager = load("fails-softly", events=events)
    assert manager.fixers() == ("fails-softly",)
    assert manager.after_tests("fails-softly", Report(), Tree(), Blueprint(plan=Plan(spec=SPEC))) is None
    manager.after_zip(tmp_path / "app.zip")
    warnings = [event.data["message"] for event in events if event.kind == "warning"]
    assert len(warnings) == 2
    assert "RuntimeError: cannot upload app.zip" in warnings[1]


@pytest.mark.usefixtures("broken")
def test_a_plugin_that_is_not_installed_is_named_with_what_may_be_meant(tmp_path: Path) -> None:
    (tmp_path / "iopeer.json").write_text('{"plugins": ["medles"]}')
    with pytest.raises(UserError, match="the plugin 'medles' is not installed") as error:
        read_config(tmp_path)
    assert "did you mean 'meddles'?" in str(error.value)
