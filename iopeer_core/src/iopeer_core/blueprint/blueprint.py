"""What will be built: the united Spec plus all contributions, sorted, the same for every order of plugins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from iopeer_core.blueprint.contributions import Contributed, Contribution, Policy
from iopeer_core.errors import PluginError
from iopeer_core.model.relations import Relation, relations_of
from iopeer_core.model.spec import Entity, Field, Spec

C = TypeVar("C", bound=Contribution)


@dataclass(frozen=True, kw_only=True)
class Previous:
    """The last generation, read from the output folder's `.iopeer/`: what plugins need for migrations and merges."""

    spec: Spec
    files: Mapping[str, str] = field(default_factory=dict)  # path → SHA-256 of what was generated


@dataclass(frozen=True, kw_only=True)
class Blueprint:
    """The plan. `contributions` is sorted by type, key and plugin; policies are compiled from the spec."""

    spec: Spec
    contributions: tuple[Contributed, ...] = ()
    previous: Previous | None = None
    account: str = ""  # the identifier of the account's entity

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Every link between entities, with effective on-delete, inverse and wire names."""
        return relations_of(self.spec)

    def all(self, kind: type[C], entity: str | None = None) -> tuple[C, ...]:
        """All contributions of a type (its subclasses too), those of one entity where named."""
        if kind not in self._by_type:
            groups: dict[str | None, list[Any]] = {None: []}
            for value in (c.value for c in self.contributions if isinstance(c.value, kind)):
                groups[None].append(value)
                groups.setdefault(getattr(value, "entity", ""), []).append(value)
            self._by_type[kind] = {name: tuple(values) for name, values in groups.items()}
        return self._by_type[kind].get(entity, ())

    def one(self, kind: type[C]) -> C:
        """The only contribution of a type.

        Raises:
            PluginError: there is none, or more than one.
        """
        found = self.all(kind)
        if len(found) == 1:
            return found[0]
        names = ", ".join(sorted({c.plugin for c in self.contributions if isinstance(c.value, kind)})) or "nobody"
        raise PluginError(
            f"exactly one {kind.__name__} is needed, there are {len(found)} (from: {names})",
            how="enable one plugin that contributes it, in `plugins` of iopeer.toml",
        )

    def policy(self, entity: str) -> tuple[Policy, ...]:
        """Who may do what with an entity, a policy per role, in the order of the roles."""
        order = [role.name for role in self.spec.roles]
        known = self.all(Policy, entity)
        return tuple(sorted(known, key=lambda p: (order.index(p.role) if p.role in order else len(order), p.role)))

    def links_from(self, entity: str) -> tuple[Relation, ...]:
        """The links that rows of an entity hold, in the order of its fields."""
        return self._links[0].get(entity, ())

    def links_to(self, entity: str) -> tuple[Relation, ...]:
        """The links that point at an entity: its inverses, but for those of hidden fields."""
        return self._links[1].get(entity, ())

    def field(self, entity: str, name: str) -> Field | None:
        """A field of an entity, or none."""
        found = self._entities.get(entity)
        return found.field(name) if found else None

    def entity(self, name: str) -> Entity:
        """The entity with this identifier; a plugin's error where there is none."""
        found = self._entities.get(name)
        if found is None:
            raise PluginError(f"there is no entity {name!r} in the plan")
        return found

    @cached_property
    def _by_type(self) -> dict[type, dict[str | None, tuple[Any, ...]]]:
        """Contributions by type and entity, filled as they are asked for: a template asks per entity."""
        return {}

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.name: entity for entity in self.spec.entities}

    @cached_property
    def _links(self) -> tuple[dict[str, tuple[Relation, ...]], dict[str, tuple[Relation, ...]]]:
        """Relations by source, and by target."""
        outgoing: dict[str, tuple[Relation, ...]] = {}
        incoming: dict[str, tuple[Relation, ...]] = {}
        for relation in self.relations:
            outgoing[relation.source] = (*outgoing.get(relation.source, ()), relation)
            for target in () if relation.hidden else relation.targets:
                incoming[target] = (*incoming.get(target, ()), relation)
        return outgoing, incoming
