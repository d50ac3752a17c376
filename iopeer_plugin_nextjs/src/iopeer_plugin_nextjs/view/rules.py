"""The rules between fields, as a form asks them before it sends."""

from __future__ import annotations

from collections.abc import Collection

from iopeer_core.model.spec import CheckRule, Entity
from iopeer_core.model.walk import fields_of

from iopeer_plugin_nextjs.view.expressions import Conditions
from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.naming import text
from iopeer_plugin_nextjs.view.writing import arrow, literal


def rules_of(known: Known, entity: Entity, type_: str, *, unseen: Collection[str]) -> tuple[tuple[str, str, str], ...]:
    """The rules of which a form knows every field: what is hidden and not written either, the server alone knows.

    Args:
        known: the plan.
        entity: whose rules.
        type_: the type of its rows.
        unseen: the fields that are given with a new row and never shown.

    Returns:
        The member that a broken rule is shown at, the function that tells whether it holds, and the message.
    """
    hidden = {item.name for item in entity.fields if item.hidden}
    conditions = Conditions(known=known, entity=entity.name, lenient=True)

    def member(name: str) -> str:
        relation = known.relation(entity.name, name)
        return relation.keys[0] if relation else name

    found: list[tuple[str, str, str]] = []
    for rule in entity.rules:
        if not isinstance(rule, CheckRule):
            continue
        names = fields_of(rule.expr)
        written = hidden & set(names)
        if written - set(unseen):
            continue
        only = (
            f" & Pick<{type_}Create, {' | '.join(text(member(name)) for name in sorted(written))}>" if written else ""
        )
        holds = arrow(f"holds: (row: Partial<{type_}{only}>)", conditions.of(rule.expr), 4)
        found.append((member(names[0]), holds, rule.message and literal(rule.message)))
    return tuple(found)
