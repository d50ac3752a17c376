"""Which lines of the spec a failing check is about: those of the entities and rules that its failures name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iopeer_core.model.spec import CheckRule, Entity, Span, Spec
from iopeer_core.model.walk import fields_of
from iopeer_core.runs.report import CheckResult

MOST = 5
"""Lines that are named at most."""
_FAILED = re.compile(r"^(?:FAILED|ERROR)\b.*|^ *(?:FAIL|×|✗|✕) .*|.*\berror TS\d+.*|^ +\d+\) .*", re.MULTILINE)


def lines_meant(spec: Spec, failures: Iterable[CheckResult]) -> list[str]:
    """`spec.md:70 a rule of Branch`, the most telling first; nothing where the failures name no entity.

    Args:
        spec: with its places.
        failures: the results of failing checks.
    """
    found: dict[str, None] = {}
    for result in failures:
        for line in dict.fromkeys(_FAILED.findall(result.log)):
            for entity in _named(spec, line):
                found |= dict.fromkeys(_places(entity, line, result.log))
    return list(found)[:MOST]


def _named(spec: Spec, line: str) -> list[Entity]:
    """The entities that a line names, as paths, files and tables do; not `work` where it names `work-orders`."""
    forms = {entity.name: _form(entity, line) for entity in spec.entities if entity.span.line}
    found = {name: form for name, form in forms.items() if form}
    longer = {
        name for name, form in found.items() for other in found.values() if other.startswith((f"{form}-", f"{form}_"))
    }
    return [entity for entity in spec.entities if entity.name in found.keys() - longer]


def _form(entity: Entity, line: str) -> str:
    """How a line names an entity; "" where it does not."""
    plural, single = entity.names.plurals, entity.names
    forms = {plural.kebab, plural.singular, single.plural, single.kebab, single.singular}
    return max((f for f in forms if re.search(rf"(?<![\w-]){re.escape(f)}(?!\w)", line)), key=len, default="")


def _places(entity: Entity, line: str, log: str) -> Iterator[str]:
    """The rules of the entity that a failure shows, else the entity itself."""
    label, told = entity.names.label, False
    for rule in entity.rules:
        named = {*fields_of(rule.expr)} if isinstance(rule, CheckRule) else {*rule.fields}
        message = rule.message if isinstance(rule, CheckRule) else ""
        shown = (message and message in log) or any(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) for name in named
        )
        if shown and rule.span.line:
            told = True
            yield f"{_place(rule.span)} a rule of {label}"
    for item in entity.fields:
        if not told and item.span.line and re.search(rf"[-.]{re.escape(item.name)}(?!\w)", line):
            told = True
            yield f"{_place(item.span)} {label}.{item.names.label}"
    if not told:
        yield f"{_place(entity.span)} {label}"


def _place(span: Span) -> str:
    return f"{span.file or 'spec.md'}:{span.line}"
