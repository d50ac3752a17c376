"""The members of an entity's schemas: what clients send and what they are answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from iopeer_core.blueprint.contributions import ShapeField
from iopeer_core.blueprint.shapes import Shapes, shapes_of
from iopeer_core.model.formats import FORMED_TEXTS, TEXT_LENGTH, Kind, of_kind
from iopeer_core.model.keys import ADDRESSABLE, key_field, stands_in_paths
from iopeer_core.model.names import pascal
from iopeer_core.model.relations import by_source
from iopeer_core.model.spec import Entity, Field, ListType, LiteralKind, Scalar, ScalarType, Value

from iopeer_plugin_fastapi.view import dates, literals, reserved
from iopeer_plugin_fastapi.view.decimals import written
from iopeer_plugin_fastapi.view.names import Known
from iopeer_plugin_fastapi.view.naming import attribute, quoted, raw
from iopeer_plugin_fastapi.view.types import digits, kind_of

_ANSWERED = {"reference": "Reference{}", "references": "list[Reference{}]", "subject": "TypedReference{}"}
_LETS_NUL = re.compile(r"^[^^]|[^$]$|\.|\[\^|\\[DSW]|\|")
"""Finds what may let a NUL through in a pattern: an open end, or a class of all others."""
_EXACT = frozenset({Scalar.DECIMAL, Scalar.MONEY})
MOST = 1000
"""Links or items of a list in one request: a database binds some 32,000 values to a statement, a link takes two."""

LONGEST = 96
"""Letters of a line in a class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a schema: `due: Date | None = None`."""

    name: str  # as in JSON
    annotation: str
    default: str = ""  # "" where it must be there; with a factory: "utcnow"
    factory: bool = False
    reads: str = ""  # of an answer: another name in the row that it comes from
    writes: str = ""  # of an input: another name in the row that it makes

    @property
    def attribute(self) -> str:
        """Its name in Python."""
        return attribute(self.name)

    @property
    def declaration(self) -> str:
        """The whole line."""
        value = f"Field(default_factory={self.default})" if self.factory else self.default
        names = self._names
        annotation = f"Annotated[{self.annotation}, Field({', '.join(names)})]" if names else self.annotation
        line = f"{self.attribute}: {annotation}" + (f" = {value}" if value else "")
        whole = value and "(" not in value and not {*"[(|"} & {*annotation}  # nowhere to break it
        return f"{line}  # noqa: E501 - a long name" if whole and len(line) > LONGEST else line

    @property
    def _names(self) -> list[str]:
        """The names that are not the attribute's, as arguments of `Field`."""
        if self.reads:
            return [f"validation_alias={quoted(self.reads)}", f"serialization_alias={quoted(self.name)}"]
        if self.writes:
            renamed = [f"validation_alias={quoted(self.name)}"] if self.attribute != self.name else []
            return [*renamed, f"serialization_alias={quoted(self.writes)}"]
        return [f"alias={quoted(self.name)}"] if self.attribute != self.name else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A type with limits, named since two schemas share it: `Points = Annotated[Integer, Field(ge=0)]`."""

    name: str
    annotation: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Members:
    """Makes the members of one entity's schemas."""

    known: Known
    entity: Entity

    @cached_property
    def shapes(self) -> Shapes:
        """The contract's objects."""
        blueprint = self.known.blueprint
        return shapes_of(self.entity, by_source(blueprint.relations), blueprint.policy(self.entity.name))

    def _given(self, shapes: Iterable[ShapeField]) -> Iterator[ShapeField]:
        """The shapes, a declared key as what it is: always there."""
        key = key_field(self.entity)
        for shape in shapes:
            is_key = key is not None and shape.name == key.name
            yield replace(shape, required=True, nullable=False) if is_key else shape

    @cached_property
    def _fields(self) -> dict[str, Field]:
        """The field behind each wire name."""
        found = {item.name: item for item in self.entity.fields}
        for item in self.entity.fields:
            relation = self.known.relation(self.entity, item)
            found |= dict.fromkeys(relation.keys, item) if relation else {}
        return found

    @property
    def withholds(self) -> bool:
        """Whether some readers may not read all members: then absent ones are left out of answers."""
        return any(not shape.required for shape in self.shapes.read)

    def read(self) -> Iterator[Member]:
        """What is answered."""
        for shape in self._given(self.shapes.read):
            annotation = self._answered(shape)
            nullable = shape.nullable and annotation != "JsonValue"
            yield Member(
                name=shape.name,
                annotation=f"{annotation} | None" if nullable else annotation,
                default="" if shape.required else "UNSET",
                reads="id" if self._is_key(shape.name) else "",
            )

    def create(self) -> Iterator[Member]:
        """What a whole row is made of."""
        for shape in self._given(self.shapes.create):
            default, factory = self._default(shape)
            yield Member(
                name=shape.name,
                annotation=self._accepted(shape),
                default=default,
                factory=factory,
                writes="id" if self._is_key(shape.name) else "",
            )

    def update(self) -> Iterator[Member]:
        """What may change."""
        for shape in self.shapes.update:
            yield Member(name=shape.name, annotation=self._accepted(shape), default="UNSET")

    def _is_key(self, name: str) -> bool:
        """Whether a member of another name than `id` is the key that the spec declares."""
        key = key_field(self.entity)
        return key is not None and key.name == name != "id"

    def aliases(self) -> Iterator[Alias]:
        """The types with limits."""
        for shape in self._given(self.shapes.create):
            limited = self._limited(shape)
            if limited:
                yield Alias(name=self._alias(shape.name), annotation=limited)

    def _answered(self, shape: ShapeField) -> str:
        if shape.shape in _ANSWERED:
            return _ANSWERED[shape.shape].format(self._ids(shape))
        item = self._fields.get(shape.name)
        if shape.shape == "timestamp":
            return "datetime"
        if shape.shape == "id":
            return self.known.key_type(self.entity.name)[0]
        if shape.shape == "key" and item:
            return self.known.key_type(self._target(item, shape.name))[0]
        return kind_of(self._fields[shape.name], self.known.enum_class, self.known.choices).answered

    def _ids(self, shape: ShapeField) -> str:
        """The type of the ids that a link leads to, where links lead to ids of several: `[int | str]`."""
        if not self.known.mixed_keys:
            return ""
        relation = self.known.relation(self.entity, self._fields[shape.name])
        targets = relation.targets if relation else ()
        return f"[{' | '.join(sorted({self.known.key_type(target)[0] for target in targets}))}]"

    def _target(self, item: Field, key: str) -> str:
        relation = self.known.relation(self.entity, item)
        if relation is None:
            raise KeyError(key)
        return relation.targets[relation.keys.index(key)] if relation.kind != "many" else relation.target

    def _accepted(self, shape: ShapeField) -> str:
        base = self._alias(shape.name) if self._limited(shape) else self._base(shape)
        return f"{base} | None" if shape.nullable and base != "Json" else base

    def _base(self, shape: ShapeField) -> str:
        item = self._fields[shape.name]
        if shape.shape in ("key", "ids"):
            kind = {"int": "Id", "str": "Text", "UUID": "Uuid"}
            python = self.known.key_type(self._target(item, shape.name))[0]
            one = kind.get(python, python)
            return f"list[{one}]" if shape.shape == "ids" else one
        return kind_of(item, self.known.enum_class, self.known.choices).accepted

    def _alias(self, name: str) -> str:
        made, taken = pascal(name), {*reserved.SCHEMAS, *self.known.classes.values()}
        longer = f"{pascal(self.entity.name)}{made}"
        return next(each for each in (made, longer, f"{longer}Value") if each not in taken)

    def _limited(self, shape: ShapeField) -> str:
        """The type with its limits as `Annotated[...]`; "" where the type alone says all."""
        item = self._fields[shape.name]
        if shape.shape == "key":
            return ""
        if shape.shape == "ids":
            least = "min_length=1, " if item.required else ""
            return f"Annotated[{self._base(shape)}, Field({least}max_length={MOST})]"
        if isinstance(item.type, ListType):
            return self._limited_list(item.type, self._base(shape))
        if not isinstance(item.type, ScalarType):
            return ""
        scalar = item.type.scalar
        if scalar is Scalar.JSON:
            filled = 'AfterValidator(not_null), Says("not", {"type": "null"})'
            return f"Annotated[Json, {filled}]" if item.required else ""
        limits, checks = self._limits(item, scalar)
        in_path = _matching(raw(ADDRESSABLE)) if stands_in_paths(item) else []
        if item.pattern and scalar not in FORMED_TEXTS:
            constraints = ["strip_whitespace=True", *limits, f"pattern={raw(item.pattern)}"]
            told = [_also("NO_NUL")] if _LETS_NUL.search(item.pattern) else []
            told += in_path
            parts = ["str", f"StringConstraints({', '.join(constraints)})", "CLEAN", *told, *_within(limits)]
            return f"Annotated[{', '.join(parts)}]"
        checks += [*(_matching(raw(item.pattern)) if item.pattern else []), *in_path]
        if not limits and not checks:
            return ""
        base = {Scalar.INTEGER: "int", **dict.fromkeys(_EXACT, "Decimal")}.get(scalar) or self._base(shape)
        parts = [base, *([f"Field({', '.join(limits)})"] if limits else []), *checks]
        return f"Annotated[{', '.join(parts)}]"

    def _limited_list(self, kind: ListType, whole: str) -> str:
        scalar = kind.item.scalar if isinstance(kind.item, ScalarType) else None
        if scalar is Scalar.TEXT:
            limits = f"Field(min_length=1, max_length={TEXT_LENGTH}), filled(), within({TEXT_LENGTH})"
            whole = f"list[Annotated[Text, {limits}]]"
        elif isinstance(kind.item, ScalarType) and scalar in _EXACT:
            whole = f"list[Annotated[Decimal, Field({', '.join(_digits(kind.item))}), {_written(kind.item)}]]"
        return f"Annotated[{whole}, Field(max_length={MOST})]"

    def _limits(self, item: Field, scalar: Scalar) -> tuple[list[str], list[str]]:
        """The arguments of `Field(...)`, and what it cannot say."""
        if scalar in of_kind(Kind.TEXTUAL):
            limits = _lengths(item, scalar)
            return limits, [] if scalar in FORMED_TEXTS else [*_filled(limits), *_within(limits)]
        if scalar is Scalar.INTEGER:
            return _whole(item)
        if scalar in of_kind(Kind.MOMENT):
            return _moments(item, scalar)
        if isinstance(item.type, ScalarType) and scalar in _EXACT:
            ends = (("ge", item.minimum), ("le", item.maximum))
            limits = [f"{keyword}={_number(limit)}" for keyword, limit in ends if limit]
            return [*_digits(item.type), *limits], [_written(item.type, item.minimum, item.maximum)]
        return [], []

    def _default(self, shape: ShapeField) -> tuple[str, bool]:
        """The default of a member of a whole row, and whether it is a function that gives it."""
        item = self._fields[shape.name]
        if shape.required:
            return "", False
        if shape.shape == "ids":
            return "[]", False
        if item.default is None:
            return ("None" if shape.nullable else "UNSET"), False
        if item.default.kind is LiteralKind.ME:
            return "UNSET", False
        value = literals.python(item.default, item.type, self.known.members(item))
        if item.default.kind in (LiteralKind.NOW, LiteralKind.TODAY):
            return value, True
        return value, False

    @property
    def key_type(self) -> str:
        """The type of `id` in Python."""
        return self.known.key_type(self.entity.name)[0]

    @property
    def has_own_key(self) -> bool:
        """Whether the spec declares the primary key."""
        return key_field(self.entity) is not None


def _lengths(item: Field, scalar: Scalar) -> list[str]:
    least = int(item.minimum.value) if item.minimum else 0
    if (item.required or item.primary_key) and scalar not in FORMED_TEXTS:
        least = max(least, 1)
    most = int(item.maximum.value) if item.maximum else None
    if scalar is Scalar.TEXT and most is None:
        most = TEXT_LENGTH
    return [f"min_length={least}"] * (least > 0) + [f"max_length={most}"] * (most is not None)


def _whole(item: Field) -> tuple[list[str], list[str]]:
    """The limits of an integer: where the spec sets one alone, the other is what JSON readers keep exact."""
    if item.minimum is None and item.maximum is None and not item.primary_key:
        return [], []
    least = item.minimum.value if item.minimum else "-MAX_INTEGER"
    if item.primary_key:
        least = str(max(1, int(item.minimum.value))) if item.minimum else "1"  # as links and paths take it
    most = item.maximum.value if item.maximum else "MAX_INTEGER"
    return [f"ge={least}", f"le={most}"], ["WHOLE"]


def _matching(pattern: str) -> list[str]:
    """The check of a text that must match another pattern than its type's, and what OpenAPI says of it."""
    return [f"AfterValidator(matching({pattern}))", _also(pattern)]


def _also(pattern: str) -> str:
    """What OpenAPI says of a text that must match another pattern too."""
    return f'Says("allOf", [{{"pattern": {pattern}}}])'


def _filled(limits: list[str]) -> list[str]:
    """What OpenAPI says of a text that may not be blank."""
    least = next((limit.removeprefix("min_length=") for limit in limits if limit.startswith("min_length=")), "")
    return [f"filled({least if least != '1' else ''})"] if least else []


def _within(limits: list[str]) -> list[str]:
    """The check of a text's length as it is sent."""
    return [f"within({limit.removeprefix('max_length=')})" for limit in limits if limit.startswith("max_length=")]


def _moments(item: Field, scalar: Scalar) -> tuple[list[str], list[str]]:
    """The limits of a date or time; OpenAPI tells those of dates that stand still."""
    limits, checks, still = [], [], {}
    for keyword, function, limit in (("ge", "not_before", item.minimum), ("le", "not_after", item.maximum)):
        if limit is None:
            continue
        value = literals.python(limit, item.type, {})
        if scalar is Scalar.DATE and limit.kind is LiteralKind.DATE:
            limits.append(f"{keyword}={value}")
            still[keyword] = date.fromisoformat(limit.value)
        else:
            checks.append(f"AfterValidator({function}({value}))")
    if still:
        checks.insert(0, f'Says("pattern", {raw(dates.between(still.get("ge"), still.get("le")))})')
    return limits, checks


def _digits(kind: ScalarType) -> list[str]:
    precision, scale = digits(kind)
    return [f"max_digits={precision}", f"decimal_places={scale}"]


def _written(kind: ScalarType, least: Value | None = None, most: Value | None = None) -> str:
    """How a decimal is written: `Written(r"...")`."""
    low, high = (Decimal(limit.value) if limit else None for limit in (least, most))
    text = raw(written(*digits(kind), low, high))
    return f"Written{text}" if text.startswith("(") else f"Written({text})"


def _number(limit: Value) -> str:
    return f'Decimal("{limit.value}")' if "." in limit.value else limit.value
