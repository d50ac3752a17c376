"""What a product is planned from: the united Spec, what follows from it, and who else is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from iopeer_core.blueprint.contributions import Memory, Policy
from iopeer_core.blueprint.policy import compile_policy
from iopeer_core.errors import PluginError
from iopeer_core.model.relations import Relation, relations_of
from iopeer_core.model.spec import Entity, Field, Spec


@dataclass(frozen=True, kw_only=True)
class Previous:
    """The last generation, read from the output folder's `.iopeer/`: what plugins need for migrations and merges."""

    spec: Spec
    files: Mapping[str, str] = field(default_factory=dict)  # path → SHA-256 of what was generated
    memories: Mapping[str, Memory] = field(default_factory=dict)  # by plugin
    tree: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)  # path → as it was generated
    folder: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)  # path → as it stands there

    def memory(self, plugin: str) -> Memory | None:
        """What a plugin wanted to know; None where it said nothing."""
        return self.memories.get(plugin)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What `after_plan` gets. What follows from the spec is computed once, when it is first asked for."""

    spec: Spec  # with everybody's additions
    account: str = ""  # the identifier of the entity that signs in
    plugins: tuple[str, ...] = ()  # the names of those that are enabled, sorted
    capabilities: Mapping[str, str] = field(default_factory=dict)  # what is provided → the plugin that provides it
    previous: Previous | None = None
    allow_drop: bool = False  # whether the user has agreed that data which the spec names no more go

    def has(self, name: str) -> bool:
        """Whether a plugin of this name is enabled, or one provides a capability of this name."""
        return name in self.plugins or name in self.capabilities

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Every link between entities, with effective on-delete, inverse and wire names."""
        return relations_of(self.spec)

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """Who may do what, compiled from the spec's permissions: one for each entity and role that may do something."""
        return compile_policy(self.spec, self.account)

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
