"""Break a generated backend, one line at a time, and see whether its own tests notice.

    make mutants                             # the tracker, 120 mutants
    make mutants ARGS="--sample 0"           # every mutant (long)
    make mutants ARGS="--spec biblioteca"

    make mutants ARGS="--record docs/mutants.md"

A mutant drops a constraint, a foreign key, a grant, a scope, a validation or a guard, or changes a status code. It is
caught when the app's tests fail; those that most likely notice run first: pytest has this file as a plugin for that.
Ends with the survivors, which a page may record, and with exit code 1 below 90 %.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue
from typing import Protocol

ROOT = Path(__file__).parent.parent
WANTED = 0.9
WORKERS = 2
PATIENCE = 900  # seconds: a mutant that hangs is noticed, a busy machine is not
PAGE = """# Mutants

Do the tests of a generated app notice when its code loses something? `make mutants` drops one constraint, grant, scope,
validation or guard at a time, or changes a status code, and runs the app's own tests. Written by
`make mutants ARGS="--spec NAME --record docs/mutants.md"`.
"""
CONSTRAINTS = {"CheckConstraint", "UniqueConstraint", "ForeignKeyConstraint"}
LIMITS = {"ge", "le", "gt", "lt", "max_length", "min_length", "pattern", "max_digits", "decimal_places", "extra"}
CHECKS = {"AfterValidator", "BeforeValidator", "Written", "within", "WHOLE", "CLEAN"}
BEHAVIOUR = {"engine", "services"}
"""The folders of what an entity may do; elsewhere a raised error is no guard."""
GRANTED = {"own", "where", "only"}
DECLARED = {"mine", "hidden", "before"}
STATUSES = {"201": "200", "204": "200", "401": "400", "403": "400", "404": "400", "409": "400", "422": "400"}
EQUIVALENT = {
    "pg_advisory_xact_lock": "SQLite, on which the mutants run, has no such lock; its writers wait for each other",
    "await connection.commit()": "ends a transaction before passwords are hashed, so that nobody waits",
}
"""What changes nothing that tests on SQLite could see, and why; these are no mutants."""
FIRST = {
    "constraint": ("rules", "relations"),
    "foreign key": ("relations",),
    "validation": ("rules", "auth"),
    "grant": ("permissions",),
    "scope": ("permissions", "attacks"),
    "guard": ("permissions", "rules", "relations"),
    "status code": ("crud", "auth"),
}
"""The tests that most likely notice a kind of mutant."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: in `path`, the characters from `start` to `end` become `text`."""

    path: str
    line: int
    kind: str
    what: str
    start: int
    end: int
    text: str
    about: str
    """The table, or the module, that is changed."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.kind}: {self.what}"


def mutants(app: Path) -> list[Mutant]:
    """Every mutant of an app's backend, in the order of files and lines."""
    found: list[Mutant] = []
    for path in sorted((app / "backend").rglob("*.py")):
        name = path.relative_to(app).as_posix()
        if name != "backend/migrations/env.py":
            source = path.read_text(encoding="utf-8")
            found += _Finder(name, source).run()
    return found


class _Finder:
    """Finds the mutants of one file."""

    def __init__(self, path: str, source: str) -> None:
        self.path, self.source = path, source
        self.folder = path.split("/")[1]
        self.keys: set[ast.expr] = set()
        self.offsets = [0]
        for line in source.encode().splitlines(keepends=True):
            self.offsets.append(self.offsets[-1] + len(line))

    def run(self) -> Iterator[Mutant]:
        """All mutants; offsets are those of the UTF-8 text."""
        return (found for found in self._all() if not any(text in found.what for text in EQUIVALENT))

    def _all(self) -> Iterator[Mutant]:
        tree = ast.parse(self.source)
        self.keys = {column for node in ast.walk(tree) for column in _keys(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from self._call(node)
            if isinstance(node, ast.List | ast.Tuple):
                yield from self._elements(node.elts)
            if self.folder in BEHAVIOUR and isinstance(node, ast.Raise):
                yield self._mutant(node, "guard", "pass")
            if self.folder in BEHAVIOUR and isinstance(node, ast.Expr) and self._is_guard(node):
                yield self._mutant(node, "scope", "pass")

    def _is_guard(self, node: ast.Expr) -> bool:
        value = node.value.value if isinstance(node.value, ast.Await) else node.value
        return isinstance(value, ast.Call)

    def _call(self, node: ast.Call) -> Iterator[Mutant]:
        name = _name(node.func)
        for keyword in node.keywords:
            kind = self._keyword(name, keyword)
            if kind and not (keyword.arg == "nullable" and node in self.keys):
                yield self._dropped(keyword, kind)
        if self.folder == "routers":
            for keyword in node.keywords:
                text = ast.get_source_segment(self.source, keyword.value) or ""
                if keyword.arg == "status_code" and text in STATUSES:
                    yield self._mutant(keyword.value, "status code", STATUSES[text])
        yield from self._elements(node.args)

    def _keyword(self, call: str, keyword: ast.keyword) -> str:
        """What dropping a keyword of a call drops; "" for nothing that matters."""
        name = keyword.arg or ""
        if self.folder in {"models", "migrations"}:
            value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
            if name == "ondelete" or (name == "unique" and value is True) or (name == "nullable" and value is False):
                return "constraint"
        if name in LIMITS and self.folder in {"schemas", "utils"}:
            return "validation"
        if self.folder in BEHAVIOUR and call == "Grant" and name in GRANTED:
            return "scope"
        return "guard" if self.folder in BEHAVIOUR and name in DECLARED else ""

    def _elements(self, elements: Sequence[ast.expr]) -> Iterator[Mutant]:
        for element in elements:
            call = _name(element.func) if isinstance(element, ast.Call) else ""
            if self.folder in {"models", "migrations"} and call in CONSTRAINTS:
                yield self._dropped(element, "constraint")
            elif self.folder == "models" and call == "ForeignKey":
                yield self._dropped(element, "foreign key")
            elif self.folder in BEHAVIOUR and call == "Grant":
                yield self._dropped(element, "grant")
            elif self.folder in {"schemas", "utils"} and (call or _name(element)) in CHECKS:
                yield self._dropped(element, "validation")

    def _dropped(self, node: ast.expr | ast.keyword, kind: str) -> Mutant:
        """Without a node and the comma behind it."""
        end = self._offset(node.end_lineno or 0, node.end_col_offset or 0)
        raw = self.source.encode()
        while raw[end : end + 1] in {b" ", b"\n"}:
            end += 1
        comma = raw[end : end + 1] == b","
        mutant = self._mutant(node, kind, "")
        return replace(mutant, end=end + 1 if comma else mutant.end)

    def _mutant(self, node: ast.expr | ast.keyword | ast.stmt, kind: str, text: str) -> Mutant:
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or 0, node.end_col_offset or 0)
        segment = " ".join(self.source.encode()[start:end].decode().split())
        what = f"{segment[:90]} → {text or 'nothing'}"
        made = re.findall(r'create_table\(\s*"(\w+)"', self.source.encode()[:start].decode())
        about = made[-1] if made else Path(self.path).stem
        return Mutant(self.path, node.lineno, kind, what, start, end, text, about)

    def _offset(self, line: int, column: int) -> int:
        return self.offsets[line - 1] + column


def _keys(node: ast.AST) -> Iterator[ast.expr]:
    """The columns of a primary key in `create_table(...)`, which are never null anyway."""
    if isinstance(node, ast.Call) and _name(node.func) == "create_table":
        parts = [part for part in node.args if isinstance(part, ast.Call)]
        names = {_text(name) for part in parts if _name(part.func) == "PrimaryKeyConstraint" for name in part.args}
        yield from (part for part in parts if _name(part.func) == "Column" and _text(part.args[0]) in names)


def _text(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def caught(app: Path, mutant: Mutant, python: str) -> bool | None:
    """Whether the app's tests fail with a mutant; None where it is no valid Python."""
    path = app / mutant.path
    original = path.read_bytes()
    changed = original[: mutant.start] + mutant.text.encode() + original[mutant.end :]
    try:
        ast.parse(changed)
    except SyntaxError:
        return None
    path.write_bytes(changed)
    try:
        return not passes(app, python, FIRST[mutant.kind], mutant.about)
    finally:
        path.write_bytes(original)


class Item(Protocol):
    """A test, as pytest has it."""

    name: str
    path: Path


def passes(app: Path, python: str, first: Sequence[str] = (), about: str = "") -> bool:
    """Whether the app's tests pass; those in the files `first` run first, and of each file those `about` something."""
    command = [python, "-B", "-m", "pytest", "-q", "-x", "-p", Path(__file__).stem, "tests"]
    order = {"PYTHONPATH": str(Path(__file__).parent), "FIRST": " ".join(first), "ABOUT": about}
    told = os.environ | order
    try:
        return (
            subprocess.run(command, cwd=app, env=told, capture_output=True, timeout=PATIENCE, check=False).returncode
            == 0
        )
    except subprocess.TimeoutExpired:
        return False


def pytest_collection_modifyitems(items: list[Item]) -> None:
    """Called by pytest: put the tests that most likely notice a mutant first."""
    first, about = os.environ.get("FIRST", "").split(), os.environ.get("ABOUT", "").replace("_", "-")

    def rank(item: Item) -> tuple[bool, int]:
        name = item.path.stem.removeprefix("test_")
        return not (about and (about in item.name or about == name)), first.index(name) if name in first else len(first)

    items.sort(key=rank)


def run(app: Path, python: str, chosen: Sequence[Mutant]) -> tuple[int, list[Mutant]]:
    """Try mutants in copies of the app, a copy per worker; returns how many are valid Python, and the survivors."""
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(WORKERS):
            copies.put(Path(shutil.copytree(app, Path(folder) / str(number))))

        def one(mutant: Mutant) -> bool | None:
            copy = copies.get()
            try:
                return caught(copy, mutant, python)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(WORKERS) as pool:
            results = []
            for mutant, result in zip(chosen, pool.map(one, chosen), strict=True):
                print({True: "caught  ", False: "SURVIVED", None: "invalid "}[result], mutant, flush=True)
                results.append(result)
    survivors = [mutant for mutant, result in zip(chosen, results, strict=True) if result is False]
    return len(results) - results.count(None), survivors


def generated(spec: str, folder: Path) -> Path:
    """An app generated from one of the examples."""
    command = [str(Path(sys.executable).with_name("iopeer")), "generate", str(ROOT / "examples" / spec / "spec.md")]
    subprocess.run([*command, "--out", str(folder), "--check", "none"], cwd=ROOT, check=True)
    return folder


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spec", default="tracker")
    parser.add_argument("--app", type=Path, help="an app that is there already")
    parser.add_argument("--python", help="the interpreter of the app's environment")
    parser.add_argument("--sample", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", type=Path, help="the page whose section about this spec is written")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = options.app or generated(options.spec, Path(folder) / "app")
        python = options.python or _python(app)
        if not passes(app, python):
            print("the app's tests do not pass as it is")
            return 2
        every = mutants(app)
        chosen = every
        if 0 < options.sample < len(every):
            picked = random.Random(options.seed).sample(range(len(every)), options.sample)  # noqa: S311 - no secret
            chosen = [every[index] for index in sorted(picked)]
        tried, survivors = run(app, python, chosen)
    share = 1 - len(survivors) / tried
    told = f"{tried} of {len(every)} mutants, {share:.1%} caught"
    print(f"\n{told}; survivors:")
    for kind, count in Counter(mutant.kind for mutant in survivors).items():
        print(f"  {count} {kind}")
    for mutant in survivors:
        print(f"  {mutant}")
    if options.record:
        record(options.record, options.spec, told, survivors)
    return 0 if share >= WANTED else 1


def record(page: Path, spec: str, told: str, survivors: Sequence[Mutant]) -> None:
    """Write the section about a spec, and leave the page's other sections as they are."""
    begin = page.read_text(encoding="utf-8") if page.exists() else PAGE
    head, *sections = re.split(r"^(?=## )", begin, flags=re.MULTILINE)
    kept = [section.strip() for section in sections if section.splitlines()[0] != f"## {spec}"]
    lines = [f"- `{mutant.path}`, line {mutant.line}, {mutant.kind}: `{mutant.what}`" for mutant in survivors]
    kept.append("\n".join([f"## {spec}", "", f"{told}; survivors:", "", *(lines or ["- none"])]))
    page.write_text("\n\n".join([head.strip(), *sorted(kept)]) + "\n", encoding="utf-8")


def _python(app: Path) -> str:
    """The interpreter of the environment that the app's own files ask for."""
    import tomli
    from iopeer_core.environments.python import python_environment

    document = tomli.loads((app / "pyproject.toml").read_text(encoding="utf-8"))
    requirements = [*document["project"]["dependencies"], *document["dependency-groups"]["dev"]]
    pins = app / "requirements.lock"
    return str(python_environment(requirements, pins.read_text(encoding="utf-8") if pins.exists() else "").python)


if __name__ == "__main__":
    sys.exit(main())
