"""The read stage: a file → Spec, every problem told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iopeer_core.counted import counted
from iopeer_core.errors import SpecError
from iopeer_core.language.reader import read_file
from iopeer_core.model.spec import Spec
from iopeer_core.stages.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecFile:
    """What a run begins with: the path of a spec."""

    path: Path


def read_stage(context: Context, source: SpecFile) -> tuple[Spec]:
    """Read a spec with the vocabulary of the enabled plugins.

    Emits a `problem` event for each problem, warnings too.

    Raises:
        SpecError: a problem is an error, or a warning with `--strict`.
    """
    result = read_file(source.path, grammar=context.manager.grammar())
    for problem in result.problems:
        context.run.emit("problem", problem=problem)
    serious = [p for p in result.problems if p.severity == "error" or context.options.strict]
    if result.spec is None or serious:
        count = "one problem" if len(serious) == 1 else f"{len(serious)} problems"
        raise SpecError(f"{count} in {source.path}; nothing was generated")
    spec = result.spec
    counts = f"{counted(len(spec.entities), 'entity', 'entities')}, {counted(len(spec.roles), 'role')}"
    context.run.emit("stage.note", text=f"{spec.title}: {counts}")
    return (spec,)
