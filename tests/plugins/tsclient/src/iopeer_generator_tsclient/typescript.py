"""What the templates ask of operations: TypeScript types of their members and parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Operation, ShapeField, Symbol
from iopeer_core.model.names import camel, pascal
from iopeer_core.model.spec import BelongsTo, ChoiceType, EnumType, FieldType, ListType, ManyToMany, Scalar, ScalarType

ENTITY_FILE = "client/src/{entities.kebab}"
READ = Symbol(component="client", module=ENTITY_FILE, name="{entity.pascal}Read")
QUERY = Symbol(component="client", module=ENTITY_FILE, name="{entity.pascal}Query")
"""The types of an entity's rows, and of the query parameters of its list."""

SCALARS = {Scalar.INTEGER: "number", Scalar.BOOLEAN: "boolean", Scalar.JSON: "api.Json"}
PLAIN = {"limit": "number", "offset": "number", "count": "boolean", "deleted": "boolean"}
_PARAMETER = re.compile(r"\{(\w+)\}")


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """The names that the templates use."""
    types = Types(blueprint)
    return {
        "QUERY": QUERY,
        "READ": READ,
        "camel": camel,
        "pascal": pascal,
        "members": types.members,
        "query": types.query,
        "operation": types.operation,
        "operations": types.operations,
        "auth_operations": types.auth_operations(),
        "child": types.child,
        "url": url,
        "arguments": types.arguments,
        "method_name": method_name,
    }


def method_name(operation: Operation) -> str:
    """`list`, `create`; `linkLabels`, `listTasks` where a relation is meant; `changePassword`."""
    verb = {"children": "list"}.get(operation.verb, operation.verb.rpartition(".")[2])
    return camel(f"{verb}_{operation.relation}" if operation.relation else verb)


def url(operation: Operation) -> str:
    """The path as a tagged template, which escapes what is put in."""
    return "api.path`" + _PARAMETER.sub(lambda found: "${" + camel(found[1]) + "}", operation.path) + "`"


@dataclass(frozen=True, slots=True)
class Types:
    """The types of one plan."""

    blueprint: Blueprint

    def operations(self, entity: str) -> tuple[Operation, ...]:
        """The operations of an entity."""
        return self.blueprint.all(Operation, entity)

    def auth_operations(self) -> tuple[Operation, ...]:
        """Those that sign in and out."""
        return tuple(one for one in self.operations("") if one.verb.startswith("auth."))

    def operation(self, entity: str, verb: str) -> Operation | None:
        """An entity's operation with this verb."""
        return next((one for one in self.operations(entity) if one.verb == verb), None)

    def child(self, operation: Operation) -> str:
        """The entity whose rows an operation lists."""
        lists = (one for one in self.blueprint.all(Operation) if one.verb == "list")
        return next(one.entity for one in lists if one.output == operation.output)

    def arguments(self, operation: Operation) -> list[str]:
        """The parameters of a method that come from the path: `id: number`."""
        names = _PARAMETER.findall(operation.path)
        return [f"{camel(name)}: {self._id(operation, name)}" for name in names]

    def members(self, shapes: Iterable[ShapeField]) -> list[str]:
        """The members of an interface."""
        return [
            f"{shape.name}{'' if shape.required else '?'}: {self.of(shape)}{' | null' if shape.nullable else ''};"
            for shape in shapes
        ]

    def query(self, operation: Operation) -> list[str]:
        """The members of an interface of query parameters."""
        create = self.operation(operation.entity, "create")
        shapes = (*(create.input if create else ()), *operation.output)
        kinds = {shape.name: self.of(shape) for shape in shapes}
        return [f"{name}?: {_parameter(name, kinds)};" for name in operation.parameters]

    def of(self, shape: ShapeField) -> str:
        """The type of a member, without null."""
        by_shape: dict[str, Callable[[], str]] = {
            "key": lambda: self._key(shape.type),
            "ids": lambda: _many(self._key(shape.type)),
            "reference": lambda: f"api.Reference<{self._key(shape.type)}>",
            "references": lambda: f"api.Reference<{self._key(shape.type)}>[]",
            "subject": lambda: "api.Subject",
        }
        return by_shape.get(shape.shape, lambda: self._plain(shape.type))()

    def _plain(self, kind: FieldType | None) -> str:
        match kind:
            case ScalarType():
                return SCALARS.get(kind.scalar, "string")
            case EnumType():
                enum = self.blueprint.spec.enum(kind.enum)
                return _union(enum.values if enum else ())
            case ChoiceType():
                return _union(kind.values)
            case ListType():
                return _many(self._plain(kind.item))
            case _:
                return "unknown"

    def _key(self, kind: FieldType | None) -> str:
        """The type of a link's key: that of the target's `id`."""
        targets = (
            kind.targets if isinstance(kind, BelongsTo) else (kind.target,) if isinstance(kind, ManyToMany) else ()
        )
        kinds = {self._row_id(target) for target in targets}
        return " | ".join(sorted(kinds)) or "number"

    def _id(self, operation: Operation, name: str) -> str:
        """The type of a path's parameter: the row's `id`, or that of the linked one."""
        return self._row_id(operation.entity if name == "id" else name.removesuffix("_id"))

    def _row_id(self, entity: str) -> str:
        read = self.operation(entity, "read")
        return (
            next((self._plain(shape.type) for shape in read.output if shape.shape == "id"), "number")
            if read
            else "number"
        )


def _many(kind: str) -> str:
    return f"({kind})[]" if " " in kind else f"{kind}[]"


def _union(values: Iterable[str]) -> str:
    return " | ".join(json.dumps(value, ensure_ascii=False) for value in values) or "string"


def _parameter(name: str, kinds: Mapping[str, str]) -> str:
    """The type of a query parameter, from the member that it filters."""
    base, _, operator = name.partition("__")
    if operator == "isnull":
        return "boolean"
    if not operator and name in PLAIN:
        return PLAIN[name]
    kind = kinds.get(base, "string")
    return f"readonly {_many(kind)}" if operator == "in" else kind.removesuffix("[]")
