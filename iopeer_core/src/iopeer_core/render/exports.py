"""What files export: a symbol that a template uses is found here, or nothing is written."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import File, Symbol
from iopeer_core.errors import PluginError
from iopeer_core.model.spec import Entity
from iopeer_core.render.placeholders import Selector, fill_symbol, per_entity


class Exports:
    """The symbols of all files.

    Args:
        files: every file of the plan.
        selector: of entities: their files export a symbol for each.
    """

    def __init__(self, files: Iterable[File], selector: Selector) -> None:
        self._modules: dict[tuple[str, str], set[str]] = {}
        self._selector = selector
        for file in files:
            if file.exports:
                for entity in selector.entities(file):
                    self._add(file, entity)

    def _add(self, file: File, entity: Entity | None) -> None:
        for symbol in file.exports:
            found = fill_symbol(symbol, entity)
            self._modules.setdefault((found.component, found.module), set()).add(found.name)

    def has(self, symbol: Symbol) -> bool:
        """Whether a file exports it; with placeholders, whether one does for some entity."""
        entities = self._selector.all if per_entity(symbol.module) or per_entity(symbol.name) else (None,)
        filled = (fill_symbol(symbol, entity) for entity in entities)
        return any(each.name in self._modules.get((each.component, each.module), ()) for each in filled)

    def find(self, symbol: Symbol, entity: Entity | None) -> Symbol:
        """The symbol with its placeholders filled in.

        Raises:
            PluginError: no file exports it.
        """
        found = fill_symbol(symbol, entity)
        if self.has(found):
            return found
        raise PluginError(
            f"no file exports {found.name} of {found.module} (component {found.component!r})", how=self.instead(found)
        )

    def instead(self, symbol: Symbol) -> str:
        """Where the symbol is, what its module exports, or how it would be exported."""
        places = [f"{m} of {c!r}" for (c, m), names in sorted(self._modules.items()) if symbol.name in names]
        if places:
            return f"it is exported by {places[0]}"
        if names := self._modules.get((symbol.component, symbol.module)):
            return f"{symbol.module} exports {', '.join(sorted(names))}"
        return "its owner contributes a File that has it in `exports`; is the plugin that owns it enabled?"
