"""`iopeer diff`: what a run would change, per entity and per file, without testing or writing anything."""

from __future__ import annotations

import difflib
import json as json_
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.cli.console import Console
from iopeer_core.cli.project import open_project
from iopeer_core.counted import counted
from iopeer_core.model.difference import Difference, differences
from iopeer_core.runs.history import new_id
from iopeer_core.runs.run import Run
from iopeer_core.stages.context import Context, Options
from iopeer_core.stages.pipeline import STAGES
from iopeer_core.stages.reader import SpecFile
from iopeer_core.stages.runner import run_stages
from iopeer_core.tree.merge import Merge, merge
from iopeer_core.tree.model import Tree

SHOWN = frozenset({"run.started", "problem", "warning"})
WIDTH = 40
"""How many signs of `+` and `-` a line of `--stat` has at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a run would do to a file, line by line."""

    path: str
    kind: str
    lines: tuple[str, ...]  # a unified diff; a sentence where the file is no text
    added: int
    removed: int


def run(spec: Path, out: Path, *, stat: bool, json: bool) -> None:
    """Print what would change.

    Raises:
        UserError: the spec, a plugin or the folder is broken.
    """
    run_ = Run(id=new_id(), dry_run=True)
    console = Console()
    run_.listeners.append(lambda event: console(event) if event.kind in SHOWN else None)
    run_.emit("run.started", id=run_.id, spec=str(spec), dry_run=True)
    opened = open_project(spec, run_)
    options = Options(out=out, dry_run=True)
    context = Context(project=opened.project, options=options, manager=opened.manager, run=run_)
    stages = [stage for stage in STAGES if stage.name in {"read", "plan", "code"}]
    values = run_stages(stages, context, [SpecFile(path=spec)])
    blueprint: Blueprint = values[Blueprint]
    made: Tree = values[Tree]
    merging = merge(made, out)
    previous = blueprint.previous
    entities = differences(previous.spec, blueprint.spec) if previous else ()
    changes = list(_changes(merging, out))
    if json:
        sys.stdout.write(json_.dumps(_document(entities, changes, merging), ensure_ascii=False, indent=2) + "\n")
        return
    for line in _said(entities, changes, merging, out, stat=stat):
        sys.stdout.write(line + "\n")


def _changes(merging: Merge, out: Path) -> Iterator[Change]:
    """Each file that a run would write or remove."""
    kinds = {path: kind for kind in ("new", "changed", "merged", "removed") for path in getattr(merging, kind)}
    for path, kind in sorted(kinds.items()):
        old = b"" if kind == "new" else (out / path).read_bytes()
        new = b"" if kind == "removed" else merging.tree[path].content
        try:
            before, after = (side.decode().splitlines() for side in (old, new))
        except UnicodeDecodeError:
            yield Change(path=path, kind=kind, lines=(f"{path} is no text",), added=0, removed=0)
            continue
        names = ("/dev/null" if kind == "new" else f"a/{path}", "/dev/null" if kind == "removed" else f"b/{path}")
        lines = tuple(difflib.unified_diff(before, after, *names, lineterm=""))
        body = lines[2:]
        yield Change(
            path=path,
            kind=kind,
            lines=lines,
            added=sum(line.startswith("+") for line in body),
            removed=sum(line.startswith("-") for line in body),
        )


def _document(entities: tuple[Difference, ...], changes: list[Change], merging: Merge) -> dict[str, object]:
    files = [{key: value for key, value in asdict(change).items() if key != "lines"} for change in changes]
    texts = {change.path: "\n".join(change.lines) for change in changes}
    return {
        "spec": [asdict(each) for each in entities],
        "files": [{**file, "diff": texts[str(file["path"])]} for file in files],
        "conflicts": [{"path": one.path, "why": one.why} for one in merging.conflicts],
        "edited": merging.edited,
        "deleted": merging.deleted,
    }


def _said(
    entities: tuple[Difference, ...], changes: list[Change], merging: Merge, out: Path, *, stat: bool
) -> Iterator[str]:
    for each in entities:
        of = f"{each.entity}." if each.entity else ""
        was = f" (was {each.was})" if each.was else ""
        yield f"{each.kind:<8} {each.what} {of}{each.name}{was}"
    if entities:
        yield ""
    if stat:
        yield from _stat(changes)
    else:
        for change in changes:
            yield from change.lines
    for one in merging.conflicts:
        yield f"conflict {one.path}: {one.why}"
    counts = f"{len(merging.new)} new, {len(merging.changed)} changed, {len(merging.merged)} merged"
    yield (
        f"{counts}, {len(merging.removed)} removed, {counted(len(merging.conflicts), 'conflict')} in {out}/"
        if changes or merging.conflicts
        else f"a run would change nothing in {out}/"
    )


def _stat(changes: list[Change]) -> Iterator[str]:
    """A line for each file, as `git diff --stat` has them."""
    most = max((change.added + change.removed for change in changes), default=0)
    width = max((len(change.path) for change in changes), default=0)
    for change in changes:
        scale = min(1.0, WIDTH / most) if most else 1.0
        signs = "+" * round(change.added * scale) + "-" * round(change.removed * scale)
        yield f" {change.path:<{width}} | {change.added + change.removed:>5} {signs}".rstrip() + f"  {change.kind}"
