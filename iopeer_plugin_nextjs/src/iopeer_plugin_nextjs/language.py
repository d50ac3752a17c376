"""What the core must know of TypeScript: how imports are written, and which words are reserved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from iopeer_core.blueprint.contributions import Scope, Symbol
from iopeer_core.errors import UserError

LINE_LENGTH = 100
ROOT = "frontend/"
ALIAS = "@/"
"""How files name the application's root, as tsconfig.json says it."""
_IMPORT = re.compile(
    r"import\s+(?P<type>type\s+)?(?:(?P<default>\w+)\s*,?\s*)?(?:\*\s+as\s+(?P<whole>\w+)|\{(?P<names>[^}]*)\})?"
    r"\s*from\s+\"(?P<source>[^\"]+)\";"
)
_SIDE_EFFECT = re.compile(r"import\s+\"(?P<source>[^\"]+)\";")
_TEXT = re.compile(
    r"""/\*.*?\*/|(?<!\S)//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
    r"|(?<=[(=:,!&|?\[\s])/(?![*/>\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*",
    re.DOTALL,
)
"""Comments, strings and regexes: what they say is no name."""
_MARK = re.compile(rf"{_TEXT.pattern}|[`{{}}]", re.DOTALL)
"""What is no code, and what decides where that begins and ends."""
_WRITTEN = re.compile(r"\\.|`|\$\{", re.DOTALL)
"""The same in a text between backticks."""
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_NAME = re.compile(r"(?<![\w$/])(?<!(?<!\.)\.)[A-Za-z_$][\w$]*(?![\w$]|\??:)")
"""A word that names something: no member that is read or given, no part of a path."""
_DECLARED = re.compile(
    r"\b(?:function\*?|class|interface|type|enum|namespace|const|let|var)\s+([A-Za-z_$][\w$]*)"
    r"|([A-Za-z_$][\w$]*)\s*=>|\bcatch\s*\(\s*([A-Za-z_$][\w$]*)"
)
"""What is declared by its name."""
_UNPACKED = re.compile(r"\b(?:const|let|var)\s*([{\[][^;]*?[}\]])\s*(?:=|:|of\b)")
"""What is taken out of an object or a list."""
_PARAMETERS = re.compile(r"\bfunction\b[^()]*(\([^()]*)\)|(\([^()]*)\)\s*(?::[^=;{}]*)?=>")
_PARAMETER = re.compile(r"(?:[(,{\[]|\.\.\.)\s*([A-Za-z_$][\w$]*)")
"""A parameter, or what is taken out of one: no type."""
_GLOBALS = """
Array Boolean Date Error Intl JSON Map Math Number Object Omit Partial Pick Promise React Readonly Record RegExp Set
String Symbol URL URLSearchParams console document fetch globalThis location navigator process window
"""
GLOBALS = frozenset(_GLOBALS.split())
"""What is there without being imported, as far as files of an application read it."""

_WORDS = """
arguments as async await boolean break case catch class const constructor continue debugger declare default delete
do else enum eval export extends false finally for from function get if implements import in instanceof interface is
let module namespace never new null number object of package private protected public require return set static
string super switch symbol this throw true try type typeof undefined unknown var void while with yield
"""
RESERVED = frozenset(_WORDS.split())
"""Words that are no identifiers, or that read as something else where they are one."""


def escape(identifier: str) -> str:
    """The identifier, with an underscore where TypeScript reserves the word."""
    return f"{identifier}_" if identifier in RESERVED else identifier


@dataclass(slots=True)
class _Source:
    """What a file takes from one module."""

    default: str = ""
    whole: str = ""
    names: dict[str, str] = field(default_factory=dict)  # the name that is bound → as the statement writes it

    def statement(self, source: str) -> str:
        """The import statement, as prettier would write it; "" where nothing is taken."""
        parts = [self.default] if self.default else []
        if self.whole:
            parts.append(f"* as {self.whole}")
        names = [self.names[name] for name in sorted(self.names, key=lambda name: (name.lower(), name))]
        prefix = "import "
        if names and not parts and all(name.startswith("type ") for name in names):
            prefix, names = "import type ", [name.removeprefix("type ") for name in names]
        if names:
            parts.append("{ " + ", ".join(names) + " }")
        if not parts:
            return ""
        line = f'{prefix}{", ".join(parts)} from "{source}";'
        if len(line) <= LINE_LENGTH or not names:
            return line
        parts[-1] = "{\n" + "".join(f"  {name},\n" for name in names) + "}"
        return f'{prefix}{", ".join(parts)} from "{source}";'


def imports(static: str, symbols: Mapping[Symbol, str], body: str, module: str) -> str:
    """The import block of a file: merged and sorted, packages before the app's own, without what is not used.

    Args:
        static: import statements, more than the file may need.
        symbols: what the template used of other files, and what the file calls it.
        body: the file without its imports.
        module: the file's path without suffix, with dots for slashes; it imports nothing of its own.

    Returns:
        The statements, without a blank line at the end; "" where none are left.

    Raises:
        UserError: something in the block is no import statement.
    """
    used = set(_NAME.findall(_code(body)))
    sources = _parsed(static, used)
    for symbol, name in symbols.items():
        if symbol.module.replace("/", ".") != module:
            kept = sources.setdefault(_source(symbol.module), _Source())
            kept.names.setdefault(name, symbol.name if name == symbol.name else f"{symbol.name} as {name}")
    sections: tuple[list[str], ...] = ([], [], [])
    for source in sorted(sources, key=lambda text: (text.lower(), text)):
        statement = sources[source].statement(source) if sources[source] != _Source() else f'import "{source}";'
        if statement:
            sections[1 if source.startswith(ALIAS) else 2 if source.startswith(".") else 0].append(statement)
    return "\n\n".join("\n".join(section) for section in sections if section)


def scope(static: str, body: str) -> Scope:
    """The names of a file.

    Args:
        static: import statements, more than the file may need.
        body: the file without its imports.
    """
    code = _code(body)
    bound = dict.fromkeys(GLOBALS, "")
    for source, taken in _parsed(static, None).items():
        module = ROOT + source.removeprefix(ALIAS) if source.startswith(ALIAS) else source
        bound |= dict.fromkeys([*taken.names, *filter(None, (taken.default, taken.whole))], module)
    declared = [name for found in _DECLARED.findall(code) for name in found if name]
    declared += [name for part in _UNPACKED.findall(code) for name in _WORD.findall(part)]
    declared += [name for pair in _PARAMETERS.findall(code) for part in pair for name in _PARAMETER.findall(part)]
    bound |= dict.fromkeys(declared, "")
    return Scope(bound=bound, used=frozenset(_NAME.findall(code)))


def _parsed(static: str, used: Iterable[str] | None) -> dict[str, _Source]:
    """The statements of a block, by source, with the names that are used; with all of them where that is not known."""
    known, sources = None if used is None else set(used), dict[str, _Source]()
    for text in filter(None, (statement.strip() for statement in re.split(r"(?<=;)\s*", static))):
        if alone := _SIDE_EFFECT.fullmatch(text):
            sources[alone["source"]] = _Source()
            continue
        found = _IMPORT.fullmatch(text)
        if found is None:
            raise UserError(f"not an import statement: {text!r}", where="an `imports()` block of a template")
        taken = _taken(found, known)
        if taken != _Source():
            kept = sources.setdefault(found["source"], _Source())
            kept.default, kept.whole = kept.default or taken.default, kept.whole or taken.whole
            kept.names |= taken.names
    return sources


def _taken(found: re.Match[str], used: set[str] | None) -> _Source:
    """What one statement brings in that is used."""
    taken = _Source()
    if found["default"] and (used is None or found["default"] in used):
        taken.default = found["default"]
    if found["whole"] and (used is None or found["whole"] in used):
        taken.whole = found["whole"]
    kind = "type " if found["type"] else ""
    for written in filter(None, (name.strip() for name in (found["names"] or "").split(","))):
        bound = written.rpartition(" as ")[2].removeprefix("type ")
        if used is None or bound in used:
            taken.names[bound] = kind + written
    return taken


def _source(module: str) -> str:
    """How a file names another one: `frontend/api/tasks` is `@/api/tasks`."""
    path = module if "/" in module else module.replace(".", "/")
    return ALIAS + path.removeprefix(ROOT)


def _code(text: str) -> str:
    """A file's code alone: of what is between backticks, only what is filled in there."""
    parts: list[str] = []
    opened: list[str] = []  # the brackets and backticks that are open
    start = 0
    while found := (_WRITTEN if opened[-1:] == ["`"] else _MARK).search(text, start):
        mark = found[0]
        if opened[-1:] != ["`"]:
            parts.append(text[start : found.start()])
        parts.append({"{": "{", "}": "}", "${": "{"}.get(mark, " "))
        if mark == "}" or (mark == "`" and opened[-1:] == ["`"]):
            del opened[-1:]
        elif mark in ("`", "{", "${"):
            opened.append(mark)
        start = found.end()
    return "".join([*parts, "" if opened[-1:] == ["`"] else text[start:]])
