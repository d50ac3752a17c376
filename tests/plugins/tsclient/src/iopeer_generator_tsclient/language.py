"""How TypeScript writes its imports."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from iopeer_core.blueprint.contributions import Symbol

_NAMED = re.compile(r'import (?P<kind>type )?\{ (?P<names>[^}]+) \} from "(?P<source>[^"]+)";')
_WHOLE = re.compile(r'import (?P<kind>type )?\* as (?P<names>\w+) from "(?P<source>[^"]+)";')


def imports(static: str, symbols: Sequence[Symbol], body: str, module: str) -> str:
    """The import block of a file: sorted by source, without what the body does not use.

    Args:
        static: import statements, a line each, more than the file may need.
        symbols: the types that the template used of other files.
        body: the file without its imports.
        module: the file's path without suffix, with dots for slashes.
    """
    named: dict[tuple[str, str], set[str]] = {}
    lines: list[tuple[str, str]] = []
    for line in filter(None, (line.strip() for line in static.splitlines())):
        if found := _WHOLE.fullmatch(line):
            if _uses(body, found["names"]):
                lines.append((found["source"], line))
        elif found := _NAMED.fullmatch(line):
            names = {name.strip() for name in found["names"].split(",")}
            named.setdefault((found["source"], found["kind"] or ""), set()).update(names)
        else:
            raise ValueError(f"not an import that this plugin writes: {line}")
    here = module.replace(".", "/")
    for symbol in symbols:
        if symbol.module != here:
            named.setdefault((_relative(symbol.module, here), "type "), set()).add(symbol.name)
    for (source, kind), names in named.items():
        if used := sorted(name for name in names if _uses(body, name)):
            lines.append((source, f'import {kind}{{ {", ".join(used)} }} from "{source}";'))
    return "\n".join(line for _, line in sorted(lines))


def _uses(body: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", body) is not None


def _relative(module: str, here: str) -> str:
    path = posixpath.relpath(module, posixpath.dirname(here))
    return f"{path if path.startswith('.') else f'./{path}'}.js"
