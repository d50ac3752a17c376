"""The floor under a generation: the same files rendered once more, formatted by one ruff process, written, zipped.

Usage: `python benchmarks/floor.py SPEC`; prints the CPU seconds of that, of this process and its children. What comes
before it (start, reading, planning, compiling templates) is done and not counted; nothing is compared or journalled.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.cli.project import open_project
from iopeer_core.runs.run import Run
from iopeer_core.stages.coder import code_stage
from iopeer_core.stages.context import Context, Options
from iopeer_core.stages.pipeline import STAGES
from iopeer_core.stages.reader import SpecFile
from iopeer_core.stages.runner import run_stages


def floor(spec: Path, folder: Path) -> float:
    """CPU seconds of rendering, formatting, writing and zipping.

    Args:
        spec: the spec.
        folder: where the files go.
    """
    run = Run(id="floor")
    opened = open_project(spec, run)
    context = Context(project=opened.project, options=Options(out=folder), manager=opened.manager, run=run)
    until_code = STAGES[: next(n for n, stage in enumerate(STAGES, 1) if stage.name == "code")]
    values = run_stages(until_code, context, [SpecFile(path=spec)])
    began = _used()
    (tree,) = code_stage(context, values[Blueprint])
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path, entry in tree.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(entry.content)
            archive.write(folder / path, path)
    return _used() - began


def _used() -> float:
    """CPU seconds of this process and the children it waited for."""
    return sum(usage.ru_utime + usage.ru_stime for usage in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(floor(Path(sys.argv[1]), Path(name)))
