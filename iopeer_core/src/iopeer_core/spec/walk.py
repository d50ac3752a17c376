"""Walks over the expressions of a spec."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.spec.model import And, Compare, Expr, FieldRef, Not, Or


def fields_of(expr: Expr) -> list[str]:
    """The fields that an expression names, each once, in their order."""
    return list(dict.fromkeys(_fields(expr)))


def _fields(expr: Expr) -> Iterator[str]:
    if isinstance(expr, And | Or):
        for term in expr.terms:
            yield from _fields(term)
    elif isinstance(expr, Not):
        yield from _fields(expr.term)
    else:
        yield expr.left
        if isinstance(expr, Compare) and isinstance(expr.right, FieldRef):
            yield expr.right.name
