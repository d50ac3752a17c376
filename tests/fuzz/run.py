"""One case of fuzzing: made from a seed, judged, never longer than an alarm allows."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from types import FrameType

from iopeer_core.language.fix import fix
from iopeer_core.language.problems import Problem
from iopeer_core.language.reader import ReadResult, read
from iopeer_core.language.writer import write

from tests.fuzz.apps import inside, same
from tests.fuzz.broken import break_
from tests.fuzz.hostile import hostile
from tests.fuzz.keep import mutate

SECONDS = 3


class TooSlow(Exception):
    """A case took longer than it may."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that was not answered as it should be."""

    kind: str
    seed: int
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind} {self.seed}: {self.what}"


@contextmanager
def alarm(seconds: int) -> Iterator[None]:
    """Raises TooSlow after so many seconds. For the main thread of a POSIX system."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"longer than {seconds} s")

    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def keep(rng: Random, bases: list[str]) -> tuple[str, str | None]:
    """A mutation that keeps the meaning gives an equal Spec."""
    base = rng.choice(bases)
    text, names = mutate(rng, base)
    expected, found = read(base).spec, read(text)
    if expected is None:
        return base, "a base spec has errors"
    if found.spec is None:
        return text, f"{names}: {[_shown(problem) for problem in found.errors[:3]]}"
    return text, None if found.spec == expected else f"{names}: another Spec"


def broken(rng: Random, bases: list[str]) -> tuple[str, str | None]:
    """A mutation that breaks the meaning is reported at its line or where it has a consequence."""
    while True:
        made = break_(rng, rng.choice(bases))
        if made:
            break
    case, name = made
    problems = read(case.text).problems
    if any(problem.line in case.lines for problem in problems):
        return case.text, _mended(case.text, read(case.text))
    lines = case.text.split("\n")
    shown = [lines[line - 1] for line in sorted(case.lines)[:3] if 0 < line <= len(lines)]
    return case.text, f"{name}: no problem at {shown}; {[_shown(p) for p in problems[:3]]}"


def attack(rng: Random, bases: list[str]) -> tuple[str, str | None]:
    """Anything at all gives a spec that can be written and read again, or problems that can be shown."""
    text = hostile(rng, bases)
    if rng.random() < 0.1:
        data = text.encode("utf-8", "surrogatepass")
        at = rng.randrange(len(data) + 1)
        read(data[:at] + rng.randbytes(rng.randrange(4)) + data[at:])
    return text, answered(text) or (_mended(text, read(text)) if rng.random() < 0.2 else None)


def answered(text: str) -> str | None:
    """What is wrong with the answer to a text; nothing where it is fair."""
    result = read(text)
    lines = text.count("\n") + text.count("\r") + 1
    for problem in result.problems[:50]:
        for language in ("en", "es"):
            problem.translated(language).render("x" * 20)
        if not (0 <= problem.line <= lines and problem.column <= problem.end_column):
            return f"a problem nowhere: {problem}"
    if (result.spec is None) != bool(result.errors):
        return "neither a spec nor an error, or both"
    if result.spec is None:
        return None
    for language in ("en", "es"):
        again = read(write(result.spec, language=language))
        if again.spec is None:
            return f"written in {language}: {[_shown(p) for p in again.errors[:2]]}"
        if language == result.spec.language and again.spec != result.spec:
            return f"written in {language}, another Spec"
    return None


def _mended(text: str, before: ReadResult) -> str | None:
    """What is wrong with the mended text: it must have no error that was not there."""
    mended, _ = fix(text)
    after = read(mended)
    known = {(problem.line, problem.code) for problem in before.problems}
    new = [problem for problem in after.errors if (problem.line, problem.code) not in known]
    return f"mended into {[_shown(problem) for problem in new[:2]]}" if new else None


def _shown(problem: Problem) -> str:
    return f"{problem.line}: {problem.code} {dict(problem.values)}"


Kind = Callable[[Random, list[str]], tuple[str, str | None]]
KINDS: dict[str, Kind] = {"keep": keep, "broken": broken, "attack": attack}
APPS: dict[str, Kind] = {"same": same, "inside": inside}
"""Those that generate an app for each case, with the default plugins: slower, for `tools/fuzz.py --kind same`."""


def case(kind: str, seed: int, bases: list[str]) -> Failure | None:
    """Runs one case; gives what went wrong."""
    rng = Random(f"{kind} {seed}")  # noqa: S311 - not for secrets
    text = ""
    try:
        with alarm(SECONDS):
            text, what = (KINDS | APPS)[kind](rng, bases)
    except TooSlow as slow:
        what = str(slow)
    except Exception:  # noqa: BLE001 - a traceback of any kind is the finding
        what = traceback.format_exc()
    return Failure(kind, seed, what, text) if what else None
