"""The Zod schema of an entity's form: the backend's rules for each field (lib/schemas/rules.ts has the pieces)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iopeer_core.blueprint.contributions import ShapeField
from iopeer_core.model.keys import ADDRESSABLE, key_type, stands_in_paths
from iopeer_core.model.spec import Entity, Field, FieldType, ListType, LiteralKind, Scalar, ScalarType, Value

from iopeer_plugin_nextjs.view import regex
from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.literals import scalar_of
from iopeer_plugin_nextjs.view.naming import text

MOST_LINKS = 1000
_NAMED = {
    Scalar.EMAIL: "email",
    Scalar.URL: "url",
    Scalar.PHONE: "phone",
    Scalar.SLUG: "slug",
    Scalar.COLOR: "color",
    Scalar.COUNTRY: "country",
    Scalar.DURATION: "duration",
    Scalar.JSON: "json",
}
"""Types whose form is the same everywhere: a function of lib/schemas/rules.ts each."""
_TEXTS = {Scalar.TEXT: "text", Scalar.LONG_TEXT: "longText", Scalar.MARKDOWN: "longText"}
_LENGTHS = frozenset({Scalar.EMAIL, Scalar.URL, Scalar.PHONE, Scalar.SLUG})
_MOMENTS = {Scalar.DATE: "date", Scalar.TIME: "time", Scalar.DATETIME: "datetime"}
_NOW = {Scalar.DATE: "today", Scalar.TIME: "timeNow", Scalar.DATETIME: "now"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Schema:
    """Writes the schema of one entity."""

    known: Known
    entity: Entity

    def expression(self, shape: ShapeField, item: Field) -> str:
        """What a form's field must be: `required(text({ max: 200 }))`.

        Args:
            shape: the member that the API takes.
            item: the field that it belongs to.
        """
        relation = self.known.relation(self.entity.name, item.name)
        if relation and relation.kind == "many":
            least = "z.minLength(1), " if item.required else ""
            return f"z.array({self._key(relation.target)}).check({least}z.maxLength({MOST_LINKS}))"
        if relation:
            target = relation.targets[relation.keys.index(shape.name)]
            base = self._key(target)
            return f"z.nullable({base})" if shape.nullable else f"required({base})"
        base = self._base(item)
        if isinstance(item.type, ListType):
            return base if item.required else f"z.nullable({base})"
        must = item.required or item == self.known.key(self.entity.name)
        return f"required({base})" if must else f"z.nullable({base})"

    def _key(self, target: str) -> str:
        """The key of a linked row."""
        scalar = key_type(self.known.blueprint.entity(target)).scalar
        return "z.int()" if scalar is Scalar.INTEGER else "z.guid()" if scalar is Scalar.UUID else "z.string()"

    def _base(self, item: Field) -> str:
        if isinstance(item.type, ListType):
            return f"z.array({self._item(item, item.type.item)})"
        choices = self.known.choices(self.entity.name, item)
        if choices:
            return f"z.enum({choices.const})"
        scalar = scalar_of(item.type)
        if scalar in _TEXTS:
            return f"{_TEXTS[scalar]}({_options(self._lengths(item))})"
        if scalar in _MOMENTS:
            return f"{_MOMENTS[scalar]}({_options(self._moments(item, scalar))})"
        if scalar is Scalar.INTEGER:
            return "z.int()" + _checks(f"z.{name}imum({limit.value})" for name, limit in _limits(item))
        if isinstance(item.type, ScalarType) and scalar in (Scalar.DECIMAL, Scalar.MONEY):
            return f"decimal({_options(self._digits(item, item.type))})"
        base = self._plain(item.type)
        if scalar in _LENGTHS:
            base += _checks(self._form(item))
        return base

    def _item(self, item: Field, kind: FieldType) -> str:
        """What an item of a list must be."""
        choices = self.known.choices(self.entity.name, item)
        if choices:
            return f"z.enum({choices.const})"
        scalar = scalar_of(kind)
        if scalar in _TEXTS:
            return f"{_TEXTS[scalar]}({{ min: 1 }})" if scalar is Scalar.TEXT else "longText()"
        if scalar is Scalar.INTEGER:
            return "z.int()"
        if scalar in _MOMENTS:
            return f"{_MOMENTS[scalar]}()"
        if isinstance(kind, ScalarType) and scalar in (Scalar.DECIMAL, Scalar.MONEY):
            return f"decimal({_options(_precision(kind))})"
        return self._plain(kind)

    def _plain(self, kind: FieldType) -> str:
        """A type without limits of its own."""
        scalar = scalar_of(kind)
        if scalar is Scalar.UUID:
            return "z.guid()"
        return f"{_NAMED[scalar]}()" if scalar in _NAMED else "z.boolean()"

    def _lengths(self, item: Field) -> Iterator[str]:
        yield from (f"{name}: {limit.value}" for name, limit in _limits(item))
        patterns = [item.pattern] if item.pattern else []
        patterns += [ADDRESSABLE] if stands_in_paths(item) else []
        if patterns:
            yield f"patterns: [{', '.join(map(regex.literal, patterns))}]"

    def _form(self, item: Field) -> Iterator[str]:
        yield from (f"z.{name}Length({limit.value})" for name, limit in _limits(item))
        if item.pattern:
            yield f"z.regex({regex.literal(item.pattern)})"

    def _digits(self, item: Field, kind: ScalarType) -> Iterator[str]:
        yield from _precision(kind)
        yield from (f"{name}: {limit.value}" for name, limit in _limits(item))

    def _moments(self, item: Field, scalar: Scalar) -> Iterator[str]:
        for name, limit in _limits(item):
            moving = limit.kind in (LiteralKind.NOW, LiteralKind.TODAY)
            yield f"{name}: {_NOW[scalar] if moving else text(limit.value)}"


def _precision(kind: ScalarType) -> Iterator[str]:
    money = kind.scalar is Scalar.MONEY
    yield f"precision: {kind.precision or (14 if money else 12)}"
    yield f"scale: {2 if kind.scale is None else kind.scale}"


def _limits(item: Field) -> Iterator[tuple[str, Value]]:
    if item.minimum:
        yield "min", item.minimum
    if item.maximum:
        yield "max", item.maximum


def _checks(parts: Iterator[str]) -> str:
    """What is checked besides the type; nothing where nothing is."""
    written = ", ".join(parts)
    return f".check({written})" if written else ""


def _options(parts: Iterator[str]) -> str:
    """The options of a rule as an object; nothing where there are none."""
    written = ", ".join(parts)
    return f"{{ {written} }}" if written else ""
