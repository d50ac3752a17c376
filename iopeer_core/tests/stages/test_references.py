"""What contributions name and nobody has is told, with whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import (
    Bundle,
    Check,
    Component,
    Contributed,
    Contribution,
    EnvVar,
    File,
    Language,
    Operation,
    Pins,
    Process,
    Requirement,
    Service,
    Symbol,
    Task,
    Where,
)
from iopeer_core.blueprint.union import unite
from iopeer_core.errors import PluginError
from iopeer_core.language.reader import read
from iopeer_core.render.renderer import template_files
from iopeer_core.stages.references import refuse_dangling

SPEC = "# T\n\n## Entities\n\n### Task\n\n- title: text, required\n\n### Tag\n\n- name: text\n"


def symbol(module: str, name: str = "check") -> Symbol:
    return Symbol(component="backend", module=module, name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Contribution):
    """A contribution of a framework."""

    symbol: Symbol
    nested: tuple[tuple[str, Where], ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        return (self.symbol.module,)


THERE = (
    Language(name="python", suffixes=(".py",), imports="m:f", scope="m:f"),
    Language(name="typescript", suffixes=(".tsx",), imports="m:f", scope="m:f", separator="/"),
    Component(name="backend", root="backend", ecosystem="python"),
    Process(name="api", component="backend", command=("a",)),
    Service(name="db", kind="postgresql"),
    File(path="backend/parts.py", template="x", exports=(symbol("backend.parts"),)),
    File(path="backend/whole/__init__.py", template="x", exports=(symbol("backend.whole"),)),
    File(path="web/stars-box.tsx", template="x", exports=(symbol("web/stars-box"),)),
    File(path="m/{entity.snake}.py", template="x", exports=(symbol("m.{entity.snake}", "{entity.pascal}"),)),
)
RIGHT = (
    Requirement(component="backend", specifier="a"),
    EnvVar(name="A", components=("backend",), address_of="api", service="db"),
    Process(name="page", component="backend", command=("a",), needs=("api", "db")),
    Check(name="c", component="backend", command=("a",), needs=("api",)),
    Operation(name="o", entity="task", verb="list", method="GET", path="/"),
    Operation(name="o", verb="health", method="GET", path="/"),
    Step(symbol=symbol("backend.parts"), nested=(("a", Where(kind="named", names=("task",), without=("tag",))),)),
    Step(symbol=symbol("backend.whole")),
    Step(symbol=symbol("m.tag", "Tag")),
    Step(symbol=symbol("m.{entity.snake}", "{entity.pascal}")),
)
WRONG = {
    "Requirement bakend a names the component 'bakend', which does not exist (did you mean 'backend'?)": Requirement(
        component="bakend", specifier="a"
    ),
    "Pins bakend names the component 'bakend'": Pins(component="bakend", path="x"),
    "Task t names the component 'x'": Task(name="t", component="x", command=("a",)),
    "Process p names the component 'x'": Process(name="p", component="x", command=("a",)),
    "Process p names the service or process 'y'": Process(
        name="p", component="backend", command=("a",), needs=("api", "y")
    ),
    "EnvVar A names the component 'x'": EnvVar(name="A", components=("x",)),
    "EnvVar A names the process 'apy', which does not exist (did you mean 'api'?)": EnvVar(name="A", address_of="apy"),
    "EnvVar A names the service 'bd'": EnvVar(name="A", service="bd"),
    "Bundle x names the process 'x'": Bundle(process="x", files=(), command=()),
    "Check c names the process 'db'": Check(name="c", component="backend", command=("a",), needs=("db",)),
    "Operation tsak o names the entity 'tsak', which does not exist (did you mean 'task'?)": Operation(
        name="o", entity="tsak", verb="list", method="GET", path="/"
    ),
    "Step backend.parts names the entity 'Tsak'": Step(
        symbol=symbol("backend.parts"), nested=(("a", Where(kind="named", names=("Tsak",))),)
    ),
    "Step backend.parts names the entity 'tga'": Step(
        symbol=symbol("backend.parts"), nested=(("a", Where(without=("tga",))),)
    ),
    "File x/{entity.snake} names the entity 'x'": File(
        path="x/{entity.snake}", template="x", each=Where(kind="named", names=("x",))
    ),
    "Step backend.part uses 'check' of 'backend.part', and it is exported by backend.parts of 'backend'": Step(
        symbol=symbol("backend.part")
    ),
    "uses 'chek' of 'backend.parts', and backend.parts exports check": Step(symbol=symbol("backend.parts", "chek")),
    "uses '{entity.camel}' of 'm.{entity.snake}'": Step(symbol=symbol("m.{entity.snake}", "{entity.camel}")),
    "File backend/b.py exports 'check' of the module 'backend.c', and that file is 'backend.b'": File(
        path="backend/b.py", template="x", exports=(symbol("backend.c"),)
    ),
    "File backend/b.py exports 'check' of the module 'backend/b', and that file is 'backend.b'": File(
        path="backend/b.py", template="x", exports=(symbol("backend/b"),)
    ),
    "File web/b.tsx exports 'check' of the module 'web.b', and that file is 'web/b'": File(
        path="web/b.tsx", template="x", exports=(symbol("web.b"),)
    ),
    "File backend/b.py exports 'a-b', which is no name": File(
        path="backend/b.py", template="x", exports=(symbol("backend.b", "a-b"),)
    ),
    "File backend/c/d.py exports 'check' of the module 'backend.c'": File(
        path="backend/c/d.py", template="x", exports=(symbol("backend.c"),)
    ),
}


def blueprint(*more: Contribution) -> Blueprint:
    result = read(SPEC)
    assert result.spec
    there = [Contributed(plugin="there", value=value) for value in THERE]
    return Blueprint(
        plan=unite(result.spec, []),
        contributions=(*there, *(Contributed(plugin="audit", value=value) for value in more)),
    )


def test_what_is_there_may_be_named() -> None:
    refuse_dangling(blueprint(*RIGHT))


@pytest.mark.parametrize(("told", "value"), WRONG.items())
def test_what_nobody_has_is_told_with_its_plugin(told: str, value: Contribution) -> None:
    with pytest.raises(PluginError) as caught:
        refuse_dangling(blueprint(value))
    assert told in str(caught.value)
    assert "- audit: " in str(caught.value)


def test_everything_is_told_at_once() -> None:
    with pytest.raises(PluginError) as caught:
        refuse_dangling(blueprint(*WRONG.values()))
    assert str(caught.value).count("\n  - audit: ") == len(WRONG)


@pytest.mark.parametrize("kind", ["every", "account", "others"])
def test_names_are_for_those_that_are_named_alone(kind: str) -> None:
    with pytest.raises(PluginError, match=rf"Where\(kind='{kind}'\) names 'task'.*\n.*kind=\"named\""):
        Where(kind=kind, names=("task",))  # type: ignore[arg-type] # of the parameters


def test_all_others_are_every_entity_but_the_account() -> None:
    others = Where(kind="others", without=("tag",))
    assert [name for name in ("task", "tag", "user") if others.means(name, "user")] == ["task"]


def test_exports_are_of_files_that_a_template_makes(tmp_path: Path) -> None:
    (tmp_path / "a.py.j2").touch()
    with pytest.raises(PluginError, match=r"'b\.py' exports something, and no template of .* makes it"):
        list(template_files(tmp_path, exports={"a.py": (symbol("a"),), "b.py": (symbol("b"),)}))
