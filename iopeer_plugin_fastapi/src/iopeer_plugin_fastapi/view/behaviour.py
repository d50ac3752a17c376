"""What services and routers do with one entity beyond its table: keys in paths, answers, steps of other plugins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from iopeer_core.blueprint.contributions import Symbol

from iopeer_plugin_fastapi.contributions import Interceptor, SchemaObject

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.entity import EntityView

VERBS = ("CREATE", "READ", "UPDATE", "DELETE")
_PARAMETER = re.compile(r"(?<![:\w\\]):(?=\w+(?!:))")


def steps(view: EntityView, phase: str) -> Mapping[str, tuple[Symbol, ...]]:
    """What other plugins do before or after a verb, by verb; empty where none does anything.

    Args:
        view: the entity.
        phase: "before" or "after".
    """
    blueprint = view.app.blueprint
    chosen = [
        interceptor
        for interceptor in blueprint.all(Interceptor)
        if interceptor.phase == phase and interceptor.entities.means(view.name, blueprint.account)
    ]
    found = {verb: tuple(i.symbol for i in chosen if verb.lower() in i.verbs) for verb in VERBS}
    return found if any(found.values()) else {}


def schema_objects(objects: Sequence[SchemaObject], *, up: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The statements of other plugins' triggers, views and the like, by dialect; to drop them in reverse.

    What looks like a parameter, `:name`, is marked as the text that it is (SQLAlchemy, `text()`).

    Args:
        objects: all of them.
        up: to make them, else to drop them.
    """
    found = []
    for dialect in sorted({each.dialect for each in objects}):
        mine = [each for each in objects if each.dialect == dialect]
        texts = [text for each in mine for text in each.up] if up else [t for e in reversed(mine) for t in e.down]
        found.append((dialect, tuple(_PARAMETER.sub(r"\:", text) for text in texts)))
    return tuple(found)
