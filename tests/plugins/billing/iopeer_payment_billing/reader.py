"""What is wrong with `## Billing` and `#### Charges`."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.language.parts import PartProblem
from iopeer_core.model.spec import Entity, PluginBlock, Spec

NO_PRICE = {"en": "the plan {plan!r} has no price", "es": "el plan {plan!r} no tiene precio"}
NOT_SOLD = {"en": "nobody buys a plan for nothing", "es": "nadie compra un plan gratuito"}
UNKNOWN = {"en": "{name!r} is no field of {entity}"}


def read(part: PluginBlock, entity: Entity | None, spec: Spec) -> Iterable[PartProblem]:
    """Each plan has a price: a number."""
    for bullet in part.bullets:
        if not bullet.text.isdigit():
            plain = "".join(letter for letter in bullet.text if letter.isdigit())
            suggestion = f"{bullet.label}: {plain}" if plain else None
            values = {"plan": bullet.label or bullet.text}
            yield PartProblem(code="E1", at=bullet.span, messages=NO_PRICE, values=values, suggestion=suggestion)
        elif bullet.text == "0":
            yield PartProblem(code="W1", at=bullet.span, messages=NOT_SOLD)


def read_charges(part: PluginBlock, entity: Entity | None, spec: Spec) -> Iterable[PartProblem]:
    """A charge names a field of its entity."""
    for bullet in part.bullets:
        name = bullet.label or bullet.text
        if entity and entity.field(name) is None:
            values = {"name": name, "entity": entity.names.label}
            yield PartProblem(code="E2", at=bullet.span, messages=UNKNOWN, values=values)
