"""What is generated from mutated specs: the same app for the same meaning, and nothing outside the output folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from random import Random
from tempfile import TemporaryDirectory

from iopeer_core.cli.project import open_project
from iopeer_core.errors import UserError
from iopeer_core.language.reader import read
from iopeer_core.runs.run import Run
from iopeer_core.stages.coder import code_stage
from iopeer_core.stages.context import Context, Options
from iopeer_core.stages.planner import plan_stage
from iopeer_core.stages.reader import SpecFile, read_stage

from tests.fuzz.hostile import hostile
from tests.fuzz.keep import mutate

CONFIG = "allow_unbuilt_guards = true\n"
Answer = tuple[str, str | None]
"""A text, and what is wrong with what was made of it."""


def app(text: str, config: str | None = None) -> dict[str, bytes]:
    """The files that are generated from a spec, by path; nothing is written outside a temporary folder.

    Args:
        text: the spec.
        config: the project's `iopeer.toml`; by default with the default plugins.

    Raises:
        UserError: the spec, or what it asks for, is refused.
    """
    with TemporaryDirectory() as folder:
        spec = Path(folder) / "spec.md"
        spec.write_bytes(text.encode("utf-8", "surrogatepass"))
        (spec.parent / "iopeer.toml").write_text(CONFIG if config is None else config, "utf-8")
        run = Run(id="fuzz", dry_run=True)
        opened = open_project(spec, run)
        options = Options(out=spec.parent / "generated", check="none", dry_run=True)
        context = Context(project=opened.project, options=options, manager=opened.manager, run=run)
        (found,) = read_stage(context, SpecFile(path=spec))
        (blueprint,) = plan_stage(context, found)
        (tree,) = code_stage(context, blueprint)
        return {path: entry.content for path, entry in tree.files.items()}


def same(rng: Random, bases: list[str]) -> Answer:
    """A mutation that keeps the meaning gives the same app, byte for byte."""
    base = rng.choice(bases)
    text, names = mutate(rng, base)
    one, two = app(base), app(text)
    differing = sorted(path for path in one.keys() | two.keys() if one.get(path) != two.get(path))
    return text, f"{names}: {differing[:5]}" if differing else None


def inside(rng: Random, bases: list[str]) -> Answer:
    """Whatever can be read at all gives files inside the output folder, or one clear message."""
    while True:
        text = hostile(rng, bases)
        if read(text).spec is not None:
            break
    try:
        paths = [PurePosixPath(path) for path in app(text)]
    except UserError:
        return text, None
    outside = [str(path) for path in paths if path.is_absolute() or ".." in path.parts or "\\" in str(path)]
    return text, f"outside: {outside}" if outside else None
