"""The public surface is what it was published as: `surface.txt`, with the version of each part beside it.

Who changes a public type, symbol or signature sees this fail, raises the version (the minor part for what is added, the
major one for what breaks) and writes the file anew: `python -m tests.plugins.test_surface`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from iopeer_core.plugins.manifest import CONTRACTS

from tools.plugin_reference import reference

PLUGINS = Path(__file__).parents[2] / "plugins"
SURFACE = Path(__file__).with_name("surface.txt")
MODULE = re.compile(r"^`([\w.]+)`$")


def surface() -> str:
    """The names, fields and signatures of the reference, without its prose."""
    return "\n".join(_lines(reference())) + "\n"


def _lines(text: str) -> Iterator[str]:
    title, code = "", False
    for line in text.split("\n"):
        code = not code if line.startswith("```") else code
        if found := MODULE.match(line):
            yield f"# {found[1]} {_version(found[1])}"
        elif line.startswith("### "):
            title = line.removeprefix("### ")
            yield title
        elif line.startswith("| `"):
            name, kind, default = (cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:4])
            yield f"{title}.{name.strip('`')}: {kind} = {default}"
        elif (code and line.startswith("def ")) or line.startswith("- `"):
            yield line


def _version(module: str) -> str:
    owner = import_module(module.replace(".symbols", ".contributions"))
    return str(getattr(owner, "VERSION", "/".join(CONTRACTS)))


def test_the_public_surface_is_as_it_was_published() -> None:
    now, published = surface().splitlines(), SURFACE.read_text("utf-8").splitlines()
    gone, new = [line for line in published if line not in now], [line for line in now if line not in published]
    assert (gone, new) == ([], []), "raise the version, then: python -m tests.plugins.test_surface"


if __name__ == "__main__":
    sys.path.extend(map(str, PLUGINS.glob("*/src")))  # what conftest.py does for tests
    SURFACE.write_text(surface(), "utf-8")
