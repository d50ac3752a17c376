"""One fact as one line of Markdown: the lower half of the writer, which `edit` uses for the lines that it changes.

Names are written as labels, quoted in backticks where a word or a sign in them could be taken for grammar; values are
quoted where they are more than one plain word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from iopeer_core.language.expressions import SYSTEM
from iopeer_core.language.vocabulary import lexicon, phrase
from iopeer_core.model.labels import nameable
from iopeer_core.model.names import identifier
from iopeer_core.model.spec import (
    PUBLIC,
    And,
    BelongsTo,
    CheckRule,
    ChoiceType,
    Compare,
    Empty,
    Entity,
    Enum,
    EnumType,
    Expr,
    Extra,
    Field,
    FieldRef,
    FieldType,
    Grant,
    HasMany,
    HasOne,
    Index,
    Label,
    ListType,
    LiteralKind,
    ManyToMany,
    Not,
    OneOf,
    Or,
    Permission,
    Role,
    Rule,
    Scalar,
    ScalarType,
    Spec,
    Value,
)
from iopeer_core.model.ways import STEP, followed

_PLAIN = re.compile(r"[^\W_](?:[\w']|[-. /](?=[^\W_]))*")
_WORD = re.compile(r"[^\W_](?:[\w]|[-.](?=[^\W_]))*")
FLAGS = ("required", "unique", "primary key")
LATER_FLAGS = ("read only", "hidden", "indexed", "searchable")


@lru_cache(maxsize=4096)
def has_keyword(text: str) -> bool:
    """Whether a word of the grammar (and, where, desc, yes, required, …) begins at any word of `text`."""
    starts = [match.start() for match in re.finditer(r"\S+", text)]
    return any(lexicon().match(text[start:], "word", "literal", "verb", "modifier") for start in starts)


def quoted(text: str) -> str:
    """A text literal; a straight quote inside has no spelling and becomes an apostrophe."""
    return '"' + text.replace('"', "'") + '"'


def label(text: str) -> str:
    """A name where a name begins a fact: in backticks unless it is plain words."""
    return text if _PLAIN.fullmatch(text) else f"`{text.replace('`', '')}`"


def reference(text: str) -> str:
    """A name amid keywords: in backticks where one of its words is a keyword."""
    plain = _PLAIN.fullmatch(text) and not has_keyword(text)
    return text if plain else f"`{text.replace('`', '')}`"


def operand(text: str) -> str:
    """A name in an expression: one plain word, or in backticks."""
    plain = _WORD.fullmatch(text) and not has_keyword(text) and not text[0].isdigit()
    return text if plain else f"`{text.replace('`', '')}`"


def choice(text: str) -> str:
    """A value between `|`: quoted unless it is plain words."""
    return text if _PLAIN.fullmatch(text) else quoted(text)


def step(text: str) -> str:
    """A name between points."""
    return f"`{text.replace('`', '')}`" if "." in text else label(text)


@dataclass(frozen=True, slots=True)
class Facts:
    """Writes facts of `spec` in `language`; names of other nodes are looked up in the spec, for their labels."""

    spec: Spec
    language: str

    def say(self, key: str) -> str:
        """A keyword in the language."""
        return phrase(key, self.language)

    def bullet(self, key: str, value: str = "", doc: str = "", *, mark: str = " —") -> str:
        """`- key: value — doc`, with the paragraphs after the first of `doc` under it, indented."""
        first, *others = doc.split("\n\n") if doc else [""]
        line = f"- {key}: {value}" if value else f"- {key}"
        line += f"{mark} {' '.join(first.split())}" if first else ""
        return "\n\n".join([line, *("  " + " ".join(other.split()) for other in others)])

    def role(self, role: Role) -> str:
        """`- admin: manages people`."""
        return self.bullet(label(role.names.label), doc=role.doc, mark=":")

    def enum(self, enum: Enum) -> str:
        """`- Priority: low | high`."""
        return self.bullet(label(enum.names.label), " | ".join(map(choice, enum.values)), enum.doc)

    def labels(self, items: Sequence[Label]) -> list[tuple[Label, str]]:
        """Each with its line: `- Task.start date: fecha de inicio`."""
        known = nameable(self.spec)

        def line(item: Label) -> str:
            found = known.get((item.kind, item.path))
            texts = [item.text, item.plural] if item.plural else [item.text]
            names = ".".join(map(step, found.names if found else item.path))
            return self.bullet(names, ", ".join(map(choice, texts)), item.doc)

        return [(item, line(item)) for item in items]

    def heading(self, entity: Entity) -> str:
        """`### Person (was human, plural People)`."""
        notes = [f"{self.say('was')} {reference(entity.was)}"] if entity.was else []
        if entity.plural_given:
            notes.append(f"{self.say('plural')} {reference(entity.names.plural_label)}")
        return f"### {label(entity.names.label)}" + (f" ({', '.join(notes)})" if notes else "")

    def field(self, item: Field) -> str:
        """`- title: text, required — what is to be done`."""
        return self.bullet(label(item.names.label), ", ".join([self.type(item.type), *self._modifiers(item)]), item.doc)

    def type(self, kind: FieldType) -> str:
        """`text`, `decimal(8,2)`, `one of: a | b`, `belongs to Project`, …."""
        match kind:
            case ScalarType():
                sized = (
                    kind.scalar is Scalar.DECIMAL and not kind.plugin_type and (kind.precision, kind.scale) != (12, 2)
                )
                size = f"({kind.precision},{kind.scale})" if sized else ""
                return (kind.plugin_type or self.say(kind.scalar.value)) + size
            case EnumType():
                enum = self.spec.enum(kind.enum)
                return label(enum.names.label if enum else kind.enum)
            case ChoiceType():
                return f"{self.say('one of')}: {' | '.join(map(choice, kind.values))}"
            case ListType():
                return f"{self.say('list of')} {self.type(kind.item)}"
            case BelongsTo():
                return f"{self.say('belongs to')} {' | '.join(map(self.entity_name, kind.targets))}"
            case ManyToMany():
                through = f" {self.say('through')} {self.entity_name(kind.through)}" if kind.through else ""
                return f"{self.say('many to many')} {self.entity_name(kind.target)}{through}"
            case HasMany() | HasOne():
                return f"{self.say(kind.kind)} {self.entity_name(kind.target)}"

    def entity_name(self, name: str) -> str:
        """The label of the entity with that identifier."""
        entity = self.spec.entity(name)
        return reference(entity.names.label if entity else name)

    def _modifiers(self, item: Field) -> list[str]:
        facts = [f"{self.say('inverse')} {reference(item.inverse.label)}"] if item.inverse else []
        facts += self._flags(item, FLAGS)
        facts += self._limits(item)
        if item.pattern is not None:
            pattern = item.pattern.replace("/", r"\/")
            facts.append(f"{self.say('matches')} /{pattern}/")
        if item.default:
            facts.append(f"{self.say('default')} {self.literal(item.default)}")
        facts += self._flags(item, LATER_FLAGS)
        if item.on_delete:
            facts.append(f"{self.say('on delete')} {self.say(item.on_delete.value)}")
        if item.column:
            facts.append(f"{self.say('column')} {quoted(item.column)}")
        if item.was:
            facts.append(f"{self.say('was')} {reference(item.was)}")
        return facts + [self.extra(extra) for extra in item.extras]

    def _flags(self, item: Field, names: tuple[str, ...]) -> list[str]:
        return [self.say(name) for name in names if getattr(item, name.replace(" ", "_"))]

    def _limits(self, item: Field) -> list[str]:
        if item.minimum and item.maximum:
            low, high = self.literal(item.minimum), self.literal(item.maximum)
            return [f"{self.say('between')} {low} {self.say('and')} {high}"]
        limits = (("min", item.minimum), ("max", item.maximum))
        return [f"{self.say(word)} {self.literal(value)}" for word, value in limits if value]

    def extra(self, extra: Extra) -> str:
        """A plugin's modifier: its name and raw text."""
        return f"{extra.name} {extra.value}".rstrip()

    def literal(self, value: Value, entity: Entity | None = None) -> str:
        """A literal; in an expression a choice is quoted where it could be a keyword or a field of `entity`."""
        match value.kind:
            case LiteralKind.TEXT:
                return quoted(value.value)
            case LiteralKind.CHOICE:
                text = value.value
                risky = entity and (text[0].isdigit() or has_keyword(text) or entity.field(identifier(text)))
                return text if _WORD.fullmatch(text) and not risky else quoted(text)
            case LiteralKind.BOOLEAN | LiteralKind.NOW | LiteralKind.TODAY | LiteralKind.ME:
                return self.say(value.value)
            case LiteralKind.NUMBER | LiteralKind.DATE:
                return value.value

    def permission(self, permission: Permission, entity: Entity) -> str:
        """`- member: read, update own only (name)`."""
        role = next((r.names.label for r in self.spec.roles if r.name == permission.role), permission.role)
        who = self.say(PUBLIC) if permission.role == PUBLIC else label(role)
        return self.bullet(who, ", ".join(self.grant(grant, entity) for grant in permission.grants))

    def grant(self, grant: Grant, entity: Entity) -> str:
        """`delete own by reporter where done = yes only (a, b)`."""
        text = self.say(grant.verb)
        text += f" {self.say('own')}" if grant.own else ""
        text += f" {self.say('by')} {self.way(grant.own_by, entity)}" if grant.own_by else ""
        text += f" {self.say('where')} {self.expr(grant.where, entity)}" if grant.where else ""
        names = ", ".join(self._name(name, entity) for name in grant.only)
        return text + (f" {self.say('only')} ({names})" if names else "")

    def way(self, way: str, entity: Entity) -> str:
        """`patient.account`: the links of `own by`, each as its entity calls it."""
        names, here = [], entity
        for step, target in followed(self.spec.entities, entity.name, way):
            name = self._name(step, here)
            names.append(f"`{name}`" if STEP in name and "`" not in name else name)
            here = self.spec.entity(target or "") or here
        return STEP.join(names)

    def rule(self, rule: Rule, entity: Entity) -> str:
        """`- unique: a + b`, `- check: a > b — "message"`."""
        if isinstance(rule, CheckRule):
            line = self.bullet(self.say("check"), self.expr(rule.expr, entity))
            return f'{line} — "{rule.message}"' if rule.message else line
        return self.bullet(self.say(rule.kind), " + ".join(self._name(name, entity) for name in rule.fields))

    def index(self, index: Index, entity: Entity) -> str:
        """`- project + due desc`."""
        columns = (
            self._name(column.field, entity) + (f" {self.say('desc')}" if column.descending else "")
            for column in index.columns
        )
        return self.bullet(" + ".join(columns))

    def options(self, entity: Entity) -> list[str]:
        """`- soft delete: yes`, `- display: name`, `- table: "tasks"`, and those of plugins."""
        lines = [self.bullet(self.say("soft delete"), self.say("yes"))] if entity.soft_delete else []
        if entity.display:
            lines.append(self.bullet(self.say("display"), self._name(entity.display, entity)))
        if entity.table:
            lines.append(self.bullet(self.say("table"), quoted(entity.table)))
        return lines + [self.bullet(label(extra.name), extra.value) for extra in entity.extras]

    def expr(self, expr: Expr, entity: Entity) -> str:
        """An expression; the terms of `and` and `or` that are such themselves stand in brackets."""
        match expr:
            case Compare():
                right = expr.right
                text = self._operand(right.name, entity) if isinstance(right, FieldRef) else self.literal(right, entity)
                return f"{self._operand(expr.left, entity)} {expr.op} {text}"
            case OneOf():
                values = ", ".join(self.literal(value, entity) for value in expr.values)
                return f"{self._operand(expr.left, entity)} {self.say('in')} ({values})"
            case Empty():
                return f"{self._operand(expr.left, entity)} {self.say('is not empty' if expr.negated else 'is empty')}"
            case Not():
                return f"{self.say('not')} {self._term(expr.term, entity)}"
            case And() | Or():
                return f" {self.say(expr.kind)} ".join(self._term(term, entity) for term in expr.terms)

    def _term(self, expr: Expr, entity: Entity) -> str:
        text = self.expr(expr, entity)
        return f"({text})" if isinstance(expr, And | Or | Not) else text

    def _name(self, name: str, entity: Entity) -> str:
        """A field where several are listed."""
        return self._system(name, entity) or reference(field_label(entity, name))

    def _operand(self, name: str, entity: Entity) -> str:
        """A field in an expression."""
        system = self._system(name, entity)
        return (f"`{system}`" if " " in system else system) or operand(field_label(entity, name))

    def _system(self, name: str, entity: Entity) -> str:
        """`id`, `created at` and `updated at`, which every entity has; nothing for other fields."""
        known = name in SYSTEM and entity.field(name) is None
        return self.say(name.replace("_", " ")) if known else ""


def field_label(entity: Entity, name: str) -> str:
    """The label of the field with that identifier; the identifier itself where there is none."""
    found = entity.field(name)
    return found.names.label if found else name
