"""Checks the documents: every link inside the repository leads to a file, and to a heading where it names one.

Usage: `python tools/check_docs.py`; exit code 1 and one line per broken link.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
PARSER = MarkdownIt()


def documents() -> list[Path]:
    """Gives the Markdown files that git keeps, without the specs: those are inputs, some broken on purpose."""
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S607 - git's place differs
    paths = [Path(line) for line in listed.stdout.splitlines()]
    return [
        ROOT / path for path in paths if path.parts[0] not in {"examples", "tests"} and "templates" not in path.parts
    ]


def links(document: Path) -> Iterator[str]:
    """Gives where the links and pictures of a document lead."""
    for block in PARSER.parse(document.read_text()):
        for token in block.children or []:
            target = token.attrs.get("href") or token.attrs.get("src")
            if target:
                yield str(target)


def anchors(document: Path) -> set[str]:
    """Gives the anchors that a document's headings get where it is read."""
    tokens = PARSER.parse(document.read_text())
    titles = [inline.content for opening, inline in pairwise(tokens) if opening.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken(document: Path) -> Iterator[str]:
    """Gives one line for each link of a document that leads nowhere."""
    for target in links(document):
        parts = urlsplit(target)
        if parts.scheme:
            continue
        found = document if not parts.path else document.parent / unquote(parts.path)
        if not found.exists():
            yield f"{document.relative_to(ROOT)}: no file at {target}"
        elif parts.fragment and found.suffix == ".md" and parts.fragment not in anchors(found):
            yield f"{document.relative_to(ROOT)}: no heading for {target}"


def main() -> int:
    """Prints what is broken; gives the exit code."""
    found = documents()
    problems = [line for document in found for line in broken(document)]
    print("\n".join(problems) or f"{len(found)} documents: every link leads somewhere")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
