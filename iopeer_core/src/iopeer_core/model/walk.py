"""Walks over the expressions of a spec."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iopeer_core.model.spec import And, Compare, Empty, Expr, FieldRef, Not, OneOf, Or


def fields_of(expr: Expr) -> list[str]:
    """The fields that an expression names, each once, in their order."""
    return list(dict.fromkeys(_fields(expr)))


def truth(expr: Expr, holds: Callable[[Compare | Empty | OneOf], bool | None]) -> bool | None:
    """Whether an expression holds, in SQL's logic of three values: None where a null leaves it open.

    Args:
        expr: of the spec.
        holds: whether a condition in it does.
    """
    if isinstance(expr, And | Or):
        decisive, is_open = isinstance(expr, Or), False
        for term in expr.terms:
            found = truth(term, holds)
            if found is decisive:
                return decisive
            is_open |= found is None
        return None if is_open else not decisive
    if isinstance(expr, Not):
        inner = truth(expr.term, holds)
        return None if inner is None else not inner
    return holds(expr)


def literals_of(expr: Expr, field: str) -> Iterator[str]:
    """The literals that an expression compares a field with, as text."""
    for condition in conditions(expr):
        if condition.left != field or isinstance(condition, Empty):
            continue
        if isinstance(condition, OneOf):
            yield from (value.value for value in condition.values)
        elif not isinstance(condition.right, FieldRef):
            yield condition.right.value


def _fields(expr: Expr) -> Iterator[str]:
    for condition in conditions(expr):
        yield condition.left
        if isinstance(condition, Compare) and isinstance(condition.right, FieldRef):
            yield condition.right.name


def conditions(expr: Expr) -> Iterator[Compare | Empty | OneOf]:
    """What an expression joins, in its order."""
    if isinstance(expr, And | Or):
        for term in expr.terms:
            yield from conditions(term)
    elif isinstance(expr, Not):
        yield from conditions(expr.term)
    else:
        yield expr
