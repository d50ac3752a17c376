from __future__ import annotations

import pytest
from iopeer_core.errors import PluginError
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.loader import load
from iopeer_core.runs.run import Run

from .conftest import Made

RIGHT = """
@hookimpl
def before_plan(self, spec: "spelled.Spec") -> tuple[AddRole, ...]: ...
@hookimpl
def after_plan(self, plan: Plan) -> "Iterator[EnvVar | Guide | NotThere]": ...
@hookimpl
def before_code(self, blueprint: Any) -> Generator[Contribution, None, None]: ...
@hookimpl
def after_code(self, blueprint: Blueprint, tree: Tree) -> Patch: ...
@hookimpl
def before_tests(self, checks: tuple[Check, ...]) -> Selection | None: ...
@hookimpl
def after_tests(self) -> None: ...
@hookimpl
def before_zip(self, tree): ...
@hookimpl
def after_zip(self, archive: Path): ...
def helper(self, spec: int) -> set[str]: ...
"""

WRONG = {
    "def after_plan(self, plan: Plan, /): ...": "after_plan takes 'plan' by position",
    "def after_plan(self, spec: Spec): ...": "after_plan takes 'spec', which it does not get",
    "def after_plan(self, plan: Blueprint): ...": "after_plan annotates 'plan' with Blueprint, it gets Plan",
    "def after_plan(self, plan: 'other.Spec'): ...": "after_plan annotates 'plan' with other.Spec, it gets Plan",
    "def after_plan(self, *args: Spec): ...": "after_plan takes *args; hooks name their arguments",
    "def after_plan(self, **kwargs): ...": "after_plan takes **kwargs; hooks name their arguments",
    "def after_plan(self) -> set[Contribution]: ...": "after_plan is annotated to return set[Contribution]",
    "def after_plan(self) -> dict[str, Contribution]: ...": "after_plan is annotated to return dict[str, Contribution]",
    "def after_plan(self) -> str: ...": "after_plan is annotated to return str",
    "def after_plan(self) -> Contribution: ...": "after_plan is annotated to return Contribution",
    "def after_plan(self) -> list[Spec]: ...": "after_plan is annotated to return list[Spec]",
    "def after_plan(self) -> list[EnvVar | Spec]: ...": "after_plan is annotated to return list[EnvVar | Spec]",
    "def after_plan(self) -> None: ...": "after_plan is annotated to return None",
    "async def after_plan(self): ...": "after_plan is async",
    "async def after_plan(self): yield": "after_plan is async",
    "def after_code(self): yield": "after_code is a generator, it returns one value",
    "def after_code(self) -> Tree: ...": "after_code is annotated to return Tree",
    "def before_tests(self, checks: list[Check]): ...": "annotates 'checks' with list[Check], it gets tuple[",
    "def after_plann(self): ...": "after_plann is no hook; did you mean 'after_plan'?",
    "def deploy(self): ...": "deploy is no hook; known: after_code, after_plan, after_tests, after_zip, before_code",
    "@staticmethod\ndef after_plan(): ...": "after_plan is a staticmethod",
    "@classmethod\ndef after_plan(cls): ...": "after_plan is a classmethod",
}


def refused(made: Made, hooks: str) -> str:
    made("a", hooks)
    with pytest.raises(PluginError) as error:
        load(ProjectConfig(plugins=("a",)), Run(id="test"))
    return str(error.value)


def test_right_hooks_are_right(made: Made) -> None:
    made("a", RIGHT)
    made("b", "@hookimpl\ndef after_plan(self, plan: Plan) -> Iterable[Contribution]:\n    yield from ()")
    load(ProjectConfig(plugins=("a", "b")), Run(id="test"))


@pytest.mark.parametrize(("hook", "told"), WRONG.items())
def test_a_wrong_hook_is_refused_with_the_right_signature(made: Made, hook: str, told: str) -> None:
    message = refused(made, f"@hookimpl\n{hook}")
    assert told in message
    name = hook.partition("def ")[2].partition("(")[0].replace("plann", "plan")
    assert name == "deploy" or f"write `def {name}(self, " in message


@pytest.mark.parametrize(
    "option", ["tryfirst=True", "trylast=True", "optionalhook=True", "wrapper=True", "hookwrapper=True", "specname='x'"]
)
def test_what_pluggy_knows_and_we_do_not(made: Made, option: str) -> None:
    message = refused(made, f"@hookimpl({option})\ndef after_plan(self): yield")
    assert "which IOPEER does not know; write `def after_plan(self, plan: Plan)" in message


def test_what_would_never_be_called_is_refused(made: Made) -> None:
    message = refused(made, "after_plan = 3\ndef after_code(self): ...")
    assert "after_plan is not a method; write `def after_plan" in message
    assert "after_code is not marked @hookimpl, so it would never be called" in message


def test_inherited_hooks_are_held_to_the_same(made: Made) -> None:
    base = "class Base:\n    @hookimpl\n    def after_plann(self): ...\n"
    folder = made("a")
    code = (
        (folder / "plugin.py")
        .read_text()
        .replace("class MadePlugin(Plugin)", f"{base}\nclass MadePlugin(Base, Plugin)")
    )
    (folder / "plugin.py").write_text(code)
    with pytest.raises(PluginError, match="after_plann is no hook; did you mean 'after_plan'"):
        load(ProjectConfig(plugins=("a",)), Run(id="test"))
