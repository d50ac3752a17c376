"""What one file takes of others: `use(SYMBOL)` and `imports()` of its template, under names that do not meet.

A template is rendered with the symbols' own names. Where one of them meets another symbol, or a name that the file
binds itself, it is rendered again with other names for those that meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from iopeer_core.blueprint.calls import call
from iopeer_core.blueprint.contributions import Language, Scope, Symbol
from iopeer_core.errors import PluginError
from iopeer_core.model.names import pascal
from iopeer_core.model.spec import Entity
from iopeer_core.render.exports import Exports

_IMPORTS = "\0imports\0"


class Imports:
    """The imports of one file.

    Args:
        path: the file's.
        language: its language, where a plugin contributes one.
        exports: what can be imported.
        names: what symbols are called in this file, where not by their own name.
    """

    def __init__(
        self, path: str, language: Language | None, exports: Exports, names: Mapping[Symbol, str] | None = None
    ) -> None:
        self._module = _module(path)
        self._language = language
        self._exports = exports
        self._names = names or {}
        self._symbols: dict[Symbol, str] = {}  # what the file calls them, in the order of use
        self._static: list[str] = []

    def use(self, symbol: Symbol, entity: Entity | None = None) -> str:
        """`use(SYMBOL)`: what the file calls the symbol, which is imported.

        Raises:
            PluginError: no file exports it.
        """
        if not isinstance(symbol, Symbol):
            raise PluginError(f"use() takes a Symbol, not {symbol!r:.80}")
        found = self._exports.find(symbol, entity)
        return self._symbols.setdefault(found, self._names.get(found, found.name))

    def imports(self, caller: Callable[[], str]) -> str:
        """Where the file's import block stands; `caller` gives the statements that it may hold."""
        if self._static:
            raise PluginError("imports() is called twice")
        self._static.append(caller())
        return _IMPORTS

    def meeting(self, text: str) -> Mapping[Symbol, str]:
        """Other names for the symbols that meet each other, or what the file binds; none where no names meet.

        Args:
            text: the file, rendered with the symbols' own names.

        Raises:
            PluginError: no name is free for one of them.
        """
        foreign = self._foreign()
        if not foreign or self._language is None:
            return {}
        bound = self._scope(self._language, text).bound
        by_name: dict[str, list[Symbol]] = {}
        for symbol in foreign:
            by_name.setdefault(symbol.name, []).append(symbol)
        taken = {*bound, *by_name}
        names: dict[Symbol, str] = {}
        for name, symbols in sorted(by_name.items()):
            if len(symbols) > 1 or any(bound.get(name, one.module) != one.module for one in symbols):
                names |= _renamed(name, symbols, {*taken, *names.values()}, camel=self._language.case == "camel")
        return names

    def complete(self, text: str) -> str:
        """The text with the import block where the template has it.

        Raises:
            PluginError: the template has none and uses something, or writes a name that means nothing in this file.
        """
        before, marker, after = text.partition(_IMPORTS)
        if not marker:
            if foreign := self._foreign():
                raise PluginError(f"use() of {foreign[0].name!r} needs a place for its import: call imports() above")
            return text
        if self._language is None:
            raise PluginError("imports() needs the Language of this file, which no plugin contributes")
        self._refuse_left(self._language, text)
        symbols = {symbol: name for symbol, name in self._symbols.items() if symbol in self._foreign()}
        block = call(self._language.imports, self._static[0], symbols, after, self._module)
        return f"{before}{block}\n{after}" if block else f"{before}{after.lstrip()}"

    def _foreign(self) -> list[Symbol]:
        """The symbols of other files."""
        return [symbol for symbol in self._symbols if symbol.module.replace("/", ".") != self._module]

    def _scope(self, language: Language, text: str) -> Scope:
        scope: Scope = call(language.scope, "".join(self._static), text.partition(_IMPORTS)[2])
        return scope

    def _refuse_left(self, language: Language, text: str) -> None:
        """Refuse the own name of a symbol that has another one here, where nothing else has it."""
        if not self._names:
            return
        scope = self._scope(language, text)
        for symbol in self._names:
            if symbol.name in scope.used and symbol.name not in scope.bound:
                raise PluginError(
                    f"it writes {symbol.name!r} itself, which several symbols of this file are called",
                    how="write use(SYMBOL) wherever the symbol is meant",
                )


def _renamed(name: str, symbols: Sequence[Symbol], taken: Collection[str], *, camel: bool) -> dict[Symbol, str]:
    """A free name for each of some symbols of one name, which says where it comes from: `check_of_parts`."""
    longest = max(len(list(_words(symbol.module))) for symbol in symbols)
    for length in range(1, longest + 1):
        names = {symbol: _of(name, symbol.module, length, camel=camel) for symbol in symbols}
        if len(set(names.values())) == len(symbols) and not set(names.values()) & set(taken):
            return names
    modules = " and ".join(sorted(symbol.module for symbol in symbols))
    raise PluginError(f"no name is free for {name!r} of {modules}", how="give it another name where it is made")


def _of(name: str, module: str, length: int, *, camel: bool) -> str:
    """A name with the last words of its module behind it, in the case that the name is written in."""
    words = list(_words(module))[-length:]
    if camel or (name[:1].isupper() and not name.isupper()):
        return f"{name}Of{''.join(pascal(word) for word in words)}"
    joined = f"{name}_of_{'_'.join(words)}"
    return joined.upper() if name.isupper() else joined


def _words(module: str) -> Iterator[str]:
    for part in re.split(r"[./]", module):
        if word := re.sub(r"\W+", "_", part).strip("_"):
            yield word.lower()


def _module(path: str) -> str:
    """The dotted name of a file: `backend/models/__init__.py` is `backend.models`."""
    return path.rpartition(".")[0].replace("/", ".").removesuffix(".__init__")
