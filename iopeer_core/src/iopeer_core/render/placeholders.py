"""Paths with placeholders: `{entity.snake}` and `{entities.kebab}` mean once per entity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from iopeer_core.blueprint.contributions import File, Symbol, Where
from iopeer_core.errors import PluginError
from iopeer_core.model.spec import Entity, Spec

_PLACEHOLDER = re.compile(r"\{(entity|entities)\.(snake|kebab|pascal|camel)\}")


def per_entity(path: str) -> bool:
    """Whether a path is made once per entity."""
    return bool(_PLACEHOLDER.search(path))


def fill(text: str, entity: Entity | None) -> str:
    """The text with its placeholders filled in; as it is where there are none.

    Raises:
        PluginError: it has placeholders and there is no entity.
    """

    def one(match: re.Match[str]) -> str:
        if entity is None:
            raise PluginError(f"{text!r} is of an entity, and here is none", how="pass the entity: use(SYMBOL, entity)")
        names = entity.names if match[1] == "entity" else entity.names.plurals
        return str(getattr(names, match[2]))

    return _PLACEHOLDER.sub(one, text)


def fill_symbol(symbol: Symbol, entity: Entity | None) -> Symbol:
    """The symbol of an entity."""
    if "{" not in symbol.module and "{" not in symbol.name:
        return symbol
    return replace(symbol, module=fill(symbol.module, entity), name=fill(symbol.name, entity))


class Selector:
    """Finds the entities that files are made for.

    Args:
        spec: the united spec.
        account: the account's entity.
    """

    def __init__(self, spec: Spec, account: str) -> None:
        self._entities = {entity.name: entity for entity in spec.entities}
        self._account = account

    @property
    def all(self) -> Iterable[Entity]:
        """Every entity, in the spec's order."""
        return self._entities.values()

    def entities(self, file: File) -> Iterator[Entity | None]:
        """The entities that a file is made for, in the spec's order; None once where its path has no placeholder."""
        if file.each is None and not per_entity(file.path):
            yield None
            return
        where = file.each or Where()
        if where.kind == "named" and len(where.names) == 1:  # of every entity: nothing is gone through
            found = self._entities.get(where.names[0])
            yield from [found] if found and found.name not in where.without else []
        else:
            yield from (each for name, each in self._entities.items() if where.means(name, self._account))
