"""The plan stage, with the real reader and the real manager."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from importlib_metadata import EntryPoint
from iopeer_core.blueprint import plan as plan_module
from iopeer_core.blueprint.additions import AddEntity, AddField, Addition
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.codec import spec_to_data
from iopeer_core.blueprint.contributions import (
    Check,
    Component,
    Contribution,
    EnvVar,
    Guide,
    Operation,
    Policy,
    Task,
    Where,
)
from iopeer_core.blueprint.operations import standard_operations
from iopeer_core.blueprint.plan import Plan
from iopeer_core.blueprint.policy import compile_policy
from iopeer_core.errors import PluginError, SpecError
from iopeer_core.model.names import make_names
from iopeer_core.model.relations import relations_of
from iopeer_core.model.spec import Entity, Field, Scalar, ScalarType, Spec
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.discovery import Installed
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.loader import LoadedPlugin
from iopeer_core.plugins.manager import Manager
from iopeer_core.plugins.manifest import Manifest
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.runs.run import Run
from iopeer_core.stages.context import Context, Options, Project
from iopeer_core.stages.planner import plan_stage
from iopeer_core.tree.manifest import MANIFEST, manifest_of
from iopeer_core.tree.model import Entry, Tree

Read = Callable[[str], Spec]
EVERYTHING = ("*",)
SPECS = Path(__file__).parents[3] / "tests" / "specs"


class Backend(Plugin[NoConfig]):
    """Answers with the operations of the contract."""

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        yield from standard_operations(plan)
        yield Component(name="backend", root="backend", ecosystem="python")
        yield Check(name="tests", component="backend", command=("pytest",))


class Audit(Plugin[NoConfig]):
    """Adds a field to all, an entity, and a task per check."""

    @hookimpl
    def before_plan(self) -> Iterable[Addition]:
        names = make_names("Trace", language="en")
        field = Field(names=names, type=ScalarType(scalar=Scalar.UUID), read_only=True)
        return [AddField(where=Where(), field=field), AddEntity(entity=Entity(names=make_names("Log", language="en")))]

    @hookimpl
    def before_code(self, blueprint: Blueprint) -> Iterable[Contribution]:
        return [Task(name=f"ci {c.name}", component=c.component, command=("run",)) for c in blueprint.all(Check)]


class Rival(Plugin[NoConfig]):
    """Says otherwise than itself in another plugin."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        return [EnvVar(name="NAME", value=self.name)]


class Curious(Plugin[NoConfig]):
    """Says what it was told of the plan."""

    active = frozenset({"curiosity"})

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        told = [*plan.plugins, *plan.capabilities, plan.account, plan.entity("log").names.label]
        told += [str(plan.has(name)) for name in ("audit", "curiosity", "login")]
        told += [f"{relation.source} {relation.field}" for relation in plan.links_to("team")]
        told += [policy.role for policy in plan.policies if policy.entity == "task"]
        return [Guide(title="Told", body=" ".join(told))]


def plan(
    spec: Spec,
    tmp_path: Path,
    *plugins: tuple[str, type[Plugin[NoConfig]]],
    consumes: tuple[str, ...] = EVERYTHING,
    strict: bool = False,
    allowed: bool = False,
) -> tuple[Blueprint, list[tuple[str, Any]]]:
    """The blueprint, and the events of the run."""
    events: list[tuple[str, Any]] = []
    run = Run(id="test", listeners=[lambda event: events.append((event.kind, event.data))])
    loaded = []
    for name, kind in plugins:
        manifest = Manifest(
            name=name, distribution=name, kind="generator", summary="", contract="1", folder=tmp_path, consumes=consumes
        )
        instance = kind(NoConfig(), run)
        instance.name = name
        installed = Installed(name=name, entry_point=EntryPoint(name=name, value="none:None", group="iopeer.plugins"))
        loaded.append(LoadedPlugin(name=name, manifest=manifest, instance=instance, installed=installed))
    config = ProjectConfig(allow_unbuilt_guards=allowed)
    context = Context(
        project=Project(spec=tmp_path / "spec.md", config=config),
        options=Options(out=tmp_path / "generated", strict=strict),
        manager=Manager(loaded, run),
        run=run,
    )
    (blueprint,) = plan_stage(context, spec)
    return blueprint, events


def test_everything_comes_together(spec_of: Read, tmp_path: Path) -> None:
    blueprint, _ = plan(spec_of("tracker"), tmp_path, ("api", Backend), ("audit", Audit))
    assert blueprint.account == "user"
    assert [policy.role for policy in blueprint.policy("task")] == ["admin", "member", "guest"]
    assert [policy.role for policy in blueprint.policy("log") if policy.read] == ["admin"]
    assert blueprint.one(Task).name == "ci tests"
    created = next(o for o in blueprint.all(Operation, "log") if o.verb == "list")
    assert created.path == "/api/v1/logs"
    assert "trace" in [shape.name for shape in created.output]
    plugins = {type(one.value): one.plugin for one in blueprint.contributions}
    assert (plugins[Operation], plugins[Policy]) == ("api", "iopeer")


def test_plugins_are_told_of_the_whole_plan(spec_of: Read, tmp_path: Path) -> None:
    blueprint, _ = plan(spec_of("tracker"), tmp_path, ("curious", Curious), ("audit", Audit))
    assert blueprint.one(Guide).body == (
        "audit curious curiosity user Log True True False membership team project team admin member guest"
    )


def test_what_follows_from_the_spec_is_computed_once(
    spec_of: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    relations, policies = Mock(wraps=relations_of), Mock(wraps=compile_policy)
    monkeypatch.setattr(plan_module, "relations_of", relations)
    monkeypatch.setattr(plan_module, "compile_policy", policies)
    blueprint, _ = plan(spec_of("tracker"), tmp_path, ("api", Backend), ("curious", Curious), ("audit", Audit))
    assert blueprint.relations == blueprint.plan.relations
    assert (relations.call_count, policies.call_count) == (1, 1)


def test_the_order_of_plugins_does_not_matter(spec_of: Read, tmp_path: Path) -> None:
    spec, plugins = spec_of("tracker"), [("api", Backend), ("audit", Audit), ("zeal", Audit)]
    first, _ = plan(spec, tmp_path, *plugins)
    second, _ = plan(spec, tmp_path, *reversed(plugins))
    assert repr(first) == repr(second)


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_lines_does_not_matter(spec_of: Read, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a shuffle that can be repeated
    other = shuffled((SPECS / "tracker.md").read_text(), rng)
    one, _ = plan(spec_of("tracker"), tmp_path, ("api", Backend))
    two, _ = plan(spec_of(other), tmp_path, ("api", Backend))
    assert one == two


def shuffled(text: str, rng: random.Random) -> str:
    """Entities, their blocks, and the lines of blocks in another order."""
    head, _, rest = text.partition("\n## Entities\n")
    body, _, tail = rest.partition("\n## Seeds")
    entities = []
    for entity in body.split("\n### ")[1:]:
        fields, *blocks = entity.split("\n#### ")
        mixed = []
        for block in blocks:
            title, *lines = (line for line in block.splitlines() if line)
            rng.shuffle(lines)
            mixed.append("\n".join([title, "", *lines, ""]))
        rng.shuffle(mixed)
        entities.append("\n#### ".join([fields, *mixed]))
    rng.shuffle(entities)
    return "\n### ".join([f"{head}\n## Entities\n", *entities]) + "\n## Seeds" + tail


def test_what_plugins_contradict_stops_the_plan(spec_of: Read, tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r"from a.* and .*from b"):
        plan(spec_of("todo"), tmp_path, ("b", Rival), ("a", Rival))


def test_what_nobody_builds_is_a_warning(spec_of: Read, tmp_path: Path) -> None:
    consumes = ("type.*", "entit*", "modifier.[!d]*", "literal.*")
    _, events = plan(spec_of("todo"), tmp_path, ("api", Backend), consumes=consumes)
    problems = [data["problem"] for kind, data in events if kind == "problem"]
    assert [(p.severity, p.line, "default" in p.message) for p in problems] == [("warning", 7, True)]
    with pytest.raises(SpecError, match="one thing that no enabled plugin builds"):
        plan(spec_of("todo"), tmp_path, ("api", Backend), consumes=consumes, strict=True)


def test_an_unbuilt_guard_is_an_error_unless_allowed(spec_of: Read, tmp_path: Path) -> None:
    consumes = ("[!g]*",)
    with pytest.raises(SpecError, match="no enabled plugin builds") as error:
        plan(spec_of("tracker"), tmp_path, ("api", Backend), consumes=consumes)
    assert "allow_unbuilt_guards" in error.value.how
    blueprint, events = plan(spec_of("tracker"), tmp_path, ("api", Backend), consumes=consumes, allowed=True)
    problems = [data["problem"] for kind, data in events if kind == "problem"]
    assert problems
    assert all("the product is open" in p.message for p in problems)
    (guide,) = blueprint.all(Guide)
    assert guide.title == "Warning: this product is open"
    assert guide.order == 0


def test_the_last_generation_is_known(spec_of: Read, tmp_path: Path) -> None:
    spec = spec_of("todo")
    assert plan(spec, tmp_path)[0].previous is None
    manifest = tmp_path / "generated" / MANIFEST
    manifest.parent.mkdir(parents=True)
    tree = Tree({"a.py": Entry(content=b"x")})
    manifest.write_bytes(manifest_of(tree, spec_to_data(spec), {}).to_json())
    previous = plan(spec, tmp_path)[0].previous
    assert previous
    assert previous.spec == spec
    assert list(previous.files) == ["a.py"]
    manifest.write_bytes(manifest_of(tree, {"of": "another version"}, {}).to_json())
    blueprint, events = plan(spec, tmp_path)
    assert blueprint.previous is None
    assert "warning" in [kind for kind, _ in events]
