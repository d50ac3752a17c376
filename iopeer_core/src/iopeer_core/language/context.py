"""What every part of the reader needs: the words, the problems, and the names that a spec declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from iopeer_core.language.problems import Problems
from iopeer_core.language.suggest import nearest
from iopeer_core.language.text import Text
from iopeer_core.language.vocabulary import Lexicon
from iopeer_core.model.names import Names, identifier, make_names
from iopeer_core.model.spec import Entity, Enum, Field, Role

LONGEST_NAME = 50
"""Characters of an identifier: with what is put around it, it fits the 63 of PostgreSQL."""

Named = TypeVar("Named", Entity, Enum, Role, Field)


class Directory(Generic[Named]):
    """Declared nodes, found by any spelling of their name that differs in case and accents alone."""

    def __init__(self, nodes: Iterable[Named] = (), *, plurals: bool = False) -> None:
        self._nodes: dict[str, Named] = {node.names.singular: node for node in nodes}
        self._aliases: dict[str, str] = {}
        for name, node in self._nodes.items():
            self._aliases.setdefault(identifier(node.names.label.lower()), name)
        if plurals:
            for name, node in self._nodes.items():
                self._aliases.setdefault(node.names.plural, name)

    def __iter__(self) -> Iterator[Named]:
        return iter(self._nodes.values())

    def find(self, text: str) -> Named | None:
        """The node that `text` names, or none."""
        name = identifier(text)
        if name in self._nodes:
            return self._nodes[name]
        alias = self._aliases.get(name) or self._aliases.get(identifier(text.lower()))
        return self._nodes[alias] if alias else None

    def like(self, text: str) -> str | None:
        """The label most like `text`, to suggest it."""
        return nearest(text, (node.names.label for node in self._nodes.values()))


@dataclass(slots=True)
class Context:
    """One reading. The directories are filled in before what refers to them is read."""

    words: Lexicon
    problems: Problems
    language: str = "en"  # of the headings: suggestions are written in it
    plurals: str = "en"  # the language whose rules make plurals
    roles: Directory[Role] = field(default_factory=Directory)
    enums: Directory[Enum] = field(default_factory=Directory)
    entities: Directory[Entity] = field(default_factory=Directory)
    account: str | None = None  # the identifier of the account's entity, declared or added

    def name(self, text: Text, *, plural: Text | None = None) -> Names | None:
        """All forms of a name; a problem and none where nothing of it can be an identifier."""
        names = make_names(text.raw, language=self.plurals, plural=plural.raw if plural else None)
        if not names.singular or not names.plural:
            self.problems.add("E034", text, name=text.raw)
            return None
        if max(len(names.singular), len(names.plural)) > LONGEST_NAME:
            self.problems.add("E037", text, name=text.raw, most=LONGEST_NAME)
            return None
        return names
