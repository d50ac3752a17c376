"""Expressions of a spec as conditions of TypeScript, over a row as the API answers it.

A null operand fails a `where` and passes a check, as in the database: `truth` says which of both is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iopeer_core.model.display import ID
from iopeer_core.model.keys import ID_TYPE
from iopeer_core.model.spec import (
    And,
    ChoiceType,
    Compare,
    Empty,
    EnumType,
    Expr,
    Field,
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

from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.literals import scalar_of
from iopeer_plugin_nextjs.view.naming import text
from iopeer_plugin_nextjs.view.writing import Condition

_OPERATORS = {"=": "===", "!=": "!==", ">": ">", "<": "<", ">=": ">=", "<=": "<="}
_TEXTS = frozenset({Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN})
_WRAPPED = {
    Scalar.DECIMAL: "Number",
    Scalar.MONEY: "Number",
    Scalar.DATETIME: "Date.parse",
    Scalar.DURATION: "durationSeconds",
}
"""Functions that turn what the wire carries into what can be compared."""
_MOMENT = ScalarType(scalar=Scalar.DATETIME)
_NOW = {Scalar.DATE: "today()", Scalar.TIME: "timeNow()"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Conditions:
    """Writes the conditions over the rows of one entity.

    Args:
        known: the plan.
        entity: whose rows.
        lenient: whether a null passes: that of a check, and of rows that are not whole yet.
    """

    known: Known
    entity: str
    lenient: bool = False

    def of(self, expr: Expr) -> Condition:
        """The condition: true where the expression is, or where it is not false if lenient."""
        return self._write(expr, lenient=self.lenient)

    def _write(self, expr: Expr, *, lenient: bool) -> Condition:
        if isinstance(expr, And | Or):
            terms = [self._write(term, lenient=lenient) for term in expr.terms]
            return Condition.joined("&&" if isinstance(expr, And) else "||", terms)
        if isinstance(expr, Not):  # true where its term is false, which is where that does not even pass
            return self._write(expr.term, lenient=not lenient).negated()
        if isinstance(expr, Empty):
            return self._empty(expr)
        test = self._one_of(expr) if isinstance(expr, OneOf) else Condition.of(self._compare(expr))
        nulls = dict.fromkeys(self._guarded(expr, lenient=lenient))
        guards = [Condition.of(f"{name} {'==' if lenient else '!='} null") for name in nulls]
        return Condition.joined("||" if lenient else "&&", [*guards, test])

    def _guarded(self, expr: Compare | OneOf, *, lenient: bool) -> Iterator[str]:
        """The operands that may be null."""
        names = [expr.left]
        if isinstance(expr, Compare) and isinstance(expr.right, FieldRef):
            names.append(expr.right.name)
        equal = isinstance(expr, OneOf) or expr.op == "="
        for name in names:
            item = self._field(name)
            partial = self.lenient or lenient  # a row that is not whole yet is so within a `not` too
            nullable = partial or item is None or not item.required or self._withheld(name)
            plain = not lenient and equal and len(names) == 1 and self._plain(name)
            if nullable and not plain:
                yield self._operand(name)

    def _plain(self, name: str) -> bool:
        """Whether the value is compared as the wire carries it: then `null === "x"` says all."""
        return scalar_of(self._type(name)) not in _WRAPPED

    def _withheld(self, name: str) -> bool:
        read = self.known.operation(self.entity, "read")
        wire = self._wire(name)
        return read is not None and any(shape.name == wire and not shape.required for shape in read.output)

    def _compare(self, expr: Compare) -> str:
        left = self._value(expr.left)
        if isinstance(expr.right, FieldRef):
            right = self._value(expr.right.name)
            if isinstance(self._type(expr.left), EnumType | ChoiceType):
                left, right = f"String({left})", f"String({right})"  # of two enums that share no value
            return f"{left} {_OPERATORS[expr.op]} {right}"
        return f"{left} {_OPERATORS[expr.op]} {self._literal(expr.right, self._type(expr.left))}"

    def _one_of(self, expr: OneOf) -> Condition:
        kind, left = self._type(expr.left), self._value(expr.left)
        values = [self._literal(value, kind) for value in expr.values]
        if isinstance(kind, EnumType | ChoiceType):
            return Condition.joined("||", [Condition.of(f"{left} === {value}") for value in values])
        return Condition.of(f"[{', '.join(values)}].includes({left})")

    def _empty(self, expr: Empty) -> Condition:
        relation = self.known.relation(self.entity, expr.left)
        if relation and relation.kind == "many":
            dot = "?." if self.lenient else "."
            return Condition.of(f"row.{expr.left}{dot}length {'!==' if expr.negated else '==='} 0")
        operands = [f"row.{key}" for key in relation.keys] if relation else [self._operand(expr.left)]
        if scalar_of(self._type(expr.left)) in _TEXTS:
            return Condition.of(f"Boolean({operands[0]})" if expr.negated else f"!{operands[0]}")
        compared = [Condition.of(f"{name} {'!=' if expr.negated else '=='} null") for name in operands]
        return Condition.joined("||" if expr.negated else "&&", compared)

    def _field(self, name: str) -> Field | None:
        return self.known.blueprint.field(self.entity, name)

    def _type(self, name: str) -> FieldType:
        item = self._field(name)
        return item.type if item else ID_TYPE if name == ID else _MOMENT

    def _wire(self, name: str) -> str:
        relation = self.known.relation(self.entity, name)
        return relation.keys[0] if relation else name

    def _operand(self, name: str) -> str:
        return f"row.{self._wire(name)}"

    def _value(self, name: str) -> str:
        wrapper = _WRAPPED.get(scalar_of(self._type(name)) or Scalar.TEXT)
        return f"{wrapper}({self._operand(name)})" if wrapper else self._operand(name)

    def _literal(self, value: Value, kind: FieldType) -> str:
        scalar = scalar_of(kind)
        if value.kind is LiteralKind.ME:
            return "account?.id"
        if value.kind in (LiteralKind.NOW, LiteralKind.TODAY):
            return _NOW.get(scalar or Scalar.DATETIME, "Date.now()")
        if value.kind is LiteralKind.BOOLEAN:
            return "true" if value.value == "yes" else "false"
        if value.kind is LiteralKind.NUMBER:
            return value.value if scalar in (Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY) else text(value.value)
        if scalar is Scalar.DATETIME:
            moment = value.value if value.value.endswith("Z") or "+" in value.value else f"{value.value}Z"
            return f"Date.parse({text(moment)})"
        return f"durationSeconds({text(value.value)})" if scalar is Scalar.DURATION else text(value.value)
