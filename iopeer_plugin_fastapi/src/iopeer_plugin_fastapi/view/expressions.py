"""Expressions of a spec as the SQL text of a CHECK, and as conditions of SQLAlchemy.

A null operand passes a check and fails a `where`: both are what SQL does by itself.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from iopeer_core.model.spec import (
    And,
    Compare,
    Empty,
    Expr,
    FieldRef,
    FieldType,
    LiteralKind,
    Not,
    OneOf,
    Or,
    Scalar,
    ScalarType,
    Value,
)

from iopeer_plugin_fastapi.view import literals, reserved

_PLAIN_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_PYTHON_OPERATORS = {"=": "==", "!=": "!=", ">": ">", "<": "<", ">=": ">=", "<=": "<="}
_TEXTS = frozenset({Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN})
_STORED_OTHERWISE = frozenset({Scalar.DURATION, Scalar.UUID})
"""What SQLite, which has no type for it, keeps in another form than PostgreSQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A field as expressions see it."""

    key: str  # of its column: its wire name
    column: str  # its name in the database
    type: FieldType
    choices: Mapping[str, str]  # value → "TaskStatus.TODO"


Find = Callable[[str], Operand]
"""From a field's identifier to what it is."""


def sql_name(name: str) -> str:
    """A name in SQL, in quotes where it needs them."""
    return name if _PLAIN_NAME.fullmatch(name) and name not in reserved.SQL else f'"{name}"'


def checkable(expr: Expr, find: Find) -> bool:
    """Whether a CHECK can hold an expression: it depends on no time, and its literals are the same in all databases."""
    if isinstance(expr, And | Or):
        return all(checkable(term, find) for term in expr.terms)
    if isinstance(expr, Not):
        return checkable(expr.term, find)
    right = (expr.right,) if isinstance(expr, Compare) else expr.values if isinstance(expr, OneOf) else ()
    values = [value for value in right if isinstance(value, Value)]
    moving = any(v.kind in (LiteralKind.NOW, LiteralKind.TODAY, LiteralKind.ME) for v in values)
    return not moving and not (values and _scalar(find(expr.left).type) in _STORED_OTHERWISE)


def check_sql(expr: Expr, find: Find) -> str:
    """The condition of a CHECK, for PostgreSQL and SQLite alike."""
    if isinstance(expr, And | Or):
        word = " AND " if isinstance(expr, And) else " OR "
        return word.join(_bracketed(check_sql(term, find), term) for term in expr.terms)
    if isinstance(expr, Not):
        return f"NOT ({check_sql(expr.term, find)})"
    left = find(expr.left)
    name = sql_name(left.column)
    if isinstance(expr, Empty):
        return _empty_sql(name, left, negated=expr.negated)
    if isinstance(expr, OneOf):
        return f"{name} IN ({', '.join(literals.sql(value, left.type) for value in expr.values)})"
    right = (
        sql_name(find(expr.right.name).column)
        if isinstance(expr.right, FieldRef)
        else literals.sql(expr.right, left.type)
    )
    return f"{name} {'<>' if expr.op == '!=' else expr.op} {right}"


def _empty_sql(name: str, left: Operand, *, negated: bool) -> str:
    null = f"{name} IS {'NOT ' if negated else ''}NULL"
    if not _is_text(left.type):
        return null
    return f"{null} AND {name} <> ''" if negated else f"({null} OR {name} = '')"


def condition(expr: Expr, find: Find, row: str) -> str:
    """The condition as SQLAlchemy's Python, over the columns `row` of a table: `task.status != TaskStatus.DONE`."""
    if isinstance(expr, And | Or):
        function = "and_" if isinstance(expr, And) else "or_"
        return f"{function}({', '.join(condition(term, find, row) for term in expr.terms)})"
    if isinstance(expr, Not):
        return f"not_({condition(expr.term, find, row)})"
    left = find(expr.left)
    column = column_of(row, left.key)
    if isinstance(expr, Empty):
        null = f"{column}.is_not(None)" if expr.negated else f"{column}.is_(None)"
        if not _is_text(left.type):
            return null
        return f'and_({null}, {column} != "")' if expr.negated else f'or_({null}, {column} == "")'
    if isinstance(expr, OneOf):
        return f"{column}.in_([{', '.join(_operand(value, left) for value in expr.values)}])"
    if isinstance(expr.right, FieldRef):
        return f"{column} {_PYTHON_OPERATORS[expr.op]} {column_of(row, find(expr.right.name).key)}"
    if expr.right.kind is LiteralKind.BOOLEAN and expr.op in ("=", "!="):
        return f"{column}.is_({(expr.right.value == 'yes') is (expr.op == '=')})"
    return f"{column} {_PYTHON_OPERATORS[expr.op]} {_operand(expr.right, left)}"


def column_of(row: str, key: str) -> str:
    """A column by its key: `task.status`; by index where the word means something else there."""
    return f'{row}["{key}"]' if keyword.iskeyword(key) or key in reserved.COLLECTION else f"{row}.{key}"


def _operand(value: Value, left: Operand) -> str:
    if value.kind is LiteralKind.ME:
        return "engine.ACTOR"
    if value.kind in (LiteralKind.NOW, LiteralKind.TODAY):
        moment = {Scalar.DATE: "TODAY", Scalar.TIME: "TIME_NOW"}.get(_scalar(left.type), "NOW")
        return f"engine.{moment}"
    return literals.python(value, left.type, dict(left.choices))


def _scalar(kind: FieldType) -> Scalar:
    return kind.scalar if isinstance(kind, ScalarType) else Scalar.TEXT


def _is_text(kind: FieldType) -> bool:
    return isinstance(kind, ScalarType) and kind.scalar in _TEXTS


def _bracketed(text: str, term: Expr) -> str:
    return (
        f"({text})"
        if isinstance(term, And | Or) or (isinstance(term, Empty) and term.negated and " AND " in text)
        else text
    )
