"""What can be changed in a spec, as frozen values, and what each makes of a `Spec`.

Names are found by identifier. A rename follows every reference and leaves `was`, so that the data is kept; what is
still used somewhere is not removed: that is an error which says where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from iopeer_core.errors import SpecError
from iopeer_core.language.canonical import canonical
from iopeer_core.model.account import USUAL
from iopeer_core.model.labels import nameable
from iopeer_core.model.names import Names, identifier, make_names
from iopeer_core.model.spec import (
    NOWHERE,
    PUBLIC,
    And,
    BelongsTo,
    CheckRule,
    Compare,
    Empty,
    Entity,
    Enum,
    Expr,
    Field,
    FieldRef,
    FieldType,
    Grant,
    HasMany,
    HasOne,
    Label,
    ManyToMany,
    Not,
    OneOf,
    Or,
    Permission,
    Role,
    Rule,
    Span,
    Spec,
)
from iopeer_core.model.ways import STEP, followed

Rename = Callable[[str], str]
Named = TypeVar("Named", Role, Enum, Field)
_OF_ENTITIES = frozenset({"entity", "field", "choice"})
"""The labels whose path begins with an entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEntity:
    """An entity after the last one."""

    entity: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameEntity:
    """Another name for an entity, `(was OldName)` beside it."""

    entity: str
    to: str
    plural: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveEntity:
    """No such entity any more, nor its seeds."""

    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddField:
    """A field after the last one of an entity."""

    entity: str
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeField:
    """Another type, other modifiers or documentation for a field; its name stays."""

    entity: str
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameField:
    """Another name for a field, `was old name` beside it."""

    entity: str
    field: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveField:
    """No such field any more."""

    entity: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGrant:
    """What a role (or `public`) may do with an entity; without grants its line goes."""

    entity: str
    role: str
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRole:
    """A role after the last one."""

    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEnum:
    """A shared enum after the last one."""

    enum: Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRule:
    """A rule after the last one of an entity."""

    entity: str
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOption:
    """The options of an entity: those that are not None; `display=""` and `table=""` take the line away."""

    entity: str
    soft_delete: bool | None = None
    display: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceSpan:
    """Other text at a place: what `check --fix` does with a suggestion. It changes text, not a Spec."""

    span: Span
    text: str


SpecChange = (
    AddEntity
    | RenameEntity
    | RemoveEntity
    | AddField
    | ChangeField
    | RenameField
    | RemoveField
    | SetGrant
    | AddRole
    | AddEnum
    | AddRule
    | SetOption
)
Change = SpecChange | ReplaceSpan


def apply(spec: Spec, change: SpecChange) -> Spec:
    """The Spec after a change, in canonical order.

    Raises:
        SpecError: what is to be changed is not there, what is to be added is, what is to be removed is still used.
    """
    changed = _applied(spec, change)
    known = nameable(changed)
    return canonical(replace(changed, labels=tuple(one for one in changed.labels if (one.kind, one.path) in known)))


def _applied(spec: Spec, change: SpecChange) -> Spec:
    match change:
        case AddEntity():
            _absent(change.entity.name, (entity.name for entity in spec.entities), "entity")
            return replace(spec, entities=(*spec.entities, _new_entity(spec, change.entity)))
        case AddRole():
            _absent(change.role.name, (role.name for role in spec.roles), "role")
            return replace(spec, roles=(*spec.roles, _new(spec, change.role)))
        case AddEnum():
            _absent(change.enum.name, (enum.name for enum in spec.enums), "enum")
            return replace(spec, enums=(*spec.enums, _new(spec, change.enum)))
        case RenameEntity():
            return _rename_entity(spec, _entity(spec, change.entity), change)
        case RemoveEntity():
            return _remove_entity(spec, _entity(spec, change.entity))
        case RenameField():
            return _rename_field(spec, _entity(spec, change.entity), change)
        case _:
            entity = _entity(spec, change.entity)
            return _with(spec, _changed(spec, entity, change))


def _changed(
    spec: Spec, entity: Entity, change: AddField | ChangeField | RemoveField | SetGrant | AddRule | SetOption
) -> Entity:
    """An entity after a change that concerns it alone."""
    match change:
        case AddField():
            _absent(change.field.name, (item.name for item in entity.fields), f"field of {entity.names.label!r}")
            return replace(entity, fields=(*entity.fields, _new(spec, change.field)))
        case ChangeField():
            old = _field(entity, change.field.name)
            new = replace(change.field, names=old.names, span=old.span)
            return replace(entity, fields=tuple(new if item is old else item for item in entity.fields))
        case RemoveField():
            old = _field(entity, change.field)
            _unused(f"field {old.names.label!r}", list(_uses(spec, entity, old.name)))
            return replace(entity, fields=tuple(item for item in entity.fields if item is not old))
        case SetGrant():
            roles = [PUBLIC, *(role.name for role in spec.roles)]
            if change.role not in roles:
                raise SpecError(f"there is no role {change.role!r}", how=f"the spec has: {', '.join(roles)}")
            permissions = tuple(_granted(entity, change))
            return replace(entity, permissions=permissions, closed=not permissions)
        case AddRule():
            return replace(entity, rules=(*entity.rules, replace(change.rule, span=NOWHERE)))
        case SetOption():
            return replace(
                entity,
                soft_delete=entity.soft_delete if change.soft_delete is None else change.soft_delete,
                display=entity.display if change.display is None else identifier(change.display) or None,
                table=entity.table if change.table is None else change.table or None,
            )


def _new(spec: Spec, node: Named) -> Named:
    """A node that stands nowhere yet, its plural made by the rules of the spec's language."""
    return replace(node, names=make_names(node.names.label, language=spec.app.languages[0]), span=NOWHERE)


def _new_entity(spec: Spec, entity: Entity) -> Entity:
    plural = entity.names.plural_label if entity.plural_given else None
    names = make_names(entity.names.label, language=spec.app.languages[0], plural=plural)
    return replace(entity, names=names, fields=tuple(_new(spec, item) for item in entity.fields), span=NOWHERE)


def _granted(entity: Entity, change: SetGrant) -> Iterator[Permission]:
    """The permissions with one line for the role where its first stood, or at the end."""
    new = (Permission(role=change.role, grants=change.grants),) if change.grants else ()
    for permission in entity.permissions:
        if permission.role != change.role:
            yield permission
            continue
        yield from (replace(item, span=permission.span) for item in new)
        new = ()
    yield from new


def _rename_entity(spec: Spec, entity: Entity, change: RenameEntity) -> Spec:
    names = make_names(change.to, language=spec.app.languages[0], plural=change.plural)
    _absent(names.singular, (other.name for other in spec.entities if other is not entity), "entity")
    was = None if entity.was == names.singular else entity.name
    was = entity.was if names.singular == entity.name else was
    renamed = replace(entity, names=names, was=was, plural_given=change.plural is not None)
    before = spec.entities
    spec = replace(spec, entities=tuple(renamed if other is entity else other for other in spec.entities))

    def new(name: str) -> str:
        return names.singular if name == entity.name else name

    account = spec.app.account
    if account is None and {entity.name, names.singular} & {*USUAL}:
        # Who signs in was told by the name alone; it must not change with it.
        account = next((other.name for other in before if other.name in USUAL), None)
    account = new(account) if account else None
    return replace(
        spec,
        app=replace(spec.app, account=account),
        entities=tuple(
            replace(other, fields=tuple(replace(item, type=_retarget(item.type, new)) for item in other.fields))
            for other in spec.entities
        ),
        seeds=tuple(replace(seed, entity=new(seed.entity)) for seed in spec.seeds),
        labels=tuple(
            replace(one, path=(new(one.path[0]), *one.path[1:])) if one.kind in _OF_ENTITIES else one
            for one in spec.labels
        ),
    )


def _retarget(kind: FieldType, new: Rename) -> FieldType:
    match kind:
        case BelongsTo():
            return replace(kind, targets=tuple(map(new, kind.targets)))
        case HasMany() | HasOne():
            return replace(kind, target=new(kind.target))
        case ManyToMany():
            return replace(kind, target=new(kind.target), through=new(kind.through) if kind.through else None)
        case _:
            return kind


def _targets(kind: FieldType) -> tuple[str, ...]:
    match kind:
        case BelongsTo():
            return kind.targets
        case HasMany() | HasOne():
            return (kind.target,)
        case ManyToMany():
            return (kind.target, kind.through) if kind.through else (kind.target,)
        case _:
            return ()


def _remove_entity(spec: Spec, entity: Entity) -> Spec:
    used = [
        item.span
        for other in spec.entities
        if other is not entity
        for item in other.fields
        if entity.name in _targets(item.type)
    ]
    used += [spec.app.span] if spec.app.account == entity.name else []
    _unused(f"entity {entity.names.label!r}", used)
    return replace(
        spec,
        entities=tuple(other for other in spec.entities if other is not entity),
        seeds=tuple(seed for seed in spec.seeds if seed.entity != entity.name),
    )


def _rename_field(spec: Spec, entity: Entity, change: RenameField) -> Spec:
    old = _field(entity, change.field)
    names = make_names(change.to, language=spec.app.languages[0])
    _absent(
        names.singular, (item.name for item in entity.fields if item is not old), f"field of {entity.names.label!r}"
    )
    was = None if old.was == names.singular else old.name
    was = old.was if names.singular == old.name else was

    def new(name: str) -> str:
        return names.singular if name == old.name else name

    fields = tuple(replace(item, names=names, was=was) if item is old else item for item in entity.fields)
    renamed = replace(
        entity,
        fields=fields,
        permissions=tuple(
            replace(line, grants=tuple(_regrant(grant, new) for grant in line.grants)) for line in entity.permissions
        ),
        rules=tuple(_rerule(rule, new) for rule in entity.rules),
        indexes=tuple(
            replace(index, columns=tuple(replace(column, field=new(column.field)) for column in index.columns))
            for index in entity.indexes
        ),
        display=new(entity.display) if entity.display else None,
    )
    others = (_rewayed(spec, other, entity.name, new) for other in _with(spec, renamed).entities)
    return replace(
        spec,
        entities=tuple(_reverse(other, entity.name, old.name, names) for other in others),
        seeds=tuple(
            replace(seed, columns=tuple(map(new, seed.columns))) if seed.entity == entity.name else seed
            for seed in spec.seeds
        ),
        labels=tuple(_relabelled(one, entity.name, new) for one in spec.labels),
    )


def _relabelled(one: Label, entity: str, new: Rename) -> Label:
    """A label of a renamed field, or of a choice of it."""
    if one.kind not in {"field", "choice"} or one.path[0] != entity:
        return one
    return replace(one, path=(entity, new(one.path[1]), *one.path[2:]))


def _reverse(other: Entity, entity: str, old: str, names: Names) -> Entity:
    """An entity whose links name a renamed field of `entity` as their inverse."""
    fields = tuple(replace(item, inverse=names) if _is_inverse(item, entity, old) else item for item in other.fields)
    return replace(other, fields=fields)


def _regrant(grant: Grant, new: Rename) -> Grant:
    return replace(
        grant,
        where=_reexpr(grant.where, new) if grant.where else None,
        only=tuple(map(new, grant.only)),
    )


def _rewayed(spec: Spec, other: Entity, entity: str, new: Rename) -> Entity:
    """An entity whose grants lead over renamed fields of `entity`; `spec` has these as they were called before."""

    def grant(one: Grant) -> Grant:
        return replace(one, own_by=_reway(spec, other.name, one.own_by, entity, new)) if one.own_by else one

    lines = (replace(line, grants=tuple(map(grant, line.grants))) for line in other.permissions)
    return replace(other, permissions=tuple(lines))


def _reway(spec: Spec, start: str, way: str, entity: str, new: Rename) -> str:
    here: str | None = start
    steps = []
    for step, target in followed(spec.entities, start, way):
        steps.append(new(step) if here == entity else step)
        here = target
    return STEP.join(steps)


def _rerule(rule: Rule, new: Rename) -> Rule:
    if isinstance(rule, CheckRule):
        return replace(rule, expr=_reexpr(rule.expr, new))
    return replace(rule, fields=tuple(map(new, rule.fields)))


def _reexpr(expr: Expr, new: Rename) -> Expr:
    match expr:
        case Compare():
            right = replace(expr.right, name=new(expr.right.name)) if isinstance(expr.right, FieldRef) else expr.right
            return replace(expr, left=new(expr.left), right=right)
        case OneOf() | Empty():
            return replace(expr, left=new(expr.left))
        case Not():
            return replace(expr, term=_reexpr(expr.term, new))
        case And() | Or():
            return replace(expr, terms=tuple(_reexpr(term, new) for term in expr.terms))


def _uses(spec: Spec, entity: Entity, name: str) -> Iterator[Span]:
    """Where a field of `entity` is named: a place is one that a rename would change."""

    def new(other: str) -> str:
        return "" if other == name else other

    for line in entity.permissions:
        if any(_regrant(grant, new) != grant for grant in line.grants):
            yield line.span
    for other in spec.entities:
        changed = _rewayed(spec, other, entity.name, new)
        yield from (a.span for a, b in zip(other.permissions, changed.permissions, strict=True) if a != b)
    yield from (rule.span for rule in entity.rules if _rerule(rule, new) != rule)
    yield from (index.span for index in entity.indexes if name in {column.field for column in index.columns})
    if entity.display == name:
        yield entity.span
    yield from (seed.span for seed in spec.seeds if seed.entity == entity.name and name in seed.columns)
    for other in spec.entities:
        yield from (item.span for item in other.fields if _is_inverse(item, entity.name, name))


def _is_inverse(item: Field, entity: str, name: str) -> bool:
    """Whether a link names a field of `entity` as its inverse."""
    return item.inverse is not None and item.inverse.singular == name and entity in _targets(item.type)


def _entity(spec: Spec, name: str) -> Entity:
    found = spec.entity(identifier(name))
    if found is None:
        names = ", ".join(entity.names.label for entity in spec.entities)
        raise SpecError(f"there is no entity {name!r}", how=f"the spec has: {names}")
    return found


def _field(entity: Entity, name: str) -> Field:
    found = entity.field(identifier(name))
    if found is None:
        names = ", ".join(item.names.label for item in entity.fields)
        raise SpecError(f"{entity.names.label!r} has no field {name!r}", how=f"it has: {names}")
    return found


def _absent(name: str, names: Iterator[str], what: str) -> None:
    if name in names:
        raise SpecError(f"there is already a {what} called {name!r}", how="take another name")


def _unused(what: str, places: list[Span]) -> None:
    if places:
        lines = ", ".join(map(str, sorted({span.line for span in places})))
        raise SpecError(f"the {what} is still used", where=f"line {lines}", how="change those lines first")


def _with(spec: Spec, entity: Entity) -> Spec:
    """The Spec with another entity at the place of the one of that name."""
    return replace(spec, entities=tuple(entity if other.name == entity.name else other for other in spec.entities))
