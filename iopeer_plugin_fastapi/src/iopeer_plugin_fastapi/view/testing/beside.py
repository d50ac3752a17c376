"""What a row must hold beside a link of its own, where rules tie the link to other fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iopeer_core.model.keeping import LINKED, Row, keeping, literals_in, tied, truth
from iopeer_core.model.spec import Entity, Expr
from iopeer_core.model.walk import fields_of, literals_of

from iopeer_plugin_fastapi.view.testing.samples import Values


def beside(link: str, entity: Entity, rules: Sequence[Expr], row: Row, values: Mapping[str, Values]) -> dict[str, str]:
    """The values of plain fields without which a body with a link breaks a rule, in Python; mostly none.

    Args:
        link: an optional one to one row.
        entity: whose link it is.
        rules: of the entity.
        row: a body without the link.
        values: those that its fields may have.
    """
    linked = {**row, link: LINKED}
    read = {text: value for rule in rules for text, value in literals_in(rule, entity).items()}
    broken = [rule for rule in rules if truth(rule, linked, read) is False]
    names = frozenset(name for rule in broken for name in tied(rules, fields_of(rule)[0]))
    about = [rule for rule in rules if names & {*fields_of(rule)}]
    candidates = {
        name: each.candidates([text for rule in about for text in literals_of(rule, name)])
        for name, each in values.items()
        if name in names
    }
    found = next(keeping(about, candidates, read, linked), {}) if broken else {}
    return {name: values[name].code(value) for name, value in found.items()}
