import os
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed, File, Symbol, Where
from iopeer_core.blueprint.plan import Plan
from iopeer_core.errors import PluginError
from iopeer_core.model.spec import Spec
from iopeer_core.render.renderer import Renderer, template_files
from iopeer_core.runs.run import Event
from iopeer_core.tree.model import Tree

from .conftest import TINY, Make

ACTOR = Symbol(component="app", module="security", name="Actor")
MODEL = Symbol(component="app", module="models.{entity.snake}", name="{entity.pascal}")


def texts(tree: Tree) -> dict[str, str]:
    return {path: entry.text for path, entry in tree.files.items()}


def test_the_path_of_a_template_is_the_path_that_it_makes(make: Make) -> None:
    made = make(
        {
            "app/{entities.kebab}.txt.j2": "{{ entity.names.pascal }} in {{ path }}\n",
            "app/main.txt.j2": "{{ spec.title }} {{ count }} {{ shout('x') }}\n"
            "{% for e in spec.entities %}\n{{ e.name }}\n{% endfor %}\n",
            "static/logo.txt": "{{ as it is }}",
            "macros.jinja": "never made",
        }
    )
    assert texts(made) == {
        "app/main.txt": "Shop 3 X\nperson\ntag\nwork_order\n",
        "app/people.txt": "Person in app/people.txt\n",
        "app/tags.txt": "Tag in app/tags.txt\n",
        "app/work-orders.txt": "WorkOrder in app/work-orders.txt\n",
        "static/logo.txt": "{{ as it is }}",
    }
    assert {entry.author for entry in made.files.values()} == {"tiny"}


def test_binary_files_and_modes_are_copied(make: Make, tmp_path: Path) -> None:
    folder = tmp_path / "plugins" / "tiny" / "templates"
    folder.mkdir(parents=True)
    (folder / "logo.png").write_bytes(bytes(range(256)))
    (folder / "start.sh.j2").write_text("#!/bin/sh\n")
    (folder / "start.sh.j2").chmod(0o755)
    made = make({})
    assert made["logo.png"].content == bytes(range(256))
    assert (made["start.sh"].mode, made["logo.png"].mode) == (0o755, 0o644)


def test_files_are_made_for_the_entities_that_they_select(make: Make) -> None:
    file = File(
        path="{entity.snake}.txt",
        template="x.jinja.j2",
        each=Where(kind="named", names=("tag", "person"), without=("tag",)),
    )
    assert list(make({"x.jinja.j2": "x"}, file)) == ["person.txt", "x.jinja"]


def test_what_a_template_uses_is_imported_once(make: Make) -> None:
    exports = [
        File(path="security.tiny", template="security.tiny.j2", exports=(ACTOR,)),
        File(path="models/{entity.snake}.tiny", template="models/{entity.snake}.tiny.j2", exports=(MODEL,)),
    ]
    body = (
        "{% call imports() %}\nos\nsys\n{% endcall %}\n\n"
        "{{ use(actor) }} {{ use(actor) }} {{ use(model, spec.entities[0]) }} sys\n"
    )
    made = make(
        {
            "security.tiny.j2": "{% call imports() %}\nos\n{% endcall %}\n\nclass Actor\n",
            "models/{entity.snake}.tiny.j2": "class {{ entity.names.pascal }}\n",
            "main.tiny.j2": "{% set actor = symbols.actor %}{% set model = symbols.model %}" + body,
        },
        *exports,
        helpers="symbols_plugin:helpers",
    )
    assert made["main.tiny"].text == (
        "from models.person import Person\nfrom security import Actor\nimport sys\n\nActor Actor Person sys\n"
    )
    assert made["security.tiny"].text == "class Actor\n"


@pytest.fixture(autouse=True)
def _symbols(tmp_path: Path) -> None:
    (tmp_path / "site" / "symbols_plugin.py").write_text(
        "from iopeer_core.blueprint.contributions import Symbol\n"
        f"ACTOR = {ACTOR!r}\nMODEL = {MODEL!r}\nNOBODY = Symbol(component='app', module='security', name='Nobody')\n"
        "def helpers(blueprint):\n    return {'symbols': {'actor': ACTOR, 'model': MODEL, 'nobody': NOBODY}}\n"
    )


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("one\ntwo\n{% if %}", ["plugin tiny, templates/app/x.tiny.j2:3", "broken"]),
        ("{{ nothing }}", ["plugin tiny, templates/app/x.tiny.j2:1", "'nothing' is undefined", "making app/x.tiny"]),
        ("\n{{ spec.colour }}", ["templates/app/x.tiny.j2:2", "colour"]),
        ("\n\n{{ broken(1) }}", ["templates/app/x.tiny.j2:3", "ZeroDivisionError"]),
        ("{{ leave() }}", ["templates/app/x.tiny.j2:1", "SystemExit"]),
        ("{% include 'no.jinja' %}", ["templates/app/x.tiny.j2:1", "there is no template 'no.jinja'"]),
        ("{{ use('Actor') }}", ["templates/app/x.tiny.j2:1", "use() takes a Symbol, not 'Actor'"]),
        (
            "{% call imports() %}{% endcall %}{% call imports() %}{% endcall %}",
            ["imports() is called twice", "app/x.tiny"],
        ),
        ("\udcff", ["UnicodeDecodeError", "tiny"]),
        ("{% include 'app/x.tiny.j2' %}", ["RecursionError"]),
    ],
)
def test_errors_say_plugin_template_and_line(make: Make, template: str, words: list[str]) -> None:
    with pytest.raises(PluginError) as caught:
        make({"app/x.tiny.j2": template})
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("use", "words"),
    [
        ("use(symbols.nobody)", ["no file exports Nobody of security", "security exports Actor", "x.tiny.j2:1"]),
        ("use(symbols.model, spec.entities[0])", ["no file exports Person of models.person", "owns it enabled?"]),
        ("use(symbols.model)", ["'models.{entity.snake}' is of an entity", "use(SYMBOL, entity)"]),
    ],
)
def test_a_symbol_that_nobody_exports_is_an_error(make: Make, use: str, words: list[str]) -> None:
    export = File(path="security.tiny", template="security.tiny.j2", exports=(ACTOR,))
    with pytest.raises(PluginError) as caught:
        make({"security.tiny.j2": "", "x.tiny.j2": f"{{{{ {use} }}}}"}, export, helpers="symbols_plugin:helpers")
    for word in words:
        assert word in str(caught.value)


def test_a_symbol_in_another_module_is_found(make: Make, tmp_path: Path) -> None:
    elsewhere = Symbol(component="app", module="auth", name="Nobody")
    with pytest.raises(PluginError, match="it is exported by auth of 'app'"):
        make(
            {"auth.tiny.j2": "", "x.tiny.j2": "{{ use(symbols.nobody) }}"},
            File(path="auth.tiny", template="auth.tiny.j2", exports=(elsewhere,)),
            helpers="symbols_plugin:helpers",
        )


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("a/x.txt", "a/x.txt.j2", ["a/x.txt is made twice", "'one'", "'two'"]),
        ("a/{entity.snake}.txt.j2", "a/tag.txt", ["a/tag.txt is made twice", "'one'", "'two'"]),
        ("a/x.txt", "a/X.txt", ["ignores case", "'one'", "'two'"]),
        ("A/x.txt", "a/y.txt", ["ignores case", "'one'", "'two'"]),
        ("a", "a/x.txt", ["as a file and as a folder", "'one'", "'two'"]),
        ("ñ.txt", "n\u0303.txt", ["are one", "'one'", "'two'"]),
    ],
)
def test_paths_that_meet_name_both_plugins(make: Make, first: str, second: str, words: list[str]) -> None:
    with pytest.raises(PluginError) as caught:
        make(plugins={"one": {first: ""}, "two": {second: ""}})
    for word in words:
        assert word in str(caught.value)


OUTSIDE = ["../x", "/etc/x", "a/../../x", "a\\b"]
THEIRS = [".env", "a/.env.local", ".git/config", "node_modules/x", ".iopeer/x", "k.pem"]


@pytest.mark.parametrize("path", [*OUTSIDE, *THEIRS, "a\nb", "x" * 300])
def test_paths_that_no_tree_may_hold_name_the_plugin(make: Make, path: str) -> None:
    with pytest.raises(PluginError, match="tiny"):
        make({"x.jinja": ""}, File(path=path, template="x.jinja"))


@pytest.mark.parametrize("template", ["missing.txt", "../../site/tiny_plugin.py", "missing.j2", "../secret.j2"])
def test_templates_that_are_not_there(make: Make, template: str) -> None:
    with pytest.raises(PluginError):
        make({}, File(path="x", template=template))


def test_the_project_overrides_a_template(make: Make, tmp_path: Path) -> None:
    theirs = tmp_path / "project" / ".iopeer" / "templates"
    (theirs / "app").mkdir(parents=True)
    (theirs / "app" / "x.txt.j2").write_text("mine {{ spec.title }}\n")
    (theirs / "logo.txt").write_text("my logo")
    made = make({"app/x.txt.j2": "theirs", "app/y.txt.j2": "y", "logo.txt": "logo"}, overrides=theirs)
    assert texts(made) == {"app/x.txt": "mine Shop\n", "app/y.txt": "y", "logo.txt": "my logo"}
    (theirs / "app" / "x.txt.j2").write_text("\n{{ oops }}")
    with pytest.raises(PluginError, match=r"\.iopeer/templates/app/x\.txt\.j2:2"):
        make({"app/x.txt.j2": "theirs"}, overrides=theirs)
    (theirs / "app" / "x.txt.j2").write_bytes(b"caf\xe9")
    with pytest.raises(PluginError, match=r"^\.iopeer/templates/app/x\.txt\.j2: UnicodeDecodeError"):
        make({"app/x.txt.j2": "theirs"}, overrides=theirs)


def test_each_language_formats_once_and_keeps_its_files(make: Make, events: list[Event]) -> None:
    made = make({"a.tiny.j2": "\tx", "b.tiny": "\ty", "c.txt": "\tz"})
    assert texts(made) == {"a.tiny": "    x", "b.tiny": "    y", "c.txt": "\tz"}
    assert [e.data["hook"] for e in events if e.kind == "hook.finished"] == ["templates", "format tiny"]
    for function, words in {
        "loses_files": "gives other files",
        "fails": "ZeroDivisionError",
        "absent": "absent",
    }.items():
        language = type(TINY)(name="tiny", suffixes=(".tiny",), imports="", scope="", format=f"tiny_plugin:{function}")
        with pytest.raises(PluginError, match=words):
            make({"b.tiny": "x"}, language=language)


@pytest.mark.parametrize("name", ["a/x.tiny", "a/x.tiny.j2"])
def test_a_file_that_no_formatter_can_read_is_told_with_its_template(make: Make, tmp_path: Path, name: str) -> None:
    language = replace(TINY, format="tiny_plugin:refuses")
    plugins = {"owner": {"b/x.tiny": "fine", "x.tiny": "fine"}, "audit": {name: "broken"}}
    with pytest.raises(PluginError) as caught:
        make(plugins=plugins, language=language)
    assert (
        str(caught.value) == f"plugin audit, templates/{name}: cannot be read: a/x.tiny:3\n  help: mend that template"
    )
    theirs = tmp_path / "project" / ".iopeer" / "templates"
    (theirs / "a").mkdir(parents=True)
    (theirs / name).write_text("broken")
    with pytest.raises(PluginError, match=rf"^\.iopeer/templates/{name}: cannot be read"):
        make(plugins=plugins, language=language, overrides=theirs)


def test_helpers_may_not_hide_the_names_of_the_core(make: Make) -> None:
    with pytest.raises(PluginError, match=r"rude_helpers gives 'use'"):
        make({"x.j2": ""}, helpers="tiny_plugin:rude_helpers")


def test_what_a_helper_prints_is_logged(make: Make, events: list[Event], capsys: pytest.CaptureFixture[str]) -> None:
    make({"x.j2": "{{ say('hello') }}"})
    assert capsys.readouterr().out == ""
    assert [event.data["line"] for event in events if event.kind == "plugin.output"] == ["hello"]


def test_imports_need_a_language(make: Make) -> None:
    with pytest.raises(PluginError, match="no plugin contributes"):
        make({"x.unknown.j2": "{% call imports() %}a{% endcall %}"})


def test_a_plugin_without_templates_makes_no_files() -> None:
    file = Contributed(plugin="other", value=File(path="x", template="x"))
    plan = Blueprint(plan=Plan(spec=Spec(title="x")), contributions=(file,))
    with pytest.raises(PluginError, match=r"plugin other: it makes x.*\n.*\[templates\]"):
        Renderer(lambda *_: nullcontext(), plan, {}).render()


@pytest.mark.parametrize("state", ["rubbish", "a file", "nowhere"])
def test_a_broken_cache_changes_nothing(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    first = make({"x.txt.j2": "{{ spec.title }}\n"})
    cache = tmp_path / "cache" / "templates"
    assert list(cache.iterdir())
    if state == "rubbish":
        for path in cache.iterdir():
            path.write_bytes(path.read_bytes()[:12] + os.urandom(200))
    elif state == "a file":
        monkeypatch.setenv("IOPEER_CACHE", str(tmp_path / "file"))
        (tmp_path / "file").write_text("")
    else:
        monkeypatch.setenv("IOPEER_CACHE", "/proc/nowhere")
    assert make({"x.txt.j2": "{{ spec.title }}\n"}) == first


def test_the_files_of_a_folder_are_listed_in_one_order(tmp_path: Path) -> None:
    for name in ("b.txt.j2", "a/z.py", "a/__init__.py", "a/__pycache__/x.pyc", "macros.jinja"):
        (tmp_path / "t" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "t" / name).touch()
    files = list(template_files(tmp_path / "t", exports={"b.txt": (ACTOR,)}, only=lambda path: path != "a/z.py"))
    assert [(file.path, file.template, file.exports) for file in files] == [
        ("a/__init__.py", "a/__init__.py", ()),
        ("b.txt", "b.txt.j2", (ACTOR,)),
    ]
