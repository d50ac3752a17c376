"""`iopeer generate`: the whole pipeline."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Guide, Process
from iopeer_core.cli.console import Console, JsonConsole
from iopeer_core.cli.project import must_be_file, open_project
from iopeer_core.counted import counted
from iopeer_core.errors import ConflictError, UserError
from iopeer_core.runs.history import History, new_id
from iopeer_core.runs.report import Report
from iopeer_core.runs.run import Run
from iopeer_core.stages.context import Context, Level, Options
from iopeer_core.stages.pipeline import STAGES
from iopeer_core.stages.reader import SpecFile
from iopeer_core.stages.runner import run_stages
from iopeer_core.stages.zipper import Archive
from iopeer_core.tree.files import refuse_links_out
from iopeer_core.tree.journal import STATE
from iopeer_core.tree.model import Tree
from iopeer_core.tree.store import Written, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was typed."""

    spec: Path
    out: Path
    archive: Path | None
    dry_run: bool
    check: Level
    strict: bool
    force: bool
    allow_drop: bool = False
    partial: bool
    screenshots: bool


def run(request: Request, *, timings: bool, json: bool) -> None:
    """Generate, and tell what was made.

    Raises:
        UserError: with the exit code of its kind.
    """
    must_be_file(request.spec)  # before anything is made in its folder
    state = request.spec.parent / STATE
    archive = (request.archive,) if request.archive else ()
    refuse_links_out((request.spec.parent, Path.cwd()), (request.out, *archive, state, *state.glob("*")))
    began = time.perf_counter()
    run_ = Run(id=new_id(), dry_run=request.dry_run)
    history = History(state, run_.id)
    console = _console(json=json, timings=timings)
    run_.listeners += [history, console]
    ok = False
    try:
        with console:
            run_.emit("run.started", id=run_.id, spec=str(request.spec), dry_run=request.dry_run)
            values = _pipeline(request, run_)
            ok = True
            run_.emit("run.made", **_made(request, values))
            _refuse_rest(values[Written], request)
    except UserError as error:
        run_.emit("run.failed", what=error.what, where=error.where, how=error.how, exit_code=error.exit_code)
        raise
    finally:
        run_.emit("run.finished", ok=ok, seconds=round(time.perf_counter() - began, 3))
        history.close()
        console.finish()


def _pipeline(request: Request, run_: Run) -> Mapping[type, Any]:
    opened = open_project(request.spec, run_)
    options = Options(
        out=request.out,
        archive=request.archive,
        check=request.check,
        strict=request.strict,
        force=request.force,
        allow_drop=request.allow_drop,
        partial=request.partial,
        screenshots=request.screenshots,
        dry_run=request.dry_run,
    )
    context = Context(project=opened.project, options=options, manager=opened.manager, run=run_)
    return run_stages(STAGES, context, [SpecFile(path=request.spec)])


def _refuse_rest(written: Written, request: Request) -> None:
    """End a run that wrote a part with the exit code of what it left.

    Raises:
        ConflictError: some files of the user's were met.
    """
    if written.conflicts:
        raise ConflictError(
            f"left out of {request.out}, where your work is met: {counted(len(written.conflicts), 'file')}\n"
            f"{listed(written.conflicts)}",
            how=f"`iopeer merge {shlex.quote(str(request.out))}` settles it, then generate again",
        )


def _made(request: Request, values: Mapping[type, Any]) -> dict[str, Any]:
    """What a run made, as plain data for every kind of console."""
    blueprint: Blueprint = values[Blueprint]
    report: Report = values[Report]
    archive: Archive | None = values.get(Archive)
    made: dict[str, Any] = {
        "entities": len(blueprint.spec.entities),
        "files": len(values[Tree]),
        "out": str(request.out),
        "dry_run": request.dry_run,
        "checks": {result.name: result.outcome for result in report.results},
        "next": "" if request.dry_run else _next(blueprint, request.out),
    }
    if archive is not None and archive.path is not None:
        made |= {"zip": str(archive.path), "zip_bytes": archive.size, "zip_sha256": archive.sha256}
    return made


def _next(blueprint: Blueprint, out: Path) -> str:
    """What to type after a run: what runs is run, anything else begins with the command of its first guide."""
    if blueprint.all(Process):
        return f"iopeer up {shlex.quote(str(out))}"
    guides = sorted(blueprint.all(Guide), key=lambda guide: (guide.order, guide.title))
    command = next((guide.command for guide in guides if guide.command), "")
    return f"cd {shlex.quote(str(out))} && {command}" if command else ""


def _console(*, json: bool, timings: bool) -> Console:
    """The console that fits: JSON where asked, live on a terminal, plain elsewhere."""
    if json:
        return JsonConsole()
    if sys.stdout.isatty():
        from iopeer_core.cli.live import LiveConsole

        return LiveConsole(timings=timings)
    return Console(timings=timings)
