"""Rows for the app's own tests: values that every rule of a field accepts, as TypeScript writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iopeer_core.blueprint.contributions import ShapeField
from iopeer_core.model.examples import matching
from iopeer_core.model.keys import key_type
from iopeer_core.model.spec import Entity, Field, FieldType, ListType, LiteralKind, Scalar, ScalarType, Value

from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.literals import scalar_of
from iopeer_plugin_nextjs.view.naming import member, text
from iopeer_plugin_nextjs.view.values import MARK, values_of

MOMENT = '"2026-01-02T03:04:05Z"'
_UUID, _OTHER = '"6f1c1b9e-8a57-4a1b-9d0e-2f8a1d3c4b5a"', '"c3a0d2f4-1b7e-4c59-8d6a-5e9f0b1a2c3d"'
_FIXED = {
    Scalar.BOOLEAN: "true",
    Scalar.TIME: '"09:30:00"',
    Scalar.DATETIME: MOMENT,
    Scalar.DATE: '"2026-01-02"',
    Scalar.DURATION: '"PT1H30M"',
    Scalar.EMAIL: '"ada@example.com"',
    Scalar.URL: '"https://example.com"',
    Scalar.PHONE: '"+34 600 000 000"',
    Scalar.SLUG: '"a-slug"',
    Scalar.COLOR: '"#1e90ff"',
    Scalar.COUNTRY: '"ES"',
    Scalar.UUID: _UUID,
    Scalar.JSON: "{ a: 1 }",
}
_FUTURE, _PAST = "2999-01-01", "1999-01-01"


@dataclass(frozen=True, kw_only=True, eq=False)
class Samples:
    """Makes the sample of one entity."""

    known: Known
    entity: Entity

    def members(self, shapes: Iterable[ShapeField]) -> list[str]:
        """A whole row: `title: "Title"`."""
        return [f"{member(shape.name)}: {self._value(shape)}" for shape in shapes]

    def _value(self, shape: ShapeField) -> str:
        match shape.shape:
            case "id":
                return self.key(self.entity.name)
            case "timestamp":
                return MOMENT
            case "references":
                return "[]"
            case "subject":
                return "null" if shape.nullable else self._subject(shape.name)
        if shape.nullable:
            return self._linked(shape) if self._leads(shape.name) else "null"
        if shape.shape in ("key", "reference"):
            return self._linked(shape)
        item = self.known.blueprint.field(self.entity.name, shape.name)
        return self.of(item) if item else "null"

    def key(self, entity: str) -> str:
        """The id of the first row of an entity."""
        first, _ = keys(self.known, entity)
        return first

    def _leads(self, name: str) -> bool:
        """Whether a member is the one of several keys that is set."""
        relations = (one for one in self.known.blueprint.links_from(self.entity.name) if one.kind == "subject")
        return any(one.required and one.keys[0] == name for one in relations)

    def _linked(self, shape: ShapeField) -> str:
        for relation in self.known.blueprint.links_from(self.entity.name):
            if shape.name in relation.keys or shape.name == relation.field:
                key = self.key(relation.targets[0])
                return key if shape.shape == "key" else f'{{ id: {key}, label: "Another" }}'
        return "1"

    def _subject(self, name: str) -> str:
        relation = self.known.relation(self.entity.name, name)
        target = relation.targets[0] if relation else ""
        return f'{{ type: {text(target)}, id: {self.key(target)}, label: "Another" }}'

    def of(self, item: Field) -> str:
        """A value of a field."""
        choices = self.known.choices(self.entity.name, item)
        if isinstance(item.type, ListType):
            return "[]"
        if choices:
            return text(choices.values[0])
        if item == self.known.key(self.entity.name):
            return self.key(self.entity.name)
        return _scalar(item, item.type)


def keys(known: Known, entity: str) -> tuple[str, str]:
    """The ids of two rows of an entity.

    Args:
        known: the plan.
        entity: whose rows.
    """
    item, scalar = known.key(entity), key_type(known.blueprint.entity(entity)).scalar
    if scalar is Scalar.UUID:
        return _UUID, _OTHER
    if item is None or (scalar is Scalar.INTEGER and not item.minimum and not item.maximum):
        return "1", "2"
    values = [*values_of(item, apart=True)] * 2
    first, second = (str(value).replace(MARK, f"100000{number}") for number, value in enumerate(values[:2], 1))
    return (first, second) if scalar is Scalar.INTEGER else (text(first), text(second))


def _scalar(item: Field, kind: FieldType) -> str:
    scalar = scalar_of(kind) or Scalar.TEXT
    limit = item.minimum or item.maximum
    if scalar in (Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN):
        least, most = _length(item.minimum, 0), _length(item.maximum, 255)
        if item.pattern:
            return text(next(iter(matching(item, 1, longest=most)), ""))
        words = item.names.label[:1].upper() + item.names.label[1:]
        return text(words[:most].strip().ljust(least, "x") or "x")
    if scalar in (Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY):
        number = limit.value if limit else "1"
        return number if scalar is Scalar.INTEGER else text(_exact(number, kind))
    if scalar in (Scalar.DATE, Scalar.DATETIME, Scalar.TIME) and limit:
        return _moment(limit, scalar, future=limit is item.minimum)
    return _FIXED[scalar]


def _length(limit: Value | None, otherwise: int) -> int:
    return int(limit.value) if limit else otherwise


def _exact(number: str, kind: FieldType) -> str:
    scale = kind.scale if isinstance(kind, ScalarType) and kind.scale is not None else 2
    whole, _, fraction = number.partition(".")
    return f"{whole}.{fraction.ljust(scale, '0')}" if scale else whole


def _moment(limit: Value, scalar: Scalar, *, future: bool) -> str:
    if limit.kind not in (LiteralKind.NOW, LiteralKind.TODAY):
        return text(limit.value)
    day = _FUTURE if future else _PAST
    return {Scalar.DATE: text(day), Scalar.DATETIME: text(f"{day}T00:00:00Z")}.get(scalar, '"09:30:00"')
