"""Facts of an entity that its own tests are made of: who may do what, what its form asks for, what can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from iopeer_core.blueprint.account import ROLE
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Operation, Policy
from iopeer_core.blueprint.policy import SIGNED_IN, united
from iopeer_core.spec.model import Field, Scalar
from iopeer_core.spec.names import identifier

from iopeer_plugin_nextjs.view.entities import EntityView, Views
from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.literals import scalar_of
from iopeer_plugin_nextjs.view.samples import Samples

_TYPED = frozenset({Scalar.TEXT, Scalar.LONG_TEXT})


@dataclass(frozen=True)
class Trials:
    """The facts of one entity."""

    view: EntityView

    @property
    def row(self) -> list[str]:
        """The members of a row."""
        return self._samples.members(self.view.types.given(self.view.operation("read").output))

    @property
    def _samples(self) -> Samples:
        return Samples(known=self.view.known, entity=self.view.entity)

    @property
    def key(self) -> str:
        """The row's id."""
        return self._samples.key(self.view.name)

    @cached_property
    def callers(self) -> Mapping[str, Policy | None]:
        """What each role may do, by what the account's field `role` holds; "" where accounts have none."""
        policies = self.view.known.blueprint.policy(self.view.name)
        roles = self.view.views.roles
        if not roles:
            return {"": united(policies, SIGNED_IN)}
        return {role: united(policies, identifier(role)) for role in roles}

    @property
    def admin(self) -> str | None:
        """A caller who may do everything with all rows and fields; None where nobody may."""
        return next((role for role, policy in self.callers.items() if policy and _everything(policy)), None)

    def may(self, role: str, verb: str) -> bool:
        """Whether a role may do something with some row."""
        policy = self.callers[role]
        return policy is not None and bool(getattr(policy, verb))

    @property
    def missing(self) -> int:
        """How many fields an empty form asks for."""
        empty = {name for name, value in self.view.initial if value == "null" or value.endswith("?? null")}
        return sum(1 for name, rule in self.view.schema if name in empty and rule.startswith("required("))

    @cached_property
    def changed(self) -> Field | None:
        """A field whose text can be changed in a row that is valid as it is; None where that cannot be told."""
        entity = self.view.entity
        if entity.rules or any(item.pattern and item.required for item in entity.fields):
            return None
        typed = (item for item in entity.fields if self._is_typed(item))
        return next(typed, None)

    def _is_typed(self, item: Field) -> bool:
        offered = any(one.name == item.name for one in self.view.fields.edited)
        plain = not item.hidden and not item.pattern and item.maximum is None and item.minimum is None
        return offered and plain and scalar_of(item.type) in _TYPED and item != self.view.key


def _everything(policy: Policy) -> bool:
    accesses = [*policy.create, *policy.read, *policy.update, *policy.delete]
    whole = all(not access.fields and access.rows.own is None and access.rows.where is None for access in accesses)
    return whole and all((policy.create, policy.read, policy.update, policy.delete))


def names(blueprint: Blueprint) -> Mapping[str, object]:
    """The names that the templates of tests use.

    Args:
        blueprint: the plan.
    """
    views = Views(Known(blueprint=blueprint))
    return {"trials": Trials, "account_sample": _account(views.account)}


def _account(view: EntityView) -> list[str]:
    """The members of whoever is signed in: the row's, as far as they are told, and its name."""
    me = next((one for one in view.known.blueprint.all(Operation, "") if one.verb == "auth.me"), None)
    shapes = me.output if me else ()
    samples = Samples(known=view.known, entity=view.entity)
    plain = [shape for shape in shapes if shape.name not in ("label", ROLE)]
    role = ["role"] if any(shape.name == ROLE for shape in shapes) else []
    return [*samples.members(plain), 'label: "Ada"', *role]
