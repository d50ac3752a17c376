"""The edit storm: an app is generated, edited at random, generated again from a changed spec; no edit may be lost."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from iopeer_core.cli.project import open_manifests
from iopeer_core.errors import ConflictError
from iopeer_core.language.vocabulary import Grammar
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.manager import Manager
from iopeer_core.runs.run import Run
from iopeer_core.stages.context import Context, Options, Project
from iopeer_core.stages.pipeline import STAGES
from iopeer_core.stages.reader import SpecFile
from iopeer_core.stages.runner import Values, run_stages
from iopeer_core.tree.conflicts import Conflicts
from iopeer_core.tree.model import Tree
from iopeer_core.tree.pending import locked

from tests.storm.edits import Edit, edit
from tests.storm.ways import ALL, Changed, canonical, changed

TO_A_TREE = STAGES[:3]
TO_A_FOLDER = STAGES[3:]
DENSE = 0.4
"""The part of storms that edit every file; the others edit a few, as people do."""
FEW = 6
EACH = 5
"""Storms over one change."""


@dataclass(slots=True)
class Tally:
    """What happened in many storms."""

    storms: Counter[str] = field(default_factory=Counter)  # "clean", "conflict", for each density
    edits: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)  # way → storms with conflicts
    lost: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The figures as text."""
        total = sum(self.storms.values())
        yield f"{total} storms, {sum(self.edits.values())} edits, {len(self.lost)} lost"
        for density in ("few", "all"):
            clean = self.storms[f"clean {density}"]
            count = clean + self.storms[f"conflict {density}"]
            yield f"{density} files edited: {clean} of {count} storms without a conflict"
        for where in ("outside", "inside"):
            merged = self.edits[f"{where} merged"]
            count = merged + self.edits[f"{where} conflict"]
            yield f"edits {where} the hunks that change: {merged} of {count} merged ({merged / max(count, 1):.1%})"
        yield "conflicts by change: " + ", ".join(f"{way} {count}" for way, count in self.why.most_common())


class Storms:
    """Storms over one spec.

    Args:
        name: of the spec, for messages.
        text: the spec.
        folder: an empty one.
        rng: what happens.
        tally: gets the outcomes.
    """

    def __init__(self, name: str, text: str, folder: Path, rng: Random, tally: Tally) -> None:
        self.name, self.folder, self.rng, self.tally = name, folder, rng, tally
        self.spec = folder / "spec.md"
        self.spec.write_text(text, encoding="utf-8")
        (folder / "iopeer.toml").write_text("allow_unbuilt_guards = true\n", encoding="utf-8")
        self.grammar: Grammar = open_manifests(self.spec).grammar()
        self.text, self.meaning = canonical(text, self.grammar)
        self.out = folder / "out"
        self.number = 0
        first = self._made(Changed(text=self.text))
        self.old: Tree = first[Tree]
        self._written(first)
        shutil.copytree(self.out, folder / "before")

    def run(self, count: int) -> None:
        """So many storms, a few for each change."""
        while count > 0:
            way = self.rng.choice(ALL)
            new = changed(way, self.text, self.meaning, self.rng, self.grammar)
            if new is None:
                continue
            self._reset()
            values = self._made(new)
            for _ in range(min(EACH, count)):
                self._storm(way, values)
            count -= EACH

    def _storm(self, way: str, values: Values) -> None:
        self._reset()
        new: Tree = values[Tree]
        dense = self.rng.random() < DENSE
        edits = {each.path: each for each in self._edits(new, dense=dense)}
        gone = self.rng.choice(sorted(self.old)) if self.rng.random() < 0.2 else ""
        edits.pop(gone, None)
        for each in edits.values():
            (self.out / each.path).write_bytes(each.text.encode())
        if gone:
            (self.out / gone).unlink()
        before = self._files()
        density = "all" if dense else "few"
        try:
            self._written(values)
            conflicts: set[str] = set()
        except ConflictError:
            conflicts = {one.path for one in Conflicts(self.out)}
            if self._files() != before:
                self._say(way, "a conflict changed files")
            self._look_aside(way, edits, conflicts)
            self._settle()
            self._written(values)
        self._look(way, edits, new, conflicts)
        if gone and (self.out / gone).exists():
            self._say(way, f"{gone} is there again")
        self.tally.storms[f"{'conflict' if conflicts else 'clean'} {density}"] += 1
        if conflicts:
            self.tally.why[way] += 1
        for each in edits.values():
            where = "inside" if each.inside else "outside"
            self.tally.edits[f"{where} {'conflict' if each.path in conflicts else 'merged'}"] += 1

    def _edits(self, new: Tree, *, dense: bool) -> Iterator[Edit]:
        """One for each file, or for a few; a third and more inside what changes, as far as there is anything."""
        changing = [path for path in self.old if path not in new or new[path] != self.old[path]]
        paths = sorted(self.old) if dense else self.rng.sample(sorted(self.old), FEW)
        if not dense and changing:
            paths = sorted({*paths[: FEW // 2], *self.rng.sample(changing, min(len(changing), FEW // 2))})
        for path in paths:
            self.number += 1
            try:
                old = self.old[path].text
                after = new[path].text if path in new else None
            except UnicodeDecodeError:
                continue
            inside = path in changing and self.rng.random() < (0.5 if dense else 0.34)
            if found := edit(path, old, after, self.number, self.rng, inside=inside):
                yield found

    def _look_aside(self, way: str, edits: dict[str, Edit], conflicts: set[str]) -> None:
        """Every edit of a conflict lies in `theirs/`."""
        for path in conflicts & edits.keys():
            theirs = (self.out / ".iopeer/conflicts/theirs" / path).read_text(encoding="utf-8")
            if theirs != edits[path].text:
                self._say(way, f"{path} is not among the conflicts as it was")

    def _look(self, way: str, edits: dict[str, Edit], new: Tree, conflicts: set[str]) -> None:
        """Every edited line is there; and of what is new nothing is missing, where both were merged."""
        for path, each in edits.items():
            file = self.out / path
            lines = file.read_bytes().decode().split("\n") if file.is_file() else []
            if missing := [line for line in each.lines if line not in lines]:
                self._say(way, f"{path} lost {missing[0]!r}")
            if path in conflicts or path not in new:
                continue
            back = [each.lines.get(line, line) for line in lines]
            if [line for line in back if line is not None] != new[path].text.split("\n"):
                self._say(way, f"{path} is not the new file with the edit")

    def _say(self, way: str, what: str) -> None:
        self.tally.lost.append(f"{self.name}, {way}: {what}")

    def _settle(self) -> None:
        with locked(self.out):
            conflicts = Conflicts(self.out)
            for one in list(conflicts):
                conflicts.settle(one, "theirs")

    def _reset(self) -> None:
        shutil.rmtree(self.out)
        shutil.copytree(self.folder / "before", self.out)

    def _files(self) -> dict[str, bytes]:
        found = (path for path in self.out.rglob("*") if path.is_file() and ".iopeer" not in path.parts)
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in found}

    def _context(self, new: Changed) -> Context:
        run = Run(id="storm")
        config = ProjectConfig(plugins=new.plugins, allow_unbuilt_guards=True)
        project = Project(spec=self.spec, config=config)
        options = Options(out=self.out, check="none", allow_drop=True)
        return Context(project=project, options=options, manager=Manager.load(config, run), run=run)

    def _made(self, new: Changed) -> Values:
        self.spec.write_text(new.text, encoding="utf-8")
        self._now = self._context(new)
        values = dict(run_stages(TO_A_TREE, self._now, [SpecFile(path=self.spec)]))
        if new.upgraded:
            values[Tree] = _upgraded(values[Tree], new.upgraded, self.rng)
        return values

    def _written(self, values: Values) -> None:
        run_stages(TO_A_FOLDER, self._now, values.values())


def _upgraded(tree: Tree, plugin: str, rng: Random) -> Tree:
    """What a newer version of a plugin would make: one line in a tenth of its files is another."""
    files = dict(tree.files)
    for path, entry in tree.files.items():
        if entry.author != plugin or rng.random() > 0.1 or not path.endswith((".py", ".ts", ".tsx")):
            continue
        lines = entry.text.split("\n")
        place = rng.randrange(len(lines))
        lines.insert(place, "# of a newer version" if path.endswith(".py") else "// of a newer version")
        files[path] = type(entry)(content="\n".join(lines).encode(), mode=entry.mode, author=entry.author)
    return Tree(files)
