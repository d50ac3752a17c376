"""What the core's own templates use: the entities in words, their diagram, lines of settings and of `.gitignore`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import EnvVar, Guide, Ignored
from iopeer_core.model.keys import key_field, key_type
from iopeer_core.model.names import pascal
from iopeer_core.model.relations import Relation, by_source
from iopeer_core.model.spec import Entity, Field, FieldType, Spec
from iopeer_core.render.markdown import inline, prose
from iopeer_core.render.matrix import matrix
from iopeer_core.tree.journal import STATE
from iopeer_core.tree.manifest import REMEMBERED
from iopeer_core.tree.paths import SECRETS

DETAILED = 25
"""How many entities a diagram shows with their fields; of more it shows the links alone."""
LARGEST = 40_000
"""How many characters of a diagram the usual readers draw (Mermaid's own limit is 50,000)."""
_KEYS = frozenset({"pk", "fk", "uk"})
"""Words of Mermaid that no attribute can have for its name: the table beside the diagram has such a field."""
_BARE = re.compile(r"[\w./:@%+,=?&*~^!-]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A field in words: its label, its wire names, its type, what else holds for it."""

    label: str
    names: str
    type: str
    rules: str


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """The names that the core's templates use beside the plan."""
    links = by_source(blueprint.relations)
    return {
        "guides": sorted(blueprint.all(Guide), key=lambda guide: (guide.order, guide.title)),
        "variables": [_variable(variable) for variable in blueprint.all(EnvVar)],
        "rows": lambda entity: [_row(item, links.get((entity.name, item.name)), blueprint) for item in _shown(entity)],
        "diagram": _diagram(blueprint),
        "matrix": matrix(blueprint),
        "secrets": SECRETS,
        "ignored": [each.pattern for each in blueprint.all(Ignored)],
        "state": STATE,
        "remembered": REMEMBERED,
        "inline": inline,
        "prose": prose,
    }


def _shown(entity: Entity) -> Iterator[Field]:
    """The fields that hold something: inverses are told by the other side, inner workings by nobody."""
    for item in entity.fields:
        if item.type.kind not in {"has many", "has one"} and not (item.hidden and item.added_by):
            yield item


def _row(item: Field, link: Relation | None, blueprint: Blueprint) -> Row:
    names = link.keys if link else (item.name,)
    rules = "; ".join(filter(None, [", ".join(_rules(item)), item.doc]))
    return Row(
        label=inline(item.names.label),
        names=", ".join(f"`{name}`" for name in names),
        type=inline(_words(item.type, blueprint.spec)),
        rules=inline(rules),
    )


def _words(kind: FieldType, spec: Spec) -> str:
    """A type, as a spec says it, with labels for identifiers."""
    match kind.kind:
        case "scalar":
            size = f"({kind.precision},{kind.scale})" if kind.precision and kind.scalar == "decimal" else ""
            return f"{kind.plugin_type or kind.scalar}{size}"
        case "enum":
            enum = spec.enum(kind.enum)
            return f"{enum.names.label}: {', '.join(enum.values)}" if enum else kind.enum
        case "choice":
            return "one of: " + ", ".join(kind.values)
        case "list":
            return f"list of {_words(kind.item, spec)}"
        case "belongs to":
            return "belongs to " + " or ".join(_label(target, spec) for target in kind.targets)
        case "many to many":
            through = f" through {_label(kind.through, spec)}" if kind.through else ""
            return f"many to many {_label(kind.target, spec)}{through}"
        case _:
            return kind.kind


def _label(name: str, spec: Spec) -> str:
    entity = spec.entity(name)
    return entity.names.label if entity else name


def _rules(item: Field) -> Iterator[str]:
    """What holds for a field, in the words of a spec."""
    flags = {
        "primary key": item.primary_key,
        "required": item.required,
        "unique": item.unique,
        "read only": item.read_only,
        "never sent": item.hidden,
    }
    yield from (words for words, given in flags.items() if given)
    if item.minimum:
        yield f"min {item.minimum.value}"
    if item.maximum:
        yield f"max {item.maximum.value}"
    if item.default:
        yield f"default {item.default.value}"


def _diagram(blueprint: Blueprint) -> str:
    """The body of a Mermaid entity diagram; empty where it would be too large to be drawn."""
    entities = blueprint.spec.entities
    lines = [line for link in blueprint.relations if link.through is None for line in _links(link)]
    linked = {name for link in blueprint.relations for name in (link.source, *link.targets)}
    for entity in entities:
        if len(entities) <= DETAILED:
            lines += [f'    "{entity.names.pascal}" {{', *_attributes(entity, blueprint), "    }"]
        elif entity.name not in linked:
            lines.append(f'    "{entity.names.pascal}"')
    body = "\n".join(["erDiagram", *lines])
    return body if entities and len(body) <= LARGEST else ""


def _attributes(entity: Entity, blueprint: Blueprint) -> Iterator[str]:
    declared = key_field(entity)
    yield f"        {key_type(entity).scalar} {declared.name if declared and declared.name not in _KEYS else 'id'} PK"
    links = by_source(blueprint.links_from(entity.name))
    for item in _shown(entity):
        link = links.get((entity.name, item.name))
        if link is None and (item.name in _KEYS or item == declared):
            continue
        if link is None:
            kind = item.type.scalar if item.type.kind == "scalar" else item.type.kind
            yield f"        {kind.replace(' ', '_')} {item.name}{' UK' if item.unique else ''}"
        elif link.kind != "many":
            for key, target in zip(link.keys, link.targets, strict=True):
                yield f"        {key_type(blueprint.entity(target)).scalar} {key} FK"


def _links(link: Relation) -> Iterator[str]:
    """A line per target of a link, the target's end first; names in quotes, since some are words of Mermaid."""
    for target in link.targets:
        one = "||" if link.required and link.kind == "one" else "|o"
        ends = "}o--o{" if link.kind == "many" else one + ("--o|" if link.unique else "--o{")
        yield f'    "{pascal(target)}" {ends} "{pascal(link.source)}" : "{link.field}"'


def _variable(variable: EnvVar) -> Mapping[str, object]:
    """A setting as lines of a `.env` file: commented out where there is nothing to say but its name."""
    line = f"{variable.name}={_quoted(variable.value)}"
    return {"doc": variable.doc.splitlines(), "line": line if variable.value else f"# {line}"}


def _quoted(value: str) -> str:
    """A value as the readers of `.env` files agree on it."""
    if _BARE.fullmatch(value):
        return value
    if "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'
