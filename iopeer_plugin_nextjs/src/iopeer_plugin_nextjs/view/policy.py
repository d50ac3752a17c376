"""Who may do what, as lib/permissions.ts writes it: grants per entity, role and verb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iopeer_core.blueprint.contributions import Access, Policy
from iopeer_core.blueprint.policy import SIGNED_IN, VERBS
from iopeer_core.model.names import identifier
from iopeer_core.model.spec import PUBLIC, Entity
from iopeer_core.model.ways import STEP

from iopeer_plugin_nextjs.view.expressions import Conditions
from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.naming import member, text
from iopeer_plugin_nextjs.view.writing import Condition, arrow, fit

EVERYTHING = "EVERYTHING"
_WHOLE = (Access(),)


@dataclass(frozen=True, kw_only=True, eq=False)
class Grants:
    """Writes the policies of one entity."""

    known: Known
    entity: Entity

    def roles(self) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...] | str]:
        """Per role that may do anything its verbs and their grants; `EVERYTHING` where nothing is held back."""
        found = ((self._role(one.role), one) for one in self.known.blueprint.policy(self.entity.name))
        return {role: self._verbs(policy) for role, policy in found if any(getattr(policy, verb) for verb in VERBS)}

    def _role(self, role: str) -> str:
        """The member of the role: what the account's field `role` holds, as the spec writes it."""
        if role in (PUBLIC, SIGNED_IN):
            return {PUBLIC: "public", SIGNED_IN: "signedIn"}[role]
        values = self.known.roles.values if self.known.roles else ()
        return member(next((value for value in values if identifier(value) == role), role))

    def _verbs(self, policy: Policy) -> tuple[tuple[str, tuple[str, ...]], ...] | str:
        if all(getattr(policy, verb) == _WHOLE for verb in VERBS):
            return EVERYTHING
        return tuple((verb, tuple(self._grants(getattr(policy, verb)))) for verb in VERBS if getattr(policy, verb))

    def _grants(self, accesses: tuple[Access, ...]) -> Iterator[str]:
        for access in accesses:
            parts = []
            rows = list(self._rows(access))
            if rows:
                condition = Condition.joined("&&", rows)
                taken = "row, account" if "account" in condition.text else "row"
                parts.append(arrow(f"rows: ({taken})", condition, 10, after=""))
            if access.fields:
                parts.append(f"fields: [{', '.join(text(name) for name in access.fields)}]")
            yield fit("{", parts, "}", 8, 98) if parts else "{}"

    def _rows(self, access: Access) -> Iterator[Condition]:
        """What a row says of itself; whose it is through other rows only the API knows."""
        own, where = access.rows.own, access.rows.where
        if own and STEP not in own:
            relation = self.known.relation(self.entity.name, own)
            yield Condition.of(f"row.{relation.keys[0] if relation else own} === account?.id")
        if where:
            yield Conditions(known=self.known, entity=self.entity.name).of(where)
