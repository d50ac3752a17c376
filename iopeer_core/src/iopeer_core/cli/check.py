"""`iopeer check`: every problem of a spec, for people or machines."""

from __future__ import annotations

import json as json_
import sys
from pathlib import Path

import typer

from iopeer_core.cli.project import open_project
from iopeer_core.runs.history import new_id
from iopeer_core.runs.run import Run
from iopeer_core.spec.fix import fix as mend
from iopeer_core.spec.problems import Problem
from iopeer_core.spec.reader import read_file
from iopeer_core.spec.vocabulary import Grammar
from iopeer_core.tree.files import replace_file


def run(path: Path, *, json: bool, fix: bool, language: str | None) -> None:
    """Print the problems; exit 2 when one is an error.

    Raises:
        UserError: the file or the project's configuration cannot be read.
    """
    grammar = open_project(path, Run(id=new_id(), dry_run=True)).manager.grammar()
    result = read_file(path, grammar=grammar)
    fixed = 0
    if fix and result.problems:
        fixed = _mend(path, grammar)
        result = read_file(path, grammar=grammar)
    spoken = language or (result.spec.language if result.spec else result.language)
    if json:
        document = {"problems": [problem.as_dict(language=spoken) for problem in result.problems]}
        sys.stdout.write(json_.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(path, result.problems, spoken, fixed)
    if any(problem.severity == "error" for problem in result.problems):
        raise typer.Exit(2)


def _mend(path: Path, grammar: Grammar) -> int:
    """Apply the unambiguous suggestions to the file; returns how many."""
    text = path.read_bytes().decode()
    mended, count = mend(text, file=str(path), grammar=grammar)
    if mended != text:
        replace_file(path, mended.encode())
    return count


def _print(path: Path, problems: tuple[Problem, ...], language: str, fixed: int) -> None:
    color = sys.stdout.isatty()
    for problem in problems:
        sys.stdout.write(problem.render(language=language, color=color) + "\n\n")
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    mended = f", {fixed} mended" if fixed else ""
    if problems:
        sys.stdout.write(f"{path}: {errors} errors, {warnings} warnings{mended}\n")
    else:
        sys.stdout.write(f"{path}: no problems{mended}\n")
