"""Measures what start-up and generation cost, and writes docs/benchmarks.md.

Usage: `make bench`, or `make bench ARGS="start tracker"` for some measures (nothing is written then). The exit code is
1 where a figure is over its limit. Figures are CPU seconds of a process and its children, medians of a few runs that
take turns, so that ratios hold on a busy machine too.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import tomli
from iopeer_core.environments.python import python_environment

from benchmarks import inputs
from benchmarks.measure import Task, costs

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
BIN = Path(sys.executable).parent
IOPEER = str(BIN / "iopeer")
PLUGINS = 30
USUAL, FEW, MANY = 10, 100, 400


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what was measured, what came out, and the limit that it is held to (None: told for information)."""

    what: str
    value: float
    unit: str
    limit: float | None
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is within its limit."""
        return self.limit is None or self.value <= self.limit

    def row(self) -> str:
        """The row of the table."""
        limit = "" if self.limit is None else f"≤ {self.limit:g} {self.unit}"
        verdict = "" if self.limit is None else ("yes" if self.holds else "**no**")
        return f"| {self.what} | {self.value:.3g} {self.unit} | {limit} | {verdict} | {self.detail} |"


def start(folder: Path) -> Iterator[Figure]:
    """The start of the command line, with made plugins installed."""
    made = folder / "plugins"
    inputs.plugins(made, PLUGINS)
    bare = Task(command=(sys.executable, "-c", "pass"), folder=folder)
    help_ = Task(command=(IOPEER, "--help"), folder=folder, variables={"PYTHONPATH": str(made)})
    nothing, told = costs(bare, help_, times=15)
    detail = f"{told.cpu * 1000:.0f} ms against {nothing.cpu * 1000:.1f} ms"
    what = f"`iopeer --help` with {PLUGINS} plugins, against `python -c pass`"
    yield Figure(what, told.cpu / nothing.cpu, "×", 18, detail)


def tracker(folder: Path) -> Iterator[Figure]:
    """Generating the tracker, without its checks and with them."""
    project = _project(folder / "tracker", (ROOT / "examples" / "tracker" / "spec.md").read_text(encoding="utf-8"))
    (cost,) = costs(_generate(project), times=5)
    yield Figure("the tracker (8 entities), without checks", cost.cpu, "s", 1.5, f"{cost.memory:.0f} MB")


def checks(folder: Path) -> Iterator[Figure]:
    """The tracker's backend with its checks, against the same checks by hand in the same environment."""
    project = _project(folder / "checked", (ROOT / "examples" / "tracker" / "spec.md").read_text(encoding="utf-8"))
    (project / "iopeer.toml").write_text('plugins = ["fastapi"]\n', encoding="utf-8")
    checked = _generate(project, check="quick")
    checked.once()
    programs = _environment(project / "generated")
    variables = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONDONTWRITEBYTECODE": "1"}
    by_hand = Task(command=(str(programs / "pytest"), "-q", "tests"), folder=project / "generated", variables=variables)
    run, hand = costs(checked, by_hand, times=2)
    detail = f"{run.cpu:.1f} s against {hand.cpu:.1f} s"
    what = "the tracker's backend with checks, against `pytest -q tests` by hand"
    yield Figure(what, run.cpu / hand.cpu, "×", 1.5, detail)


def size(folder: Path) -> Iterator[Figure]:
    """Made specs of many entities: time, growth, memory, and the distance from the floor."""
    usual, few, many = (_project(folder / f"made-{count}", inputs.spec(count)) for count in (USUAL, FEW, MANY))
    least, small, large = costs(_generate(usual), _generate(few), _generate(many), times=3)
    yield Figure(f"a made spec of {USUAL} entities", least.cpu, "s", 2.5, f"{least.memory:.0f} MB")
    yield Figure(f"a made spec of {FEW} entities", small.cpu, "s", 6, f"{small.memory:.0f} MB")
    growth = (large.cpu / MANY) / (small.cpu / FEW)
    detail = f"{large.cpu:.1f} s; {large.cpu / MANY * 1000:.0f} ms against {small.cpu / FEW * 1000:.0f} ms an entity"
    yield Figure(f"an entity among {MANY}, against one among {FEW}", growth, "×", 1.2, detail)
    yield Figure(f"memory for {MANY} entities", large.memory, "MB", 500)
    floor = median(_floor(few / "spec.md") for _ in range(3))
    detail = f"{small.cpu:.1f} s against {floor:.1f} s"
    yield Figure(f"generating {FEW} entities, against the floor", small.cpu / floor, "×", 4, detail)


MEASURES: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "start": start,
    "tracker": tracker,
    "checks": checks,
    "size": size,
}


def main() -> int:
    """Measures, prints, writes; gives the exit code."""
    parser = argparse.ArgumentParser(description="Measure what start-up and generation cost.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(MEASURES)}; without any, all")
    names = parser.parse_args().names
    if unknown := sorted(set(names) - set(MEASURES)):
        parser.error(f"there is no measure {unknown[0]!r}")
    figures = []
    with tempfile.TemporaryDirectory(prefix="iopeer-bench-") as name:
        for measure in names or MEASURES:
            for figure in MEASURES[measure](Path(name)):
                print(figure.row(), flush=True)
                figures.append(figure)
    if not names:
        PAGE.write_text(_page(figures) + _others(), encoding="utf-8")
    return 0 if all(figure.holds for figure in figures) else 1


def _project(folder: Path, spec: str) -> Path:
    folder.mkdir()
    (folder / "spec.md").write_text(spec, encoding="utf-8")
    (folder / "iopeer.toml").write_text("allow_unbuilt_guards = true\n", encoding="utf-8")
    return folder


def _generate(project: Path, *, check: str = "none") -> Task:
    """A generation into an empty folder."""
    command = (IOPEER, "generate", "spec.md", "--zip", "--check", check)
    return Task(command=command, folder=project, before=partial(_clear, project))


def _clear(project: Path) -> None:
    for name in ("generated", "dist", ".iopeer"):
        shutil.rmtree(project / name, ignore_errors=True)


def _environment(app: Path) -> Path:
    """The programs of the environment that the checks of a generated app ran in."""
    project = tomli.loads((app / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return python_environment(wanted, (app / "requirements.lock").read_text(encoding="utf-8")).bin


def _floor(spec: Path) -> float:
    command = [sys.executable, str(ROOT / "benchmarks" / "floor.py"), str(spec)]
    return float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def _machine() -> str:
    """The processor and the system, without names of theirs or ours."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, Python {platform.python_version()}"


def _others() -> str:
    """The page's other sections, which other commands measure; they stay."""
    _, heading, section = (PAGE.read_text(encoding="utf-8") if PAGE.exists() else "").partition("\n## ")
    return heading + section


def _page(figures: list[Figure]) -> str:
    rows = "\n".join(figure.row() for figure in figures)
    return f"""# Benchmarks

Made by `make bench`, on {_machine()}.

| measured | figure | limit | holds | in detail |
|---|---|---|---|---|
{rows}

Seconds are of the CPU, of the process and its children as the kernel counts them; each is the median of a few runs that
take turns, after one that fills the caches. Each generation goes into an empty folder and packs a ZIP. The floor is the
same files rendered once more in a process that has read, planned and rendered them already, formatted by one ruff
process, written and zipped: [floor.py](../benchmarks/floor.py). A small app is further from its floor, because starting
Python and importing the libraries take most of its time.

The made specs have ten fields per entity, links to two others, a rule, an index and permissions:
[inputs.py](../benchmarks/inputs.py). What must not grow is counted, not timed, by
[test_costs.py](../tests/test_costs.py): the modules that `--help` imports, the processes of ruff, the files written,
the environments built.
"""


if __name__ == "__main__":
    sys.exit(main())
