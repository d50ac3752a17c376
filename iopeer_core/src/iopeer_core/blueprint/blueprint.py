"""What will be built: the plan plus all contributions, sorted, the same for every order of plugins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from iopeer_core.blueprint.contributions import Contributed, Contribution, Policy
from iopeer_core.blueprint.plan import Plan, Previous
from iopeer_core.errors import PluginError
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import Entity, Field, Spec

C = TypeVar("C", bound=Contribution)


@dataclass(frozen=True, kw_only=True)
class Blueprint:
    """The plan and all that is contributed to it, sorted by type, key and plugin; the policies of the core included."""

    plan: Plan
    contributions: tuple[Contributed, ...] = ()

    @property
    def spec(self) -> Spec:
        """The united spec."""
        return self.plan.spec

    @property
    def account(self) -> str:
        """The identifier of the entity that signs in."""
        return self.plan.account

    @property
    def previous(self) -> Previous | None:
        """The last generation, where there was one."""
        return self.plan.previous

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Every link between entities, with effective on-delete, inverse and wire names."""
        return self.plan.relations

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
        return self.plan.links_from(entity)

    def links_to(self, entity: str) -> tuple[Relation, ...]:
        """The links that point at an entity: its inverses, but for those of hidden fields."""
        return self.plan.links_to(entity)

    def field(self, entity: str, name: str) -> Field | None:
        """A field of an entity, or none."""
        return self.plan.field(entity, name)

    def entity(self, name: str) -> Entity:
        """The entity with this identifier; a plugin's error where there is none."""
        return self.plan.entity(name)

    @cached_property
    def _by_type(self) -> dict[type, dict[str | None, tuple[Any, ...]]]:
        """Contributions by type and entity, filled as they are asked for: a template asks per entity."""
        return {}
