"""Who may do what, as the grants that a service declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iopeer_core.blueprint.contributions import Access, Policy
from iopeer_core.blueprint.policy import SIGNED_IN, VERBS
from iopeer_core.model.spec import PUBLIC
from iopeer_core.model.ways import STEP

from iopeer_plugin_fastapi.view.columns import Schema
from iopeer_plugin_fastapi.view.expressions import condition
from iopeer_plugin_fastapi.view.names import Known
from iopeer_plugin_fastapi.view.naming import quoted, variable


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePolicy:
    """The grants of one role: `role` is a Python expression, `grants` are calls of `engine.Grant(...)`."""

    role: str
    grants: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Grants:
    """Writes the policies of one entity."""

    known: Known
    schema: Schema

    def policies(self) -> Iterator[RolePolicy]:
        """Those of the roles that may do anything, in the order of the roles; the public's last."""
        entity = self.schema.entity.name
        order = {role.name: number for number, role in enumerate(self.known.spec.roles)}
        for policy in sorted(self.known.blueprint.policy(entity), key=lambda p: order.get(p.role, len(order))):
            grants = tuple(self._grants(policy))
            if grants:
                yield RolePolicy(role=self._role(policy.role), grants=grants)

    def public(self, verb: str) -> bool:
        """Whether callers who are not signed in may do something to some rows."""
        policies = self.known.blueprint.policy(self.schema.entity.name)
        return any(getattr(policy, verb) for policy in policies if policy.role == PUBLIC)

    def _role(self, role: str) -> str:
        if role == PUBLIC:
            return "engine.PUBLIC"
        if role == SIGNED_IN:
            return "engine.SIGNED_IN"
        enum = self.known.role_enum
        values = self.known.choices(self.known.role) if self.known.role else ()
        from iopeer_core.model.names import identifier

        value = next((value for value in values if identifier(value) == role), role)
        return enum.literals[value] if enum else quoted(role)

    def _grants(self, policy: Policy) -> Iterator[str]:
        verbs: dict[Access, list[str]] = {}
        for verb in VERBS:
            for access in getattr(policy, verb):
                verbs.setdefault(access, []).append(verb)
        everybody = [
            p for p in self.known.blueprint.policy(policy.entity) if p.role == PUBLIC and p.role != policy.role
        ]
        for access, names in verbs.items():
            if any(all(access in getattr(public, verb) for verb in names) for public in everybody):
                continue  # what everybody may do is said once
            shown = ["ALL"] if len(names) == len(VERBS) else [name.upper() for name in names]
            parts = [" | ".join(f"engine.Verb.{name}" for name in shown)]
            if access.rows.own:
                parts.append(f"own={quoted(self._own(access.rows.own))}")
            if access.rows.where:
                where = condition(access.rows.where, self.schema.operand, variable(self.schema.entity.name))
                parts.append(f"where={where}")
            if access.fields:
                parts.append(f"only={self._only(access.fields)}")
            yield f"engine.Grant({', '.join(parts)})"

    def _own(self, way: str) -> str:
        """The columns that lead to the caller, in the entities on the way."""
        blueprint, here, columns = self.known.blueprint, self.schema.entity.name, list[str]()
        for step in way.split(STEP):
            relation = next((one for one in blueprint.links_from(here) if one.field == step), None)
            columns.append(relation.keys[0] if relation else step)
            here = relation.target if relation else here
        return STEP.join(columns)

    def _only(self, fields: tuple[str, ...]) -> str:
        """The wire names that the fields are granted by: a link's column, or the name of a set."""
        names = [quoted(key) for name in fields for key in self._granted(name)]
        return f"({', '.join(names)}{',' * (len(names) == 1)})"

    def _granted(self, name: str) -> tuple[str, ...]:
        return tuple(column.key for column in self.schema.columns_of(name)) or (name,)
