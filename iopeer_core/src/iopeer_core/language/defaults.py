"""Defaults that could never be stored: what a field or a rule refuses is no default."""

from __future__ import annotations

from iopeer_core.language.field_types import is_textual
from iopeer_core.language.limits import MOVING, UNSAID, breaks
from iopeer_core.language.problems import Problems
from iopeer_core.model.spec import CheckRule, Entity
from iopeer_core.model.walk import fields_of


def check_defaults(entity: Entity, problems: Problems) -> None:
    """Report a required text whose default is empty, and a rule that the defaults of its fields break."""
    for item in entity.fields:
        if item.required and item.default and is_textual(item.type) and not item.default.value.strip():
            problems.add("E108", item.span, name=item.names.label)
    defaults = {item.name: item.default for item in entity.fields if item.default}

    def known(name: str) -> str | None:
        return UNSAID if defaults[name].kind in MOVING else defaults[name].value

    for rule in entity.rules:
        if not isinstance(rule, CheckRule):
            continue
        names = fields_of(rule.expr)
        if all(name in defaults for name in names) and breaks(rule.expr, entity, known):
            labels = [item.names.label for item in entity.fields if item.name in names]
            problems.add("E109", rule.span, names=", ".join(labels))
