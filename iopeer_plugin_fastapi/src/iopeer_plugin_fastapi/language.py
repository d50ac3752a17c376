"""What the core must know of Python: how imports are written, how files are formatted, which words are reserved."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from textwrap import wrap

from iopeer_core.blueprint.contributions import Scope, Symbol
from iopeer_core.environments.scratch import scratch
from iopeer_core.errors import UserError
from ruff import find_ruff_bin  # type: ignore[import-untyped]  # it has no types

LINE_LENGTH = 100
FIRST_PARTY = ("backend", "tests")
_STRING = re.compile(
    r"(?<![A-Za-z0-9_])[rRbBuU]{0,2}(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''"
    r'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')|#[^\n]*',
    re.DOTALL,
)
_TEMPLATE = re.compile(r"(?<![A-Za-z0-9_])[fF][rR]?(?:\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')")
_PLACE = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
_NAME = re.compile(r"(?<![.\w])[A-Za-z_]\w*(?!\w|=(?!=))")
"""A word that names something: no attribute, and no argument that is given by its name."""
_MEMBER = re.compile(r"^ +[a-z_]\w*(?=: )", re.MULTILINE)
"""A member that a class declares."""
_DOCSTRING = re.compile(r'^( *)"""(.{90,})"""$', re.MULTILINE)
_FROM = re.compile(r"from\s+(\S+)\s+import\s+(.+)")


def escape(identifier: str) -> str:
    """The identifier, with an underscore where Python reserves the word or a builtin has the name."""
    return f"{identifier}_" if keyword.iskeyword(identifier) or identifier in _AVOIDED else identifier


_AVOIDED = frozenset({"match", "case", "type", "self", "cls", *(name for name in dir(builtins) if name.islower())}) - {
    "id",
    "copyright",
    "credits",
    "license",
    "exit",
    "quit",
    "help",
}


def imports(static: str, symbols: Mapping[Symbol, str], body: str, module: str) -> str:
    """The import block of a file: sorted, merged, without what the body does not use.

    Args:
        static: import statements, more than the file may need.
        symbols: what the template used of other files, and what the file calls it.
        body: the file without its imports.
        module: the file's dotted name; it imports nothing of its own.

    Returns:
        The statements, in isort's order and sections, without a blank line at the end; "" where none are left.
    """
    code = _STRING.sub(" ", _TEMPLATE.sub(_places, body))
    used = set(_NAME.findall(_MEMBER.sub(" ", code)))
    modules, names = _parse(static)
    for symbol, name in symbols.items():
        if symbol.module != module:
            written = symbol.name if name == symbol.name else f"{symbol.name} as {name}"
            names.setdefault(symbol.module, set()).add(written)
    sections: dict[int, tuple[list[str], list[str]]] = {}
    for name in sorted(modules):
        bound = name.rpartition(" as ")[2] if " as " in name else name.partition(".")[0]
        if bound in used:
            sections.setdefault(_section(name), ([], []))[0].append(f"import {name}")
    for source in sorted(names, key=lambda text: (text.lower(), text)):
        kept = [n for n in names[source] if source == "__future__" or n.rpartition(" as ")[2].split(".")[-1] in used]
        plain = [name for name in kept if " as " not in name]
        renamed = [name for name in sorted(kept, key=import_order) if " as " in name]  # isort gives each its own line
        lines = [f"from {source} import {', '.join(sorted(plain, key=import_order))}"] if plain else []
        lines += [f"from {source} import {name}" for name in renamed]
        sections.setdefault(_section(source), ([], []))[1].extend(lines)
    return "\n\n".join("\n".join(plain + froms) for _, (plain, froms) in sorted(sections.items()) if plain or froms)


def scope(static: str, body: str) -> Scope:
    """The names of a file; of what is no Python those of its imports alone, since the formatter will say it.

    Args:
        static: import statements, more than the file may need.
        body: the file without its imports.
    """
    modules, names = _parse(static)
    bound = dict.fromkeys(dir(builtins), "")
    bound |= {name.rpartition(" as ")[2].partition(".")[0]: "" for name in modules}
    bound |= {written.rpartition(" as ")[2]: source for source, found in names.items() for written in found}
    used: set[str] = set()
    try:
        nodes = list(ast.walk(ast.parse(body)))
    except (SyntaxError, ValueError, RecursionError):
        nodes = []
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            used.add(node.id)
        else:
            bound |= dict.fromkeys(_bound(node), "")
    return Scope(bound=bound, used=used)


def _bound(node: ast.AST) -> Iterable[str]:
    """The names that a node binds, in whatever block it stands."""
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return (name,)
        case ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)) | ast.MatchMapping(rest=str(name)):
            return (name,)
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return (name,)
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return tuple((each.asname or each.name).partition(".")[0] for each in names)
        case _:
            return ()


def _places(text: re.Match[str]) -> str:
    """The expressions within an f-string."""
    return " ".join(_PLACE.findall(text[0]))


def _parse(static: str) -> tuple[set[str], dict[str, set[str]]]:
    """`import` lines and `from` lines of a block; parentheses and line breaks do not matter."""
    joined = re.sub(r"\(([^)]*)\)", lambda m: " ".join(m[1].split()), static)
    modules: set[str] = set()
    names: dict[str, set[str]] = {}
    for line in filter(None, (line.strip() for line in joined.splitlines())):
        if found := _FROM.fullmatch(line):
            names.setdefault(found[1], set()).update(filter(None, (n.strip() for n in found[2].split(","))))
        elif line.startswith("import "):
            modules.update(n.strip() for n in line.removeprefix("import ").split(","))
        else:
            raise UserError(f"not an import statement: {line!r}", where="an `imports()` block of a template")
    return modules, names


def _section(module: str) -> int:
    """Isort's sections: future, standard library, third party, first party."""
    top = module.partition(".")[0].partition(" ")[0]
    if top == "__future__":
        return 0
    if top in sys.stdlib_module_names:
        return 1
    return 3 if top in FIRST_PARTY else 2


def import_order(name: str) -> tuple[int, str, str]:
    """The sort key of an imported name: constants, classes, then the rest, as isort orders by type."""
    bare = name.partition(" ")[0]
    kind = 0 if bare.isupper() and len(bare) > 1 else 1 if bare[:1].isupper() else 2
    return kind, bare.lower(), bare


def ruff_format(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """All files formatted, by one process.

    Raises:
        UserError: a file is no valid Python; ruff's words say which and where.
    """
    packed = "format.skip-magic-trailing-comma=true"  # a template's last comma says nothing about the layout
    done = _ruff(files, ["format", "--line-length", str(LINE_LENGTH), "--config", packed])
    return {path: _folded(content) for path, content in done.items()}


def _folded(content: bytes) -> bytes:
    """The file with the docstrings that a long name made too long for a line on several."""

    def several(found: re.Match[str]) -> str:
        if len(found[0]) <= LINE_LENGTH:
            return found[0]
        lines = wrap(f'{found[1]}"""{found[2]}', LINE_LENGTH - 10, subsequent_indent=found[1], break_long_words=False)
        return "\n".join([*lines, f'{found[1]}"""'])

    return _DOCSTRING.sub(several, content.decode()).encode()


def ruff_fix(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """All files with ruff's safe fixes applied, then formatted; as they came where one is no valid Python."""
    try:
        length = ["--line-length", str(LINE_LENGTH)]
        fixed = _ruff(files, ["check", "--fix", "--exit-zero", *length, "--select", "E,F,I,UP"])
        return ruff_format(fixed)
    except UserError:
        return files


def _ruff(files: Mapping[str, bytes], arguments: Iterable[str]) -> Mapping[str, bytes]:
    """Run ruff over a temporary copy of the files; paths are kept, since import order depends on them."""
    alone = ["--isolated", "--no-cache", "--no-respect-gitignore"]  # wherever the copy lies
    command = [find_ruff_bin(), *arguments, *alone, "--target-version", "py311", "."]
    with scratch() as folder:
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            told = (done.stderr or done.stdout).strip().splitlines()
            words = "\n".join(line for line in told if not line.startswith("warning: "))
            raise UserError(f"the generated Python is not valid: {words}")
        return {path: (folder / path).read_bytes() for path in files}
