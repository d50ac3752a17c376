"""`iopeer plan`: what would be built, without building it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.codec import blueprint_to_json
from iopeer_core.cli.console import Console
from iopeer_core.cli.project import open_project
from iopeer_core.runs.history import new_id
from iopeer_core.runs.run import Run
from iopeer_core.stages.context import Context, Options
from iopeer_core.stages.pipeline import STAGES
from iopeer_core.stages.reader import SpecFile
from iopeer_core.stages.runner import run_stages

SHOWN = frozenset({"run.started", "problem", "warning"})


def run(path: Path, *, json: bool) -> None:
    """Print the Blueprint: as JSON that reads back, or as a summary.

    Raises:
        UserError: the spec or a plugin is broken.
    """
    run_ = Run(id=new_id(), dry_run=True)
    console = Console()
    run_.listeners.append(lambda event: console(event) if event.kind in SHOWN else None)
    run_.emit("run.started", id=run_.id, spec=str(path), dry_run=True)
    opened = open_project(path, run_)
    options = Options(out=Path("generated"), dry_run=True)
    context = Context(project=opened.project, options=options, manager=opened.manager, run=run_)
    stages = [stage for stage in STAGES if stage.name in {"read", "plan"}]
    blueprint: Blueprint = run_stages(stages, context, [SpecFile(path=path)])[Blueprint]
    sys.stdout.write(blueprint_to_json(blueprint) + "\n" if json else _summary(blueprint))


def _summary(blueprint: Blueprint) -> str:
    """The entities with their fields, and how many contributions of each type each plugin makes."""
    lines = [blueprint.spec.title, ""]
    for entity in blueprint.spec.entities:
        added = f"  (added by {entity.added_by})" if entity.added_by else ""
        lines.append(f"  {entity.names.label}{added}: {', '.join(f.names.label for f in entity.fields)}")
    counts = Counter((c.plugin, type(c.value).__name__) for c in blueprint.contributions)
    lines += ["", "Contributions:"]
    lines += [f"  {plugin}: {count} {kind}" for (plugin, kind), count in sorted(counts.items())]
    return "\n".join(lines) + "\n"
