"""The productions of the grammar, each with a name, and which of them a Spec uses.

A plugin's manifest names those that it builds (`consumes = ["type.*", "grant.own"]`); the planner compares them with
what the spec uses: a production that nobody builds is a warning, an unbuilt *guard* an error. `docs/coverage.md` is
this catalogue with its builders and tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from iopeer_core.model.spec import (
    NOWHERE,
    PUBLIC,
    And,
    BelongsTo,
    ChoiceType,
    Compare,
    Empty,
    Entity,
    EnumType,
    Expr,
    Extra,
    Field,
    FieldRef,
    FieldType,
    Grant,
    HasMany,
    HasOne,
    ListType,
    LiteralKind,
    ManyToMany,
    Not,
    OnDelete,
    OneOf,
    Or,
    Permission,
    Rule,
    Scalar,
    ScalarType,
    Span,
    Spec,
    Value,
)
from iopeer_core.model.ways import STEP

Use = tuple[str, Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """One thing that a spec can say.

    Attributes:
        name: its dotted name, as manifests use it: `type.long-text`.
        title: how it looks in a spec, or what it means.
        guard: whether it protects data, so that leaving it unbuilt opens something.
        core: whether the core itself does what it asks for, whichever plugins are enabled.
    """

    name: str
    title: str
    guard: bool = False
    core: bool = False


def slug(name: str) -> str:
    """The last part of a production's name: `set null` → `set-null`."""
    return "-".join(name.lower().replace("_", " ").split())


def _plain(prefix: str, titles: dict[str, str], *, guard: bool = False, core: bool = False) -> tuple[Production, ...]:
    return tuple(Production(name=prefix + name, title=title, guard=guard, core=core) for name, title in titles.items())


_CORE = _plain(
    "",
    {
        "title": "`# Title` and the prose under it",
        "doc": "prose under an entity, ` — text` after a fact",
        "include": "`## Include`: files of the same grammar",
        "notes": "`## Notes`: free text",
        "entities.plural": "`### Person (plural People)`",
        "app.languages": "`- languages: en, es`: the first decides plurals",
        "modifier.optional": "`optional`: as without it",
    },
    core=True,
)
_SPEC = _plain(
    "",
    {
        "entities": "`### Task`: a table, its operations and screens",
        "entities.was": "`### Task (was Ticket)`: a rename that keeps the data",
        "enums": "`## Enums`: choices that several fields share",
        "roles": "`## Roles`: the roles of accounts, the first is the administrator",
        "seeds": "`## Seeds`: rows that exist from the start",
        "labels": "`## Labels`: what entities, fields and choices are called in another language",
        "app.account": "`- account: Person`: the entity that signs in",
        "app.currency": "`- currency: EUR`: of all money",
    },
)
_TYPES = _plain("type.", {slug(kind): f"`{kind}`" for kind in Scalar}) + _plain(
    "type.",
    {
        "choice": "`one of: a | b`",
        "enum": "the name of a shared enum",
        "list": "`list of T`",
    },
)
_RELATIONS = _plain(
    "relation.",
    {
        "belongs-to": "`belongs to Project`: many rows of one",
        "belongs-to.one-to-one": "`belongs to User, unique`",
        "belongs-to.polymorphic": "`belongs to Task | Project`",
        "belongs-to.self": "`belongs to` the entity itself",
        "has-many": "`has many Task`: names the inverse",
        "has-one": "`has one Profile`: names the inverse",
        "many-to-many": "`many to many Label`",
        "many-to-many.self": "`many to many` with the entity itself",
        "many-to-many.through": "`many to many User through Membership`",
    },
)
_MODIFIERS = _plain(
    "modifier.",
    {
        "column": '`column "db_name"`',
        "default": "`default X`",
        "indexed": "`indexed`",
        "inverse": "`inverse name`",
        "matches": "`matches /re/`",
        "max": "`max N`, `between N and N`",
        "min": "`min N`, `between N and N`",
        "primary-key": "`primary key`",
        "read-only": "`read only`: never accepted",
        "required": "`required`",
        "searchable": "`searchable`",
        "unique": "`unique`",
        "was": "`was old name`: a rename that keeps the data",
    },
)
_HIDDEN = _plain("modifier.", {"hidden": "`hidden`: never sent"}, guard=True)
_ON_DELETE = _plain("relation.on-delete.", {slug(kind): f"`on delete {kind}`" for kind in OnDelete})
_LITERALS = _plain("literal.", {kind.value: f"a {kind.value} as a default, limit or operand" for kind in LiteralKind})
_RULES = _plain(
    "",
    {
        "rule.check": "`- check: expr — message`",
        "rule.primary-key": "`- primary key: a + b`",
        "rule.unique": "`- unique: a + b`",
        "index": "`- a + b` under `#### Indexes`",
        "index.desc": "`- a desc`",
        "option.display": "`- display: field`",
        "option.soft-delete": "`- soft delete: yes`",
        "option.table": "`- table: name`",
    },
)
_EXPRESSIONS = _plain(
    "expr.",
    {
        "and": "`a and b`",
        "compare": "`a > 3`",
        "empty": "`a is empty`",
        "fields": "`a >= b`: two fields",
        "in": "`a in (x, y)`",
        "not": "`not (a)`",
        "or": "`a or b`",
    },
)
_PERMISSIONS = _plain("", {"permissions": "`#### Permissions`: what is not granted is refused"}, guard=True)
_GRANTS = _plain(
    "grant.",
    {
        "all": "`admin: all`",
        "create": "`member: create`",
        "read": "`member: read`",
        "update": "`member: update`",
        "delete": "`member: delete`",
        "nothing": "`guest: nothing`",
        "public": "`public: read`: everybody, signed in or not",
        "own": "`read own`: rows of the caller",
        "own.by": "`delete own by reporter`",
        "own.by.way": "`read own by patient.account`: rows of the caller through other rows",
        "where": "`read where status != planned`",
        "only": "`read only (name, avatar)`",
    },
    guard=True,
)

_ALL = (
    *_CORE, *_SPEC, *_TYPES, *_RELATIONS, *_ON_DELETE, *_MODIFIERS, *_HIDDEN, *_LITERALS, *_RULES, *_EXPRESSIONS,
    *_PERMISSIONS, *_GRANTS,
)  # fmt: skip
PRODUCTIONS: dict[str, Production] = {item.name: item for item in _ALL}
"""The grammar of the core, in the order of the documentation. What plugins add is named after them: `block.states`."""


def used(spec: Spec) -> dict[str, Span]:
    """The productions that a Spec uses, each with the place of its first use, in the order of the file."""
    first: dict[str, Span] = {}
    for name, span in _spec(spec):
        first.setdefault(name, span)
    return first


def production(name: str) -> Production:
    """The production of that name; one of a plugin's own is made on the spot."""
    kind, _, rest = name.partition(".")
    return PRODUCTIONS.get(name) or Production(name=name, title=f"{kind} {rest.replace('-', ' ')!r} of a plugin")


def unbuilt(spec: Spec, consumed: Iterable[str]) -> list[tuple[Production, Span]]:
    """What a Spec uses and nobody builds, with the place of its first use.

    Args:
        spec: the spec, with everybody's additions or without.
        consumed: names and globs (`type.*`) of all enabled plugins' manifests.
    """
    patterns = sorted(set(consumed))
    found = [(production(name), span) for name, span in used(spec).items()]
    return [
        (item, span)
        for item, span in found
        if not item.core and not any(fnmatchcase(item.name, pattern) for pattern in patterns)
    ]


def _spec(spec: Spec) -> Iterator[Use]:
    yield "title", NOWHERE
    app = spec.app
    for name, given in (
        ("languages", app.languages_given), ("currency", app.currency), ("account", app.account)
    ):  # fmt: skip
        if given:
            yield f"app.{name}", app.span
    yield from _extras("app", app.extras)
    for role in spec.roles:
        yield "roles", role.span
    for enum in spec.enums:
        yield "enums", enum.span
    for entity in spec.entities:
        yield from _entity(entity)
    for table in spec.seeds:
        yield "seeds", table.span
    for section in spec.sections:
        yield f"section.{slug(section.name)}", section.span
    for label in spec.labels:
        yield "labels", label.span
    if spec.notes:
        yield "notes", NOWHERE


def _entity(entity: Entity) -> Iterator[Use]:
    yield "entities", entity.span
    for name, given in (
        ("entities.was", entity.was),
        ("entities.plural", entity.plural_given),
        ("doc", entity.doc),
        ("option.soft-delete", entity.soft_delete),
        ("option.display", entity.display),
        ("option.table", entity.table),
    ):
        if given:
            yield name, entity.span
    yield from _extras("option", entity.extras)
    for item in entity.fields:
        yield from _field(item, entity.name)
    if entity.closed:
        yield "permissions", entity.span
    for permission in entity.permissions:
        yield from _permission(permission)
    for rule in entity.rules:
        yield from _rule(rule)
    for index in entity.indexes:
        yield "index", index.span
        if any(column.descending for column in index.columns):
            yield "index.desc", index.span
    for block in entity.blocks:
        yield f"block.{slug(block.name)}", block.span


def _permission(permission: Permission) -> Iterator[Use]:
    yield "permissions", permission.span
    if permission.role == PUBLIC:
        yield "grant.public", permission.span
    for grant in permission.grants:
        yield from _grant(grant)


def _rule(rule: Rule) -> Iterator[Use]:
    yield f"rule.{slug(rule.kind)}", rule.span
    if rule.kind == "check":
        yield from _expr(rule.expr, rule.span)


def _field(item: Field, entity: str) -> Iterator[Use]:
    for name in _type(item.type, entity, unique=item.unique):
        yield name, item.span
    for name, given in (
        ("required", item.required),
        ("unique", item.unique),
        ("indexed", item.indexed),
        ("primary-key", item.primary_key),
        ("read-only", item.read_only),
        ("hidden", item.hidden),
        ("searchable", item.searchable),
        ("default", item.default),
        ("min", item.minimum),
        ("max", item.maximum),
        ("matches", item.pattern is not None),
        ("inverse", item.inverse),
        ("was", item.was),
        ("column", item.column),
    ):
        if given:
            yield f"modifier.{name}", item.span
    for value in (item.default, item.minimum, item.maximum):
        if value:
            yield _literal(value), item.span
    if item.on_delete:
        yield f"relation.on-delete.{slug(item.on_delete)}", item.span
    if item.doc:
        yield "doc", item.span
    yield from _extras("modifier", item.extras)


def _type(kind: FieldType, entity: str, *, unique: bool = False) -> Iterator[str]:
    match kind:
        case ScalarType():
            yield f"type.{slug(kind.plugin_type or kind.scalar)}"
        case ListType():
            yield "type.list"
            yield from _type(kind.item, entity)
        case EnumType() | ChoiceType():
            yield f"type.{kind.kind}"
        case _:
            name = f"relation.{slug(kind.kind)}"
            yield name
            yield from (f"{name}.{form}" for form in _forms(kind, entity, unique=unique))


def _forms(kind: BelongsTo | HasMany | HasOne | ManyToMany, entity: str, *, unique: bool) -> Iterator[str]:
    """The special forms of a relation."""
    if isinstance(kind, BelongsTo):
        forms = {"one-to-one": unique, "polymorphic": len(kind.targets) > 1, "self": entity in kind.targets}
    elif isinstance(kind, ManyToMany):
        forms = {"through": bool(kind.through), "self": kind.target == entity}
    else:
        forms = {}
    yield from (form for form, given in forms.items() if given)


def _grant(grant: Grant) -> Iterator[Use]:
    yield f"grant.{grant.verb}", grant.span
    for name, given in (
        ("own", grant.own), ("own.by", grant.own_by),
        ("own.by.way", STEP in (grant.own_by or "")), ("where", grant.where), ("only", grant.only)
    ):  # fmt: skip
        if given:
            yield f"grant.{name}", grant.span
    if grant.where:
        yield from _expr(grant.where, grant.span)


def _expr(expr: Expr, span: Span) -> Iterator[Use]:
    match expr:
        case Compare():
            yield "expr.compare", span
            yield ("expr.fields" if isinstance(expr.right, FieldRef) else _literal(expr.right)), span
        case OneOf():
            yield "expr.in", span
            for value in expr.values:
                yield _literal(value), span
        case Empty():
            yield "expr.empty", span
        case Not():
            yield "expr.not", span
            yield from _expr(expr.term, span)
        case And() | Or():
            yield f"expr.{expr.kind}", span
            for term in expr.terms:
                yield from _expr(term, span)


def _literal(value: Value) -> str:
    return f"literal.{value.kind.value}"


def _extras(kind: str, extras: tuple[Extra, ...]) -> Iterator[Use]:
    for extra in extras:
        yield f"{kind}.{slug(extra.name)}", extra.span
