"""The expressions of a spec, evaluated on sample values: in SQL's logic of three values, where null is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from iopeer_core.model import walk
from iopeer_core.model.spec import And, Compare, Empty, Expr, FieldRef, LiteralKind, OneOf

MOST = 4000
"""How many assignments are tried before a rule is given up."""

Truth = bool | None


def terms(expr: Expr) -> Iterator[Expr]:
    """What must hold, each by itself, for an expression to hold."""
    if isinstance(expr, And):
        for term in expr.terms:
            yield from terms(term)
    else:
        yield expr


def ordered(expr: Expr) -> Iterator[tuple[str, str]]:
    """Pairs (earlier, later) that a rule asks for at its top."""
    if isinstance(expr, And):
        for term in expr.terms:
            yield from ordered(term)
    if isinstance(expr, Compare) and expr.op not in {"=", "!="}:
        moving = {LiteralKind.NOW, LiteralKind.TODAY}
        if isinstance(expr.right, FieldRef):
            right = expr.right.name
        elif expr.right.kind in moving:
            right = "now"
        else:
            return
        yield (right, expr.left) if expr.op in {">", ">="} else (expr.left, right)


def truth(expr: Expr, row: Mapping[str, object], read: Mapping[str, object]) -> Truth:
    """Whether an expression holds of a row; None where a null makes it unknown.

    Args:
        expr: of the spec.
        row: comparable values by field; None is null.
        read: literals as comparable values, by `field:text`.
    """

    def holds(condition: Compare | Empty | OneOf) -> Truth:
        field = condition.left
        left = row[field]
        if isinstance(condition, Empty):
            return (left in (None, "")) != condition.negated
        if left is None:
            return None
        if isinstance(condition, OneOf):
            return left in [read[f"{field}:{value.value}"] for value in condition.values]
        right = condition.right
        other = row[right.name] if isinstance(right, FieldRef) else read[f"{field}:{right.value}"]
        return None if other is None else _compare(condition.op, left, other)

    return walk.truth(expr, holds)


def _compare(operator: str, left: object, right: object) -> bool:
    if operator in {"=", "!="}:
        return (left == right) == (operator == "=")
    less, more = bool(left < right), bool(left > right)  # type: ignore[operator]  # of one type: the reader checked
    return {"<": less, "<=": not more, ">": more, ">=": not less}[operator]


def assignments(candidates: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    """Combinations of candidate values, by field; not endlessly many."""
    names = list(candidates)
    for values in islice(product(*candidates.values()), MOST):
        yield dict(zip(names, values, strict=True))
