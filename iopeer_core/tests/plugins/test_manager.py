from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Check, Guide
from iopeer_core.blueprint.plan import Plan
from iopeer_core.errors import PluginError
from iopeer_core.model.spec import Spec
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.manager import Manager
from iopeer_core.runs.report import Report
from iopeer_core.runs.run import Event, Listener, Run
from iopeer_core.tree.model import Entry, Tree

from .conftest import Made

SPEC = Spec(title="Shop")
PLAN = Plan(spec=SPEC)
BLUEPRINT = Blueprint(plan=PLAN)


def load(*names: str, events: list[Event] | None = None) -> Manager:
    return Manager.load(
        ProjectConfig(plugins=names), Run(id="test", listeners=[([] if events is None else events).append])
    )


def fails(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(PluginError) as error:
        call(*arguments)
    return str(error.value)


GUIDE = """
@hookimpl
def after_plan(self, plan):
    return [Guide(title=f"{plan.spec.title} by {self.name}", body="")]
"""


def test_results_come_in_the_order_of_the_names_with_their_plugin(made: Made) -> None:
    made("b", GUIDE)
    made("a", GUIDE)
    found = load("b", "a").after_plan(PLAN)
    assert [(item.plugin, item.value) for item in found] == [
        ("a", Guide(title="Shop by a", body="")),
        ("b", Guide(title="Shop by b", body="")),
    ]


def test_every_run_has_its_own_instances(made: Made) -> None:
    made("a")
    first, second = load("a"), load("a")
    assert first.plugins[0].instance is not second.plugins[0].instance


def test_only_enabled_plugins_are_imported(made: Made) -> None:
    made("a")
    (made("b") / "plugin.py").write_text("raise RuntimeError")
    assert [plugin.name for plugin in load("a").plugins] == ["a"]


def test_calls_are_events_with_their_duration(made: Made) -> None:
    made("a", GUIDE)
    events: list[Event] = []
    load("a", events=events).after_plan(PLAN)
    (call,) = [event.data for event in events if event.kind == "hook.finished"]
    assert {**call, "seconds": 0} == {"plugin": "a", "hook": "after_plan", "seconds": 0, "ok": True}
    assert call["seconds"] >= 0


def test_arguments_are_given_by_name(made: Made) -> None:
    made(
        "a",
        """
@hookimpl
def before_tests(self, checks):
    return Selection(skip={check.name: "too slow" for check in checks})
""",
    )
    check = Check(name="e2e", component="frontend", command=("true",))
    ((plugin, selection),) = load("a").before_tests(Tree(), (check,))
    assert (plugin, selection.skip) == ("a", {"e2e": "too slow"})


PATCH = """
@hookimpl
def after_code(self, tree):
    return Patch(write={"%s": b"new"}, author="somebody else")
"""


def test_a_patch_is_its_plugins_and_touches_only_its_files(made: Made) -> None:
    made("a", PATCH % "mine.txt")
    made("b", PATCH % "./yours.txt")
    tree = Tree({"mine.txt": Entry(content=b"old", author="a"), "yours.txt": Entry(content=b"old", author="fastapi")})
    (patch,) = load("a").after_code(tree, BLUEPRINT)
    assert (patch.author, patch.write) == ("a", {"mine.txt": b"new"})
    assert "it changes 'yours.txt', a file of 'fastapi'" in fails(load("b").after_code, tree, BLUEPRINT)


@pytest.mark.parametrize("path", ["../out.txt", "/etc/passwd", "a/../../b"])
def test_a_patch_never_leaves_the_output_folder(made: Made, path: str) -> None:
    made("a", PATCH % path)
    assert "would leave the output folder" in fails(load("a").after_code, Tree(), BLUEPRINT)


def test_a_fixer_is_asked_by_name_and_may_mend_any_file(made: Made) -> None:
    hooks = """
@hookimpl
def after_tests(self, report):
    return Patch(write={"yours.txt": b"new"}, note="as you like it")
"""
    made("a", hooks)
    made("b")
    manager = load("a", "b")
    assert manager.fixers() == ("a",)
    tree = Tree({"yours.txt": Entry(content=b"old", author="b")})
    patch = manager.after_tests("a", Report(), tree, BLUEPRINT)
    assert patch is not None
    assert (patch.author, patch.note) == ("a", "as you like it")
    assert manager.after_tests("b", Report(), tree, BLUEPRINT) is None


RUBBISH = {
    "before_plan": [
        ("return ['x']", "item 1 is a str, no addition"),
        ("return None", "it returned None"),
        ("return [AddRole(role='admin')]", "item 1 is an AddRole whose role must be Role, it is 'admin'"),
    ],
    "after_plan": [
        ("return {Guide(title='', body='')}", "it returned a set"),
        ("return 'abc'", "it returned a str"),
        ("return Guide(title='', body='')", "it returned a Guide"),
        ("return [Contribution()]", "NotImplementedError: Contribution declares no key"),
        (
            "return [Guide(title='', body='', order='first')]",
            "item 1 is a Guide whose order must be int, it is 'first'",
        ),
        ("return [Check(name='', component='', command='ls')]", "whose command must be tuple, it is 'ls'"),
        ("return [Check(name='', component='', command=('ls', 1))]", "whose command[1] must be str, it is 1"),
        (
            "return [Check(name='', component='', command=(), level='slow')]",
            "whose level must be one of 'quick', 'full'",
        ),
        ("return [File(path='', template='', each='all')]", "whose each must be Where or None, it is 'all'"),
        ("return [File(path='', template='', each=Where(without=(1,)))]", "whose each.without[0] must be str, it is 1"),
        ("return [Service(name='', kind='', optional=1)]", "whose optional must be bool, it is 1"),
        ("return [Service(name='', kind='', port=True)]", "whose port must be int, it is True"),
        ("class Mine(Guide): pass\n    return [Mine(title='', body='')]", "is a Mine, which is no dataclass"),
        ("while True: yield Guide(title='', body='')", "it returned more than 1000 items"),
    ],
    "after_code": [
        ("return {'a': b''}", "it returned a dict"),
        ("return Patch(write={'a': 'text'})", "write['a'] must be bytes"),
        ("return Patch(write={'a': b''}, modes={'a': 0o4755})", "it sets the mode of 'a' to 0o4755"),
    ],
    "before_tests": [("return Selection(skip=['a'])", "a Selection whose skip must be Mapping")],
    "before_zip": [("return ZipExtras(leave_out='*.md')", "a ZipExtras whose leave_out must be tuple")],
}


@pytest.mark.parametrize(("hook", "body", "told"), [(hook, *case) for hook, cases in RUBBISH.items() for case in cases])
def test_rubbish_is_named_with_its_place(
    made: Made, monkeypatch: pytest.MonkeyPatch, hook: str, body: str, told: str
) -> None:
    monkeypatch.setattr("iopeer_core.plugins.manager.MOST", 1000)
    made("a", f"@hookimpl\ndef {hook}(self):\n    {body}")
    arguments = {"before_plan": (SPEC,), "after_plan": (SPEC,), "before_tests": (Tree(), ()), "before_zip": (Tree(),)}
    message = fails(getattr(load("a"), hook), *arguments.get(hook, (Tree(), BLUEPRINT)))
    assert message.startswith(f"plugin a, {hook}: ")
    assert told in message


PRINTS = """
import pydantic
Config = pydantic.create_model("Config", key=pydantic.SecretStr)

def __init__(self, config, run):
    super().__init__(config, run)
    print("the key", config.key.get_secret_value())

@hookimpl
def after_plan(self):
    print("the key", self.config.key.get_secret_value())
    return []
"""


def test_a_secret_that_is_printed_is_not_logged(made: Made) -> None:
    made("a", PRINTS)
    events: list[Event] = []
    config = ProjectConfig(plugins=("a",), tables={"a": {"key": "sk-secret"}})
    Manager.load(config, Run(id="test", listeners=[events.append])).after_plan(PLAN)
    printed = [event.data["line"] for event in events if event.kind == "plugin.output"]
    assert printed == ["the key **********"] * 2


def test_listeners_write_where_they_always_do(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    made("a", "@hookimpl\ndef after_plan(self):\n    print('mine')\n    self.run.emit('told')\n    return []")
    listeners: list[Listener] = [lambda event: print(f"heard {event.kind}")]  # noqa: T201 - as a console does
    run = Run(id="test", listeners=listeners)
    Manager.load(ProjectConfig(plugins=("a",)), run).after_plan(PLAN)
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["heard plugin.loaded", "heard plugin.output", "heard told", "heard hook.finished"]
    assert run.listeners == listeners


def test_an_interrupt_is_the_users_and_goes_through(made: Made) -> None:
    made("a", "@hookimpl\ndef after_plan(self):\n    raise KeyboardInterrupt")
    manager = load("a")
    with pytest.raises(KeyboardInterrupt):
        manager.after_plan(PLAN)


def test_a_users_error_of_a_plugin_keeps_its_help(made: Made) -> None:
    made(
        "a",
        """
@hookimpl
def after_plan(self, plan):
    from iopeer_core.errors import UserError
    raise UserError("there is no plan to bill", where="## Billing", how="add one")
""",
    )
    assert (
        fails(load("a").after_plan, SPEC)
        == "plugin a, after_plan: ## Billing: there is no plan to bill\n  help: add one"
    )


WORDS = """
consumes = ["section.billing", "type.*"]
[[sections]]
names = {{ en = ["{section}"], es = ["Facturación"] }}
guard = true
[[types]]
names = {{ en = ["iban"] }}
lowers_to = "text"
"""


def test_plugins_add_words_to_the_grammar(made: Made) -> None:
    made("a", extra=WORDS.format(section="Billing"))
    manager = load("a")
    words = {(word.kind, word.name): word for word in manager.grammar().words}
    assert words["section", "Billing"].plugin == "a"
    assert words["type", "iban"].scalar == "text"
    assert manager.consumes() == {"section.billing", "type.*"}
    assert manager.guards() == {"section.billing"}


def test_what_nobody_builds_may_be_built_by_who_is_not_enabled(made: Made) -> None:
    made("a", extra='consumes = ["grant.*"]')
    made("b", extra='consumes = ["grant.own", "section.rentals"]')
    assert load("a").would_build("grant.own")[0] == "b"
    assert load("a").would_build("section.rentals") == ("b",)


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("Roles", "declares the section 'roles', which belongs to IOPEER"),
        ("BILLING", "which belongs to the plugin 'a'"),
    ],
)
def test_a_word_belongs_to_one(made: Made, section: str, told: str) -> None:
    made("a", extra=WORDS.format(section="Billing"))
    made("b", extra=WORDS.format(section=section).replace("Facturación", "Otra").replace("iban", "bic"))
    assert told in fails(load("a", "b").grammar)


def test_the_archive_is_given_as_a_path(made: Made, tmp_path: Path) -> None:
    made("a", "@hookimpl\ndef after_zip(self, archive: Path):\n    archive.with_suffix('.txt').write_text('seen')")
    load("a").after_zip(tmp_path / "app.zip")
    assert (tmp_path / "app.txt").read_text() == "seen"
