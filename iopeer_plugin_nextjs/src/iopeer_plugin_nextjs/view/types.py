"""TypeScript types of what the API takes and gives, from its operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from iopeer_core.blueprint.contributions import Operation, ShapeField
from iopeer_core.blueprint.parameters import plain_parameters
from iopeer_core.model.spec import BelongsTo, Entity, Field, FieldType, ListType, ManyToMany, Scalar, ScalarType

from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.naming import member
from iopeer_plugin_nextjs.view.writing import generic, members

_SCALARS = {Scalar.INTEGER: "number", Scalar.BOOLEAN: "boolean", Scalar.JSON: "Json"}
_ALWAYS = ("limit", "offset", "sort", "count")
_GROUPS = (
    ({"eq", "in", "contains"}, "Textual"),
    ({"eq", "in", "gte", "gt", "lte", "lt"}, "Ordered"),
    ({"eq", "in"}, "Exact"),
    ({"eq"}, "Equal"),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Types:
    """Writes the types of one entity."""

    known: Known
    entity: Entity

    def members(self, shapes: Iterable[ShapeField]) -> list[str]:
        """The members of an interface: `due: string | null;`."""
        return [
            f"{member(shape.name)}{'' if shape.required else '?'}: {self.of(shape)}"
            f"{' | null' if shape.nullable and self.of(shape) != 'Json' else ''};"
            for shape in self.given(shapes)
        ]

    def given(self, shapes: Iterable[ShapeField]) -> Iterator[ShapeField]:
        """The members, a declared key as what it is: always there."""
        key = self.known.key(self.entity.name)
        for shape in shapes:
            yield replace(shape, required=True, nullable=False) if key and shape.name == key.name else shape

    def of(self, shape: ShapeField) -> str:
        """The type of a member, without null."""
        kind = shape.type
        match shape.shape:
            case "key":
                return self._key(shape)
            case "ids":
                return f"{self._key(shape)}[]"
            case "reference":
                return self._reference(kind)
            case "references":
                return f"{self._reference(kind)}[]"
            case "subject":
                ids = {self.known.id_type(target) for target in _targets(kind)}
                return f"Subject<{' | '.join(sorted(ids))}>"
        item = self.known.blueprint.field(self.entity.name, shape.name)
        return self._plain(kind, item)

    def _plain(self, kind: FieldType | None, item: Field | None) -> str:
        choices = self.known.choices(self.entity.name, item) if item else None
        if isinstance(kind, ListType):
            one = choices.type if choices else self._plain(kind.item, None)
            return f"{one}[]"
        if choices:
            return choices.type
        return _SCALARS.get(kind.scalar, "string") if isinstance(kind, ScalarType) else "unknown"

    def _reference(self, kind: FieldType | None) -> str:
        targets = _targets(kind)
        ids = {self.known.id_type(target) for target in targets}
        return "Reference<string>" if ids == {"string"} else "Reference"

    def _key(self, shape: ShapeField) -> str:
        """The type of a link's key: that of the `id` of the rows that it leads to."""
        for relation in self.known.blueprint.links_from(self.entity.name):
            if shape.name in relation.keys:
                position = relation.keys.index(shape.name) if relation.kind != "many" else 0
                return self.known.id_type(relation.targets[position])
        return "number"

    def query(self, operation: Operation) -> list[str]:
        """The parts of the type of a list's parameters: `Exact<Task, "status">`."""
        plain = plain_parameters(self.entity)
        operators: dict[str, set[str]] = {}
        for name in operation.parameters:
            if name not in plain:
                base, _, operator = name.partition("__")
                operators.setdefault(base, set()).add(operator or "eq")
        row = self.known.types[self.entity.name]
        columns = {shape.name for shape in operation.output} - {*plain}
        extra = [name for name in plain if name not in _ALWAYS]
        parts = [generic("ListQuery", [], extra) if extra else "ListQuery"]
        for wanted, kind in _GROUPS:
            names = [base for base, found in operators.items() if found - {"isnull"} == wanted and base in columns]
            if names:
                parts.append(generic(kind, [row], names))
        nullable = [base for base, found in operators.items() if "isnull" in found]
        if nullable:
            parts.append(generic("Nullable", [], nullable))
        others = list(self._others({base: found for base, found in operators.items() if base not in columns}))
        return [*parts, *([members(others)] if others else [])]

    def _others(self, operators: dict[str, set[str]]) -> Iterator[str]:
        """The parameters that no group has: sets of links, and fields that are called like a parameter."""
        for base, found in operators.items():
            if self.known.blueprint.field(self.entity.name, base) is None:
                yield f"{base}?: {self._key(ShapeField(name=base, type=None))}"
                continue
            value = f'NonNullable<{self.known.types[self.entity.name]}["{base}"]>'
            for operator in sorted(found - {"isnull"}):
                yield f"{base}__{operator}?: {f'readonly {value}[]' if operator == 'in' else value}"


def _targets(kind: FieldType | None) -> tuple[str, ...]:
    if isinstance(kind, BelongsTo):
        return kind.targets
    return (kind.target,) if isinstance(kind, ManyToMany) else ()
