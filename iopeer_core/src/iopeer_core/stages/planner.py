"""The plan stage: Spec → Blueprint, with everybody's additions and contributions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.codec import memories_from_data, spec_from_data
from iopeer_core.blueprint.contributions import Contributed, EnvVar, Guide, Memory, Objection
from iopeer_core.blueprint.merge import bring_together
from iopeer_core.blueprint.plan import Plan, Previous
from iopeer_core.blueprint.union import unite
from iopeer_core.counted import counted
from iopeer_core.environments.ecosystems import KNOWN
from iopeer_core.errors import PluginError, SpecError
from iopeer_core.language.problems import Problem
from iopeer_core.model.account import IOPEER
from iopeer_core.model.spec import Spec
from iopeer_core.plugins.unbuilt import ALLOWED_GUARD, unbuilt_problems
from iopeer_core.render.renderer import TEMPLATES, template_files
from iopeer_core.stages.context import Context
from iopeer_core.stages.references import refuse_dangling
from iopeer_core.tree.last import Pristine, Standing
from iopeer_core.tree.manifest import read_manifest, read_memories


def plan_stage(context: Context, spec: Spec) -> tuple[Blueprint]:
    """Plan what will be built.

    Emits a `problem` event for each production of the grammar that the spec uses and no enabled plugin builds.

    Raises:
        SpecError: what guards data is built by nobody, unless the project allows it; with `--strict` anything is.
        PluginError: plugins contradict each other or the spec, or name what is not there.
    """
    open_guards = _check_built(context, spec)
    manager = context.manager
    plan = replace(
        unite(spec, manager.before_plan(spec)),
        plugins=tuple(sorted(plugin.name for plugin in manager.plugins)),
        capabilities=manager.capabilities(),
        previous=_previous(context),
        allow_drop=context.options.allow_drop,
    )
    contributed = (*_core(plan, open_guards), *manager.after_plan(plan))
    blueprint = Blueprint(plan=plan, contributions=bring_together(contributed))
    contributed = (*contributed, *manager.before_code(blueprint))
    blueprint = replace(blueprint, contributions=bring_together((*contributed, *_files(contributed))))
    refuse_dangling(blueprint)
    _refuse_twice(blueprint)
    _object(context, blueprint)
    context.run.emit("stage.note", text=f"{len(blueprint.contributions)} contributions")
    return (blueprint,)


def _core(plan: Plan, open_guards: list[str]) -> Iterator[Contributed]:
    """What the core itself contributes: policies, ecosystems, what stands in for permissions that nobody builds."""
    for value in (*plan.policies, *KNOWN):
        yield Contributed(plugin=IOPEER, value=value)
    if open_guards:
        body = "Nothing enforces these lines of the spec; whoever reaches the product can do what they forbid:\n\n"
        body += "\n".join(f"- {title}" for title in open_guards)
        yield Contributed(plugin=IOPEER, value=Guide(title="Warning: this product is open", body=body, order=0))


def _files(contributed: Iterable[Contributed]) -> Iterator[Contributed]:
    """The core's own files, of which a plugin may contribute another; without settings no `.env.example`."""
    settings = any(isinstance(one.value, EnvVar) for one in contributed)
    for file in template_files(TEMPLATES, only=lambda path: settings or path != ".env.example"):
        yield Contributed(plugin=IOPEER, value=replace(file, default=True))


def _previous(context: Context) -> Previous | None:
    """The last generation in the output folder."""
    manifest = read_manifest(context.options.out)
    if manifest.spec is None:
        return None
    try:
        spec = spec_from_data(manifest.spec)
    except ValueError:
        message = f"the spec of the last generation in {context.options.out} cannot be read: as if there were none"
        context.run.emit("warning", message=message)
        return None
    out = context.options.out
    return Previous(
        spec=spec,
        files={path: str(entry["sha256"]) for path, entry in manifest.files.items()},
        memories=memories_from_data(read_memories(out)),
        tree=Pristine(out, manifest),
        folder=Standing(out),
    )


def _refuse_twice(blueprint: Blueprint) -> None:
    """Stop where a plugin wants to know two things: there is one place for it.

    Raises:
        PluginError: it has two memories.
    """
    owners = [one.plugin for one in blueprint.contributions if isinstance(one.value, Memory)]
    if twice := sorted({name for name in owners if owners.count(name) > 1}):
        raise PluginError("it contributes two memories", where=f"plugin {twice[0]}", how="put all into one Memory")


def _object(context: Context, blueprint: Blueprint) -> None:
    """Tell of what plugins object to.

    Raises:
        SpecError: there is anything.
    """
    found = [one for one in blueprint.contributions if isinstance(one.value, Objection)]
    for one in found:
        objection: Objection = one.value
        problem = Problem(
            file=objection.at.file,
            line=objection.at.line,
            column=objection.at.column,
            end_column=objection.at.end_column,
            code=f"{objection.code}.{one.plugin}",
            language=blueprint.spec.language,
            suggestion=objection.suggestion,
            values=objection.values,
            messages=objection.messages,
        )
        context.run.emit("problem", problem=problem)
    if found:
        raise SpecError(f"{counted(len(found), 'problem')} in {context.project.spec}; nothing was generated")


def _check_built(context: Context, spec: Spec) -> list[str]:
    """Tell of what nobody builds; returns the guards among it that the project allows to be missing.

    Raises:
        SpecError: a guard is built by nobody and not allowed to be; anything is, with `--strict`.
    """
    manager = context.manager
    allowed = context.project.config.allow_unbuilt_guards
    problems = unbuilt_problems(
        spec,
        consumes=manager.consumes(),
        guards=manager.guards(),
        would_build=manager.would_build,
        allowed=allowed,
    )
    for problem in problems:
        context.run.emit("problem", problem=problem)
    serious = [problem for problem in problems if problem.severity == "error" or context.options.strict]
    if serious:
        count = "one thing" if len(serious) == 1 else f"{len(serious)} things"
        raise SpecError(
            f"the spec asks for {count} that no enabled plugin builds; nothing was generated",
            how="enable a plugin that does, in `plugins` of iopeer.toml"
            + ("" if allowed else "; or allow an open product there with `allow_unbuilt_guards = true`"),
        )
    return [problem.values["what"] for problem in problems if problem.code == ALLOWED_GUARD]
