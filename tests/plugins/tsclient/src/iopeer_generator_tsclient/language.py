"""How TypeScript writes its imports."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from iopeer_core.blueprint.contributions import Scope, Symbol

_NAMED = re.compile(r'import (?P<kind>type )?\{ (?P<names>[^}]+) \} from "(?P<source>[^"]+)";')
_WHOLE = re.compile(r'import (?P<kind>type )?\* as (?P<names>\w+) from "(?P<source>[^"]+)";')

_DECLARED = re.compile(r"\b(?:function|class|interface|type|enum|const|let)\s+(\w+)")


def imports(static: str, symbols: Mapping[Symbol, str], body: str, module: str) -> str:
    """The import block of a file: sorted by source, without what the body does not use.

    Args:
        static: import statements, a line each, more than the file may need.
        symbols: the types that the template used of other files, and what the file calls them.
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
    for symbol, name in symbols.items():
        if symbol.module != here:
            written = symbol.name if name == symbol.name else f"{symbol.name} as {name}"
            named.setdefault((_relative(symbol.module, here), "type "), set()).add(written)
    for (source, kind), names in named.items():
        if used := sorted(name for name in names if _uses(body, name.rpartition(" as ")[2])):
            lines.append((source, f'import {kind}{{ {", ".join(used)} }} from "{source}";'))
    return "\n".join(line for _, line in sorted(lines))


def scope(static: str, body: str) -> Scope:
    """The names of a file: what it declares, and what it imports."""
    bound = dict.fromkeys(_DECLARED.findall(body), "")
    for found in filter(None, (_NAMED.fullmatch(line.strip()) for line in static.splitlines())):
        bound |= {name.strip(): found["source"] for name in found["names"].split(",")}
    return Scope(bound=bound, used=frozenset(re.findall(r"\w+", body)))


def _uses(body: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", body) is not None


def _relative(module: str, here: str) -> str:
    path = posixpath.relpath(module, posixpath.dirname(here))
    return f"{path if path.startswith('.') else f'./{path}'}.js"
