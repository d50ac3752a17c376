"""`iopeer check`: every problem of a spec, for people or machines."""

from __future__ import annotations

import json as json_
import sys
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path

import typer

from iopeer_core.cli.problems import show
from iopeer_core.cli.project import Manifests, open_manifests
from iopeer_core.counted import counted
from iopeer_core.language.fix import fix as mend
from iopeer_core.language.problems import Problem
from iopeer_core.language.reader import read_file
from iopeer_core.language.sources import MOST_BYTES, folder_loader, read_bounded
from iopeer_core.language.vocabulary import Grammar
from iopeer_core.model.spec import Spec
from iopeer_core.plugins.unbuilt import unbuilt_by_manifests
from iopeer_core.tree.files import replace_file


def run(path: Path, *, json: bool, fix: bool, strict: bool, language: str | None) -> None:
    """Print the problems; exit 2 when one is an error, with `strict` when there is one at all.

    Raises:
        UserError: the file or the project's configuration cannot be read.
    """
    manifests = open_manifests(path)
    grammar = manifests.grammar()
    result = read_file(path, grammar=grammar, language=language)
    fixed = 0
    if fix and result.problems:
        fixed = _mend(path, grammar)
        result = read_file(path, grammar=grammar, language=language)
    problems = [*result.problems, *_unbuilt(result.spec, manifests, language)]
    if json:
        document = {"problems": [problem.as_json() for problem in problems]}
        sys.stdout.write(json_.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        said_in = language or (problems[0].language if problems else result.spec.language if result.spec else "")
        _print(path, problems, fixed, said_in)
    if any(strict or problem.severity == "error" for problem in problems):
        raise typer.Exit(2)


def _unbuilt(spec: Spec | None, manifests: Manifests, language: str | None) -> list[Problem]:
    """What no enabled plugin builds: `generate` would say it too."""
    if spec is None:
        return []
    allowed = manifests.config.allow_unbuilt_guards
    found = unbuilt_by_manifests(spec, enabled=manifests.enabled, others=manifests.others, allowed=allowed)
    return [problem.translated(language) for problem in found] if language else found


def _mend(path: Path, grammar: Grammar) -> int:
    """Apply the unambiguous suggestions to the file; returns how many."""
    content = read_bounded(path)
    if len(content) > MOST_BYTES:
        return 0
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""  # it stays, and no column counts it
    try:
        text = content.removeprefix(mark).decode()
    except UnicodeDecodeError:
        return 0
    mended, count = mend(text, file=path.name, grammar=grammar, load=folder_loader(path.parent))
    if mended != text:
        replace_file(path, mark + mended.encode())
    return count


def _print(path: Path, problems: Sequence[Problem], fixed: int, language: str) -> None:
    for text in show(problems, path.parent, color=sys.stdout.isatty()):
        sys.stdout.write(text + "\n\n")
    errors = sum(problem.severity == "error" for problem in problems)
    sys.stdout.write(f"{path}: {_summary(errors, len(problems) - errors, fixed, language)}\n")


def _summary(errors: int, warnings: int, fixed: int, language: str) -> str:
    """How many there are, in the language of the problems."""
    if language == "es":
        counts = f"{counted(errors, 'error', 'errores')}, {counted(warnings, 'aviso')}"
        return (counts if errors or warnings else "sin problemas") + (
            f", {counted(fixed, 'corregido')}" if fixed else ""
        )
    counts = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    return (counts if errors or warnings else "no problems") + (f", {fixed} mended" if fixed else "")
