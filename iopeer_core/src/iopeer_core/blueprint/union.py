"""Unites what plugins add with the user's Spec: entities and roles first, then fields and grants, by selectors.

All plugins saw the same Spec, and nothing here depends on their order: additions are sorted before they are applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from iopeer_core.blueprint.additions import AddEntity, AddField, AddGrant, Addition, AddRole
from iopeer_core.blueprint.plan import Plan
from iopeer_core.blueprint.policy import is_guarded
from iopeer_core.blueprint.wholeness import dangling, meeting
from iopeer_core.errors import PluginError
from iopeer_core.model.account import IOPEER, ROLE, account_of, default_account, holds_roles, role_field, signs_in
from iopeer_core.model.keys import keyed
from iopeer_core.model.spec import PUBLIC, Entity, Field, Grant, Permission, Role, Spec

T = TypeVar("T", Entity, Field, Role)
Added = tuple[str, Addition]
"""A plugin and what it adds."""


def unite(spec: Spec, additions: Iterable[Added]) -> Plan:
    """The spec with additions, and with what IOPEER adds: an account where there is none, and its `role`.

    Args:
        spec: the user's.
        additions: (plugin, addition), in any order.

    Raises:
        PluginError: additions contradict each other or the spec; all conflicts in one message.
        SpecError: the spec's account has no email.
    """
    union = _Union(additions)
    spec = union.begun(spec)
    account = account_of(spec)
    if account is None:
        account = default_account(spec)
        spec = replace(spec, entities=(*spec.entities, account))
    account = signs_in(account)
    spec = _replaced(spec, account)
    if spec.roles:
        spec = _replaced(spec, _with_role(spec, account))
    entities = (union.completed(spec, entity, account.name) for entity in spec.entities)
    whole = replace(spec, entities=tuple(sorted(map(keyed, entities), key=lambda entity: entity.name)))
    union.close(whole)
    return Plan(spec=whole, account=account.name)


def _replaced(spec: Spec, entity: Entity) -> Spec:
    return replace(spec, entities=tuple(entity if e.name == entity.name else e for e in spec.entities))


def _with_role(spec: Spec, account: Entity) -> Entity:
    """The account with its field `role`."""
    present = account.field(ROLE)
    if present is None:
        return replace(account, fields=(*account.fields, role_field(spec)))
    if holds_roles(spec, present):
        return account
    raise PluginError(
        f"{account.names.label}.role has another meaning: IOPEER keeps the role of an account in a field 'role'",
        how="give your field another name",
    )


class _Union:
    """Applies additions, and collects the conflicts."""

    def __init__(self, additions: Iterable[Added]) -> None:
        added = sorted(additions, key=lambda pair: (pair[0], repr(pair[1])))
        self._entities = [(plugin, one.entity) for plugin, one in added if isinstance(one, AddEntity)]
        self._roles = [(plugin, one.role) for plugin, one in added if isinstance(one, AddRole)]
        self._fields = [(plugin, one) for plugin, one in added if isinstance(one, AddField)]
        self._grants = [(plugin, one) for plugin, one in added if isinstance(one, AddGrant)]
        self._conflicts: list[str] = []

    def begun(self, spec: Spec) -> Spec:
        """The spec with the roles and entities of plugins behind the user's, sorted by plugin and name."""
        roles = self._new(self._roles, spec.roles, lambda name: f"the role {name!r}", same_is_fine=True)
        entities = self._new(self._entities, spec.entities, lambda name: f"the entity {name!r}", same_is_fine=False)
        return replace(spec, roles=(*spec.roles, *roles), entities=(*spec.entities, *entities))

    def completed(self, spec: Spec, entity: Entity, account: str) -> Entity:
        """The entity with the fields and grants whose selectors mean it."""
        fields = [(p, add.field) for p, add in self._fields if add.where.means(entity.name, account)]
        new = self._new(fields, entity.fields, lambda name: f"the field {entity.name}.{name}", same_is_fine=False)
        grants = [(p, add) for p, add in self._grants if add.where.means(entity.name, account)]
        permissions = (*entity.permissions, *_granted(spec, entity, grants))
        return replace(entity, fields=(*entity.fields, *new), permissions=permissions)

    def close(self, spec: Spec) -> None:
        """Check what selectors, grants and links name, and that no names meet; raise when anything is wrong."""
        roles = {PUBLIC, *(role.name for role in spec.roles)}
        for plugin, grant in self._grants:
            if grant.role not in roles:
                self._conflicts.append(f"{plugin} grants something to the role {grant.role!r}, which does not exist")
        selectors = [(p, a.where) for p, a in self._fields] + [(p, a.where) for p, a in self._grants]
        for plugin, where in selectors:
            for name in where.names:
                if spec.entity(name) is None:
                    self._conflicts.append(f"{plugin} adds to the entity {name!r}, which does not exist")
        self._conflicts += dangling(spec)
        if not self._conflicts:
            self._conflicts += meeting(spec)
        if self._conflicts:
            lines = "\n".join(f"  - {conflict}" for conflict in sorted(set(self._conflicts)))
            raise PluginError(
                f"what plugins add to the spec does not fit together:\n{lines}",
                how="disable one of the plugins in iopeer.toml, or rename what the spec calls so",
            )

    def _new(
        self, added: Sequence[tuple[str, T]], own: Sequence[T], title: Callable[[str], str], *, same_is_fine: bool
    ) -> tuple[T, ...]:
        """What is not there yet, sorted by plugin and name, each once; different ones of one name are conflicts."""
        present = {value.name: value for value in own}
        new: dict[str, tuple[str, T]] = {}
        for plugin, value in sorted(added, key=lambda pair: (pair[0], pair[1].name)):
            known = present.get(value.name)
            earlier = new.setdefault(value.name, (plugin, value))
            if known is not None:
                if not same_is_fine and not _same(known, value):
                    self._conflicts.append(f"{plugin} adds {title(value.name)}, which {_owner(known)} has otherwise")
            elif not _same(earlier[1], value):
                self._conflicts.append(f"{earlier[0]} and {plugin} add {title(value.name)} in different ways")
        return tuple(_signed(value, plugin) for name, (plugin, value) in new.items() if name not in present)


def _same(one: T, other: T) -> bool:
    return replace(one, added_by="") == replace(other, added_by="")


def _signed(value: T, plugin: str) -> T:
    """The value with the name of the plugin that added it; an entity's own parts too."""
    if not isinstance(value, Entity):
        return replace(value, added_by=plugin)
    return replace(
        value,
        added_by=plugin,
        fields=tuple(replace(item, added_by=plugin) for item in value.fields),
        permissions=tuple(replace(permission, added_by=plugin) for permission in value.permissions),
    )


def _owner(value: Entity | Field | Role) -> str:
    return {"": "the spec", IOPEER: "IOPEER"}.get(value.added_by, value.added_by)


def _granted(spec: Spec, entity: Entity, added: Sequence[tuple[str, AddGrant]]) -> list[Permission]:
    """The added permissions. A block-less entity of a guarded spec stays the first role's, whatever is added."""
    permissions = [Permission(role=add.role, grants=add.grants, added_by=plugin) for plugin, add in added]
    if permissions and not entity.permissions and not entity.closed and is_guarded(spec) and spec.roles:
        first = Permission(role=spec.roles[0].name, grants=(Grant(verb="all"),), added_by=IOPEER)
        return [first, *permissions]
    return permissions
