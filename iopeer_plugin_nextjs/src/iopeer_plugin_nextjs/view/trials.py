"""Facts of an entity that its own tests are made of: who may do what, what its form asks for, what can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Access, Operation, Policy
from iopeer_core.blueprint.policy import SIGNED_IN, VERBS, united
from iopeer_core.model.account import ROLE
from iopeer_core.model.names import identifier
from iopeer_core.model.spec import Field, Scalar

from iopeer_plugin_nextjs.view.entities import EntityView, Views
from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.literals import scalar_of
from iopeer_plugin_nextjs.view.naming import text
from iopeer_plugin_nextjs.view.reached import Reached
from iopeer_plugin_nextjs.view.samples import Samples
from iopeer_plugin_nextjs.view.writing import WIDTH, fit

_TYPED = frozenset({Scalar.TEXT, Scalar.LONG_TEXT})
_SIMPLE = frozenset({"TextField", "LongTextField", "NumberField", "ChoiceField", "DateField"})
"""Components with one control, whose value is the row's."""


@dataclass(frozen=True, slots=True)
class Case:
    """What somebody may do."""

    title: str
    who: str  # "account()", "null"
    expected: tuple[str, ...]


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

    @property
    def cases(self) -> Iterator[Case]:
        """What each role, and whoever is not signed in, may do: with some row, and with rows that tell grants apart."""
        for role, policy in self.callers.items():
            title = f"{role}: what the spec grants" if role else "whoever is signed in: everything"
            who = f"account({text(role) if role else ''})"
            yield Case(title, who, tuple(self._expected(policy, signed_in=True)))
        visitor = united(self.view.known.blueprint.policy(self.view.name), None)
        yield Case("a visitor: what is granted to everybody", "null", tuple(self._expected(visitor, signed_in=False)))

    def _expected(self, policy: Policy | None, *, signed_in: bool) -> Iterator[str]:
        reached = Reached(known=self.view.known, entity=self.view.name, signed_in=signed_in)
        for verb in VERBS:
            accesses: tuple[Access, ...] = getattr(policy, verb) if policy else ()
            call = f"can(who, {text(verb)}, {text(self.view.name)}"
            yield _expect(f"{call})", allowed=bool(accesses))
            for members, allowed in reached.rows(accesses):
                yield _expect(fit(f"{call}, {{", members, "})", 6, WIDTH - 1), allowed=allowed)

    @property
    def missing(self) -> int:
        """How many fields an empty form asks for."""
        empty = {name for name, value in self.view.initial if _is_empty(value)}
        fields = sum(1 for name, rule in self.view.schema if name in empty and rule.startswith("required("))
        return fields + len(self.view.subjects)

    @cached_property
    def changed(self) -> Field | None:
        """A field whose text can be changed in a row that is valid as it is; None where that cannot be told."""
        entity = self.view.entity
        if entity.rules or any(item.pattern and item.required for item in entity.fields):
            return None
        typed = (item for item in entity.fields if self._is_typed(item))
        return next(typed, None)

    @cached_property
    def held(self) -> str | None:
        """A field whose control holds what its row does; None where there is no simple one."""
        simple = {one.name for one in self.view.fields.edited if one.component in _SIMPLE and not one.symbol}
        shown = (item for item in self.view.entity.fields if item.name in simple and not item.hidden)
        return next((item.name for item in shown if item.required and not item.primary_key), None)

    def _is_typed(self, item: Field) -> bool:
        offered = any(one.name == item.name for one in self.view.fields.edited)
        plain = not item.hidden and not item.pattern and item.maximum is None and item.minimum is None
        return offered and plain and scalar_of(item.type) in _TYPED and item != self.view.key


def _is_empty(value: str) -> bool:
    """Whether a new form starts with nothing there."""
    return value == "null" or value.endswith("?? null") or value.startswith("toText(row?.")


def _expect(call: str, *, allowed: bool) -> str:
    told = "true" if allowed else "false"
    line = f"expect({call}).toBe({told});"
    return line if len(line) + 4 <= WIDTH and "\n" not in line else f"expect(\n      {call},\n    ).toBe({told});"


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
