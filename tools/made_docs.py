"""Writes the documents that are made from the code: docs/coverage.md, docs/problems.md, docs/plugins/reference.md.

Usage: `python tools/made_docs.py [--check]`; with `--check` nothing is written, and the exit code is 1 where a document
differs from what the code says.

A test shows a production of the grammar when it is marked so: `@pytest.mark.shows("type.text", "grant.*")`, or when
`# shows: type.text, grant.*` stands in it.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from iopeer_core.language.features import PRODUCTIONS, Production
from iopeer_core.language.problems import document
from iopeer_core.plugins.manifest import read_manifest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.plugin_reference import reference  # noqa: E402 - after the path is set

MANIFESTS = ("iopeer_plugin_*/src/*/manifest.toml", "plugins/*/src/*/manifest.toml")
TESTS = ("tests/**/test_*.py", "*/tests/**/test_*.py", "plugins/*/tests/**/test_*.py")
_SHOWN = re.compile(r"pytest\.mark\.shows\(([^)]*)\)|#\s*shows: (.*)")
_NAME = re.compile(r"[\w.*-]+")

HEAD = """# What of the grammar is built

Made by `tools/made_docs.py` from the catalogue of productions, the plugins' manifests and the marks in the tests. A
guard protects data: a spec that uses one is refused while no enabled plugin builds it. What plugins add to the grammar
is in their own pages.

| production | says | guard | built by | shown by |
|---|---|---|---|---|
"""


def builders() -> dict[str, tuple[str, ...]]:
    """The plugins of the workspace by name, each with the patterns of the productions that it builds."""
    paths = sorted(path for pattern in MANIFESTS for path in ROOT.glob(pattern))
    manifests = [read_manifest(path) for path in paths]
    return {manifest.name: manifest.consumes for manifest in manifests}


def shows() -> Iterator[tuple[str, str]]:
    """Pairs of a pattern and the test that shows what it matches, in the order of the files."""
    for path in sorted({path for pattern in TESTS for path in ROOT.glob(pattern)}):
        lines = path.read_text("utf-8").split("\n")
        for number, line in enumerate(lines):
            for match in _SHOWN.finditer(line):
                place = f"{path.relative_to(ROOT).as_posix()}::{_test(lines, number)}"
                yield from ((name, place) for name in _NAME.findall(match[1] or match[2]))


def _test(lines: list[str], number: int) -> str:
    """The test that a mark stands over or in."""
    pattern = re.compile(r"\s*(?:async )?def (test_\w+)")
    if lines[number].lstrip().startswith("@"):
        found = (pattern.match(line) for line in lines[number:])
    else:
        found = (pattern.match(line) for line in reversed(lines[: number + 1]))
    return next((match[1] for match in found if match), "")


def coverage() -> str:
    """docs/coverage.md."""
    plugins, shown = builders(), list(shows())
    return HEAD + "".join(_row(item, plugins, shown) for item in PRODUCTIONS.values())


def _row(item: Production, plugins: dict[str, tuple[str, ...]], shown: list[tuple[str, str]]) -> str:
    by = ["the core"] if item.core else []
    by += [name for name, patterns in plugins.items() if any(fnmatchcase(item.name, pattern) for pattern in patterns)]
    tests = list(dict.fromkeys(place for pattern, place in shown if fnmatchcase(item.name, pattern)))
    links = [f"[{place.rpartition('::')[2]}](../{place.partition('::')[0]})" for place in tests[:2]]
    title = item.title.replace("|", "\\|")
    cells = (f"`{item.name}`", title, "yes" if item.guard else "", ", ".join(by) or "nobody", ", ".join(links))
    return f"| {' | '.join(cells)} |\n"


def main() -> int:
    """Writes or checks; gives the exit code."""
    parser = argparse.ArgumentParser(description="write the documents that are made from the code")
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a document is out of date")
    check, code = parser.parse_args().check, 0
    for name, text in (
        ("coverage.md", coverage()),
        ("problems.md", document()),
        ("plugins/reference.md", reference()),
    ):
        path = ROOT / "docs" / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        if check:
            print(f"docs/{name} is out of date: python tools/made_docs.py")
            code = 1
        else:
            path.write_text(text, "utf-8")
            print(f"wrote docs/{name}")
    return code


if __name__ == "__main__":
    sys.exit(main())
