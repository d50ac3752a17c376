"""What the core's own templates use: text that is safe in Markdown, the fields of an entity in words, the diagram."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import EnvVar, Guide
from iopeer_core.blueprint.relations import Relation
from iopeer_core.spec.model import Entity, Field, FieldType
from iopeer_core.spec.names import pascal

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """The names that the core's templates use beside the blueprint."""
    labels = {entity.name: entity.names.label for entity in blueprint.spec.entities}
    enums = {enum.name: enum.names.label for enum in blueprint.spec.enums}

    def words(kind: FieldType) -> str:
        match kind.kind:
            case "scalar":
                return f"{kind.scalar}({kind.precision},{kind.scale})" if kind.precision else str(kind.scalar)
            case "enum":
                return enums.get(kind.enum, kind.enum)
            case "choice":
                return "one of: " + ", ".join(kind.values)
            case "list":
                return f"list of {words(kind.item)}"
            case "belongs to":
                return "belongs to " + " or ".join(labels.get(target, target) for target in kind.targets)
            case "many to many":
                return f"many to many {labels.get(kind.target, kind.target)}"
            case _:
                return ""

    return {
        "guides": sorted(blueprint.all(Guide), key=lambda guide: (guide.order, guide.title)),
        "variables": blueprint.all(EnvVar),
        "columns": _columns,
        "kind": lambda field: words(field.type),
        "notes": _notes,
        "crow": _crow,
        "text": _text,
        "cell": lambda text: _text(text).replace("\n", " "),
    }


def _columns(entity: Entity) -> list[Field]:
    """The fields that hold something: inverses are told by the other side, hidden ones by nobody."""
    return [field for field in entity.fields if field.type.kind not in {"has many", "has one"} and not field.hidden]


def _notes(field: Field) -> str:
    """What else a reader wants to know of a field."""
    flags = {
        "required": field.required,
        "unique": field.unique,
        "read only": field.read_only,
    }
    notes = [", ".join(name for name, given in flags.items() if given), field.doc]
    return "; ".join(note for note in notes if note)


def _text(text: str) -> str:
    """The text with everything that Markdown or HTML would interpret escaped."""
    return _MARKUP.sub(r"\\\1", text)


def _crow(link: Relation, target: str) -> str:
    """A line of a Mermaid entity diagram: the target's side first."""
    if link.kind == "many":
        ends = "}o--o{"
    else:
        ends = ("||" if link.required and link.kind == "one" else "|o") + ("--o|" if link.unique else "--o{")
    return f'{pascal(target)} {ends} {pascal(link.source)} : "{link.field}"'
