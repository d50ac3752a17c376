"""A field: `- label: type, modifiers — documentation`."""

from __future__ import annotations

from dataclasses import replace

from iopeer_core.language.context import Context
from iopeer_core.language.field_types import UNKNOWN, is_textual, read_type
from iopeer_core.language.lexer import fact_and_doc, label_and_rest, split, unclosed
from iopeer_core.language.limits import MOVING, order, within
from iopeer_core.language.markdown import Fact
from iopeer_core.language.modifiers import Modifiers
from iopeer_core.language.text import Text
from iopeer_core.model.names import Names
from iopeer_core.model.spec import Field, OnDelete, Scalar, ScalarType

MOST_FIELDS = 1_000
"""Fields of an entity: a table of PostgreSQL has at most 1,600 columns."""


def read_fields(facts: list[Fact], context: Context) -> tuple[Field, ...]:
    """The fields of one entity, in their order; of two that meet the first is kept."""
    fields: dict[str, Field] = {}
    if len(facts) > MOST_FIELDS:
        context.problems.add("E019", facts[MOST_FIELDS].text, count=len(facts), most=MOST_FIELDS)
    for fact in facts[:MOST_FIELDS]:
        label, rest = label_and_rest(fact.text)
        names = context.name(label)
        if names is None:
            continue
        first = fields.get(names.singular)
        if first:
            code = "E035" if first.names.label == names.label else "E036"
            context.problems.add(
                code,
                label,
                f"line {first.span.line}",
                name=names.label,
                other=first.names.label,
                identifier=names.singular,
            )
        item = _field(fact, names, rest, context)
        fields.setdefault(item.name, item)
    return tuple(fields.values())


def _field(fact: Fact, names: Names, rest: Text | None, context: Context) -> Field:
    """One field; where it cannot be understood it keeps its name, so that it is not missed elsewhere."""
    span = replace(fact.text.span, end_line=fact.end_line)
    body, doc = fact_and_doc(rest, context.words) if rest else (fact.text, "")
    stray = unclosed(body.value, context.words) if rest else None
    if not rest or not body:
        context.problems.add("E030", fact.text, f"{names.label}: text", name=names.label)
        return Field(names=names, type=UNKNOWN, span=span)
    if stray:
        context.problems.add("E031", body.cut(stray[1], stray[1] + 1), mark=stray[0])
        return Field(names=names, type=UNKNOWN, span=span)
    parts = split(body, ",", context.words)
    type_, taken = read_type(parts, context)
    modifiers = Modifiers(type_ or UNKNOWN, context)
    for part in parts[taken:]:
        if part:
            modifiers.read(part)
        else:
            context.problems.add("E032", body)
    extras = sorted(modifiers.extras, key=lambda extra: (extra.name, extra.value))
    docs = "\n\n".join(text for text in (doc, *fact.docs) if text)
    item = Field(names=names, type=modifiers.type, extras=tuple(extras), doc=docs, span=span, **modifiers.facts)
    _check(item, modifiers)
    return item


def _check(item: Field, modifiers: Modifiers) -> None:
    """What modifiers say together."""
    problems, places = modifiers.context.problems, modifiers.places
    low, high = item.minimum, item.maximum
    limit = places.get("between") or places.get("max")
    # A length is a number, whatever the text.
    type_ = ScalarType(scalar=Scalar.INTEGER) if is_textual(item.type) else item.type
    if (
        low
        and high
        and limit
        and not {low.kind, high.kind} & MOVING
        and order(type_, low.value) > order(type_, high.value)
    ):
        problems.add("E066", limit, low=low.value, high=high.value)
    elif item.default and item.default.kind not in MOVING and not within(item, item.default.value):
        problems.add("E067", places["default"], value=item.default.value)
    if item.required and item.on_delete is OnDelete.SET_NULL:
        problems.add("E061", places["on delete"], modifier=places["on delete"].raw, other=places["required"].raw)
    if item.hidden and item.searchable:
        problems.add("E061", places["searchable"], modifier=places["searchable"].raw, other=places["hidden"].raw)
