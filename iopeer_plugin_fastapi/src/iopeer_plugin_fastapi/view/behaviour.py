"""What services and routers do with one entity beyond its table: keys in paths, answers, steps of other plugins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from iopeer_core.blueprint.contributions import Symbol

from iopeer_plugin_fastapi.contributions import Interceptor, SchemaObject
from iopeer_plugin_fastapi.view.naming import quoted

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.entity import EntityView

VERBS = ("CREATE", "READ", "UPDATE", "DELETE")
_PARAMETER = re.compile(r"(?<![:\w\\]):(?=\w+(?!:))")


def steps(view: EntityView, phase: str) -> Mapping[str, tuple[Symbol, ...]]:
    """What other plugins do before or after a verb, by verb; empty where none does anything.

    Args:
        view: the entity.
        phase: "before", "after" or "committed".
    """
    blueprint = view.app.blueprint
    chosen = [
        interceptor
        for interceptor in blueprint.all(Interceptor)
        if interceptor.phase == phase and interceptor.entities.means(view.name, blueprint.account)
    ]
    found = {verb: tuple(i.symbol for i in chosen if verb.lower() in i.verbs) for verb in VERBS}
    return found if any(found.values()) else {}


def handlers(interceptors: Sequence[Interceptor]) -> tuple[Symbol, ...]:
    """Who hears of committed changes, each once, by module and name."""
    found = {i.symbol for i in interceptors if i.phase == "committed"}
    return tuple(sorted(found, key=lambda symbol: (symbol.module, symbol.name)))


def recorded(view: EntityView) -> Mapping[str, tuple[str, ...]]:
    """The names of those that hear of an entity's committed changes, by verb; empty where nobody does."""
    found = steps(view, "committed")
    return {verb: tuple(sorted({name_of(symbol) for symbol in symbols})) for verb, symbols in found.items() if symbols}


def name_of(symbol: Symbol) -> str:
    """The name by which the outbox knows a handler."""
    return f"{symbol.module}:{symbol.name}"


def own_steps(view: EntityView, phase: str, keeping: str) -> Mapping[str, tuple[str, ...]]:
    """The backend's own steps before or after a verb, as code.

    Args:
        view: the entity.
        phase: "before" or "after".
        keeping: the step that keeps one administrator; "" where none is needed.
    """
    below = ("record_below",) if _reaches_recorded(view, frozenset()) else ()
    if phase == "before":
        kept = (keeping,) if keeping else ()
        found = {"UPDATE": kept, "DELETE": (*kept, *below)}
    else:
        shown = {verb: ", ".join(quoted(name) for name in names) for verb, names in recorded(view).items()}
        record = {verb: (f"Record(({names},))",) for verb, names in shown.items()}
        back = (*record.get("UPDATE", ()), *(below if view.soft_delete else ()))
        found = record | {"UPDATE": back}
    return {verb: code for verb, code in found.items() if code}


def _reaches_recorded(view: EntityView, passed: frozenset[str]) -> bool:
    """Whether deleting a row of an entity may change rows of which somebody hears, at any distance."""
    app, passed = view.app, passed | {view.name}
    linking = {r.source for r in app.blueprint.relations if r.kind != "many" and view.name in r.targets}
    return any(recorded(app.view(each)) for each in linking) or any(
        _reaches_recorded(app.view(each), passed) for each in sorted(linking - passed)
    )


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
