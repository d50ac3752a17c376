"""Steps that are registered where they are written, beside those that an entity declares."""

from collections.abc import Callable

from backend.engine.entity import Entity, Step
from backend.engine.policy import Verb


def before(entity: Entity, *verbs: Verb) -> Callable[[Step], Step]:
    """Call the decorated step before some verbs of an entity: it may change what is written, or raise."""
    return _register(entity.before, verbs)


def after(entity: Entity, *verbs: Verb) -> Callable[[Step], Step]:
    """Call the decorated step after some verbs of an entity, in the same transaction."""
    return _register(entity.after, verbs)


def _register(steps: dict[Verb, list[Step]], verbs: tuple[Verb, ...]) -> Callable[[Step], Step]:
    def register(step: Step) -> Step:
        for verb in verbs:
            steps.setdefault(verb, []).append(step)
        return step

    return register
