"""What the expressions of a spec ask for, and the combinations of values that are tried on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from iopeer_core.model.spec import And, Compare, Empty, Expr, FieldRef, LiteralKind, Or

MOST = 4000
"""How many assignments are tried before a rule is given up."""


def terms(expr: Expr) -> Iterator[Expr]:
    """What must hold, each by itself, for an expression to hold."""
    if isinstance(expr, And):
        for term in expr.terms:
            yield from terms(term)
    else:
        yield expr


def ordered(expr: Expr) -> Iterator[tuple[str, str]]:
    """Pairs (earlier, later) that a rule asks for at its top, or unless something is left out."""
    if isinstance(expr, And) or (isinstance(expr, Or) and any(isinstance(term, Empty) for term in expr.terms)):
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


def assignments(candidates: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    """Combinations of candidate values, by field; not endlessly many."""
    names = list(candidates)
    for values in islice(product(*candidates.values()), MOST):
        yield dict(zip(names, values, strict=True))
