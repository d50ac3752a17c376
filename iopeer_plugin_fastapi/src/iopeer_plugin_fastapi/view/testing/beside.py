"""What a row must hold beside a link of its own, where rules tie the link to other fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopeer_core.model.keeping import LINKED, keeping, tied, truth
from iopeer_core.model.walk import fields_of, literals_of

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.testing.facts import Facts


def beside(facts: Facts, link: str) -> dict[str, str]:
    """The values of plain fields without which a body with a link breaks a rule, in Python; mostly none.

    Args:
        facts: of the entity.
        link: an optional one of its links to one row.
    """
    row, every = facts.row | {link: LINKED}, [rule.expr for rule in facts.rules]
    broken = [expr for expr in every if truth(expr, row, facts.read(expr)) is False]
    names = frozenset().union(*(tied(every, fields_of(expr)[0]) for expr in broken))
    rules = [expr for expr in every if names & {*fields_of(expr)}]
    candidates = {
        name: values.candidates([text for expr in rules for text in literals_of(expr, name)])
        for name, values in facts.values.items()
        if name in names
    }
    read = {text: value for expr in rules for text, value in facts.read(expr).items()}
    found = next(keeping(rules, candidates, read, row), {}) if broken else {}
    return {name: facts.values[name].code(value) for name, value in found.items()}
