"""Rows that keep all rules of an entity: found by a search over the examples of its fields, for all who make rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from itertools import islice

from iopeer_core.model import walk
from iopeer_core.model.examples import NOW, Examples
from iopeer_core.model.keys import TIMESTAMPS
from iopeer_core.model.spec import Compare, Empty, Entity, Expr, Field, FieldRef, OneOf

TOGETHER = 6
"""How many rows are looked for at most of fields that are found together."""
LINKED = "linked"
"""Stands for a row that a link leads to."""
MOST = 20_000
"""How many values are tried before a row is given up."""
Row = Mapping[str, object]
"""Comparable values by field; None is null."""


def truth(expr: Expr, row: Row, read: Row) -> bool | None:
    """Whether an expression holds of a row; None where a null makes it unknown.

    Args:
        expr: of the spec.
        row: comparable values by field; None is null.
        read: literals as comparable values, by `field:text`.
    """

    def holds(condition: Compare | Empty | OneOf) -> bool | None:
        name = condition.left
        left = row[name]
        if isinstance(condition, Empty):
            return (left in (None, "")) != condition.negated
        if left is None:
            return None
        if isinstance(condition, OneOf):
            return left in [read[f"{name}:{value.value}"] for value in condition.values]
        right = condition.right
        other = row[right.name] if isinstance(right, FieldRef) else read[f"{name}:{right.value}"]
        unsure = other is None or (isinstance(left, time) is not isinstance(other, time))  # what time it will be
        return None if unsure else _compare(condition.op, left, other)

    return walk.truth(expr, holds)


def _compare(operator: str, left: object, right: object) -> bool:
    if operator in {"=", "!="}:
        return (left == right) == (operator == "=")
    less, more = bool(left < right), bool(left > right)  # type: ignore[operator]  # of one type: the reader checked
    return {"<": less, "<=": not more, ">": more, ">=": not less}[operator]


@dataclass(slots=True)
class _Search:
    """Backtracking: a rule is looked at as soon as all of its fields have a value."""

    rules: Sequence[Expr]
    candidates: Mapping[str, Sequence[object]]
    read: Row
    row: dict[str, object]
    left: int = MOST
    ready: dict[str, list[Expr]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        order = list(self.candidates)
        for rule in self.rules:
            last = max((order.index(name) for name in walk.fields_of(rule) if name in order), default=0)
            self.ready.setdefault(order[last] if order else "", []).append(rule)

    def rows(self, names: Sequence[str]) -> Iterator[dict[str, object]]:
        if not names:
            yield {name: self.row[name] for name in self.candidates}
            return
        name, *rest = names
        for value in self.candidates[name]:
            self.left -= 1
            if self.left < 0:
                return
            self.row[name] = value
            if all(truth(rule, self.row, self.read) is not False for rule in self.ready.get(name, ())):
                yield from self.rows(rest)


def literals_in(expr: Expr, entity: Entity) -> dict[str, object]:
    """The literals of a rule as comparable values, by `field:text`.

    Args:
        expr: of a rule of the entity.
        entity: whose fields it names.
    """
    found: dict[str, object] = {}
    for name in walk.fields_of(expr):
        item = entity.field(name)
        for text in walk.literals_of(expr, name):
            found[f"{name}:{text}"] = Examples(item=item).read(text) if item else _of_every_row(name, text)
    return found


def _of_every_row(name: str, text: str) -> object:
    """A literal that is compared with what every row has."""
    if name not in TIMESTAMPS:
        return Decimal(text)
    return NOW if text in {"now", "today"} else date.fromisoformat(text[:10])


def plain_row(entity: Entity) -> dict[str, object]:
    """A row with nothing but its defaults, what every row has, and the links that it must have.

    Args:
        entity: of the spec.
    """
    row: dict[str, object] = {"id": Decimal(1), **dict.fromkeys(TIMESTAMPS, NOW)}
    for item in entity.fields:
        default = item.default if not item.is_link else None
        row[item.name] = Examples(item=item).read(default.value) if default else LINKED if _must_lead(item) else None
    return row


def _must_lead(item: Field) -> bool:
    return item.is_link and item.required


def tied(rules: Iterable[Expr], name: str) -> frozenset[str]:
    """The fields that rules tie to one, by way of others too; itself alone where none does.

    Args:
        rules: conditions on a row.
        name: of the field.
    """
    groups = [frozenset(walk.fields_of(rule)) for rule in rules]
    found = frozenset({name})
    while more := frozenset(other for group in groups if group & found for other in group) - found:
        found |= more
    return found


def together(entity: Entity, rules: Sequence[Expr], examples: Mapping[str, Examples]) -> list[dict[str, object]]:
    """A few rows of some fields that keep all rules, of which any two can be mixed; none where none were found.

    Every field has a value, unless only rows without one keep the rules.

    Args:
        entity: whose rows they are.
        rules: all that name one of the fields.
        examples: of the fields.
    """
    read = {text: value for rule in rules for text, value in literals_in(rule, entity).items()}
    compared = {name: [text for rule in rules for text in walk.literals_of(rule, name)] for name in examples}
    known = plain_row(entity)
    values = {name: each.candidates(compared[name]) for name, each in examples.items()}
    given = {name: [value for value in found if value is not None] for name, found in values.items()}
    rows: list[dict[str, object]] = []
    for turn in range(TOGETHER):
        turned = {n: v[turn % len(v) :] + v[: turn % len(v)] if v else v for n, v in given.items()}
        for row in islice(keeping(rules, turned, read, known), 1):
            if row not in rows and all(mixing(rules, read, known, row, other) for other in rows):
                rows.append(row)
    return rows or list(islice(keeping(rules, values, read, known), 1))


def keeping(
    rules: Iterable[Expr], candidates: Mapping[str, Sequence[object]], read: Row, known: Row
) -> Iterator[dict[str, object]]:
    """Values for some fields with which no rule is broken; none where none were found.

    Args:
        rules: conditions on a row.
        candidates: the values that each field may have, the preferred ones first.
        read: literals of the rules as comparable values, by `field:text`.
        known: the values of all other fields.
    """
    search = _Search(rules=list(rules), candidates=candidates, read=read, row=dict(known))
    yield from search.rows(list(candidates))


def mixing(rules: Sequence[Expr], read: Row, known: Row, one: Row, other: Row) -> bool:
    """Whether a row stays valid while it becomes another, one field after the other, and with any one of its fields.

    Args:
        rules: conditions on a row.
        read: literals of the rules as comparable values, by `field:text`.
        known: the values of all other fields.
        one: some fields of a row.
        other: the same fields of another.
    """
    steps: list[Row] = []
    for old, new in ((one, other), (other, one)):
        names = list(old)
        steps += [{**old, **{name: new[name] for name in names[:count]}} for count in range(1, len(names))]
        steps += [{**old, name: new[name]} for name in names]
    return all(truth(rule, {**known, **step}, read) is not False for rule in rules for step in steps)
