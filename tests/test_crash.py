"""The real command killed at random moments: whatever runs next, the folder is wholly old or wholly new.

IOPEER_KILLS=100 python -m pytest tests/test_crash.py
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.projects import Project, generated, snapshot, unpacked

KILLS = int(os.environ.get("IOPEER_KILLS", "4"))
WRITE = 0.25
"""Seconds: a little more than a write takes."""
OLD = "# Todo\n\n## Entities\n\n### Task\n- title: text, required\n- done: boolean, default no\n"
NEW = OLD + "\n### Label\n- name: text, required, unique\n\n### Project\n- name: text\n- labels: many to many Label\n"
THEIRS = {
    ".env": b"SECRET=1",
    "todo.db": b"rows",
    ".git/HEAD": b"ref",
    "node_modules/a/b.js": b"1",
    "backend/mine.py": b"# mine\n",
    "backend/node_modules/x.js": b"2",
}
EDITED = "backend/models/__init__.py"
NEXT = (("plugins",), ("check", "spec.md"), ("generate", "spec.md", "--check", "none", "--zip"))


class Situation:
    """A project with an app of the old spec, the user's files in it, and a home of its own."""

    def __init__(self, folder: Path, *, forced: bool, merged: bool) -> None:
        self.project = Project(folder=folder / "project")
        self.out = self.project.folder / "generated"
        self.archive = self.project.folder / "dist" / "generated.zip"
        self.temporary = folder / "tmp"
        self.forced = forced
        self.variables = {
            "HOME": str(folder / "home"),
            "XDG_STATE_HOME": str(folder / "home" / "state"),
            "IOPEER_CACHE": str(folder / "home" / "cache"),
            "TMPDIR": str(self.temporary),
        }
        for made in (self.project.folder, self.temporary, folder / "home"):
            made.mkdir(parents=True)
        self.write_spec(OLD)
        self.generate()
        for path, content in THEIRS.items():
            (self.out / path).parent.mkdir(parents=True, exist_ok=True)
            (self.out / path).write_bytes(content)
        if merged:
            readme = self.out / "README.md"
            readme.write_text(readme.read_text().replace("# Todo\n", "# Todo\n\nMine.\n", 1))
        self.old = generated(self.out)
        self.before = folder / "before"
        shutil.copytree(self.project.folder, self.before)
        self.write_spec(NEW)
        began = time.perf_counter()
        self.generate()
        self.seconds = time.perf_counter() - began
        self.new = generated(self.out)
        assert self.new.keys() > self.old.keys()
        assert self.new[EDITED] != self.old[EDITED], "an edit of it is a conflict"
        assert (b"Mine." in self.new["README.md"]) == merged
        assert self.new["README.md"] != self.old["README.md"]

    def write_spec(self, text: str) -> None:
        (self.project.folder / "spec.md").write_text(text)

    def options(self) -> tuple[str, ...]:
        return ("--check", "none", "--zip", *(("--force",) if self.forced else ()))

    def generate(self) -> None:
        done = self.project.generate(*self.options(), **self.variables)
        assert done.returncode == 0, done.stderr

    def reset(self) -> dict[str, bytes]:
        """The old app with the new spec; where it is forced, with an edit of the user's. Gives what is there."""
        shutil.rmtree(self.project.folder)
        shutil.copytree(self.before, self.project.folder)
        self.write_spec(NEW)
        if self.forced:
            (self.out / EDITED).write_bytes(b"# edited\n")
        return generated(self.out)

    def kill(self, moment: float, *, writing: bool) -> bool:
        """Kill the command at a part of its usual time, or of a write's after it began; whether it had not ended."""
        process = self.project.start("generate", "spec.md", *self.options(), **self.variables)
        while writing and process.poll() is None and not list(self.out.glob(".iopeer/journal*")):
            time.sleep(0.001)
        time.sleep(moment * (WRITE if writing else self.seconds))
        process.kill()
        return process.wait() != 0


@pytest.fixture(scope="module", params=["changed", "merged", "forced"])
def situation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Situation:
    kind = request.param
    return Situation(tmp_path_factory.mktemp("crash"), forced=kind == "forced", merged=kind == "merged")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [path for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)]


def rubbish(situation: Situation) -> list[str]:
    """What a killed command left that no command will ever clear."""
    state = Path(situation.variables["XDG_STATE_HOME"])
    left = [str(path) for path in situation.temporary.iterdir()]
    left += [str(path) for path in (Path(situation.variables["IOPEER_CACHE"]) / "scratch").iterdir()]
    left += [str(path) for path in state.rglob("*") if path.is_file()]
    left += [str(path) for path in situation.out.glob(".iopeer/journal*")]
    left += [str(path) for path in situation.archive.parent.iterdir() if path != situation.archive]
    return left


def test_killed_at_a_random_moment(situation: Situation) -> None:
    seed = random.randrange(1 << 32)  # noqa: S311 - moments, no secrets
    moments = random.Random(seed)  # noqa: S311 - moments to kill at, no secrets
    outcomes: Counter[str] = Counter()
    for number in range(KILLS):
        old = situation.reset()
        moment, writing = moments.random(), number % 2 == 0
        killed = situation.kill(moment, writing=writing)
        command = NEXT[number // 2 % len(NEXT)]
        done = situation.project.iopeer(*command, **situation.variables)
        where = f"seed {seed}, kill {number} at {moment:.4f} of {'the write' if writing else 'all'}, then {command}"
        conflict = situation.forced and command[0] == "generate"  # which is not forced
        assert done.returncode in ({0, 3} if conflict else {0}), (where, done.stderr)
        now = generated(situation.out)
        outcomes["old" if now == old else "new" if now == situation.new else "neither"] += 1
        assert now in (old, situation.new), (where, differing(old, now), differing(situation.new, now))
        if command[0] == "generate" and done.returncode == 0:
            assert now == situation.new, where
        assert {path: now.get(path) for path in THEIRS} == THEIRS, where
        if situation.archive.exists():
            assert unpacked(situation.archive).keys() <= situation.new.keys(), where
        outcomes["killed"] += killed
        outcomes["recovered"] += "cut short" in done.stderr
    situation.reset()
    situation.generate()
    assert rubbish(situation) == []
    print(dict(outcomes))  # noqa: T201 - shown by `pytest -s`


def test_its_own_files_are_the_same_as_without_a_kill(situation: Situation) -> None:
    """The manifest and the base after a kill, a recovery and a run are those of a run alone."""
    situation.reset()
    situation.generate()
    expected = snapshot(situation.out)
    situation.reset()
    situation.kill(0.5, writing=True)
    situation.generate()
    assert snapshot(situation.out) == expected
