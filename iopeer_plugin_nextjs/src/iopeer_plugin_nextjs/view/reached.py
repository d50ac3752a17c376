"""Rows that tell grants apart: those that a caller reaches and those that they do not, for the app's own tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from iopeer_core.blueprint.contributions import Access, RowRule
from iopeer_core.model.examples import Examples
from iopeer_core.model.keeping import literals_in, truth
from iopeer_core.model.spec import Expr, ListType, LiteralKind
from iopeer_core.model.spec import Field as SpecField
from iopeer_core.model.walk import fields_of, literals_of
from iopeer_core.model.ways import STEP

from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.naming import member
from iopeer_plugin_nextjs.view.samples import keys

ME = "who.id"
"""The caller's id, as the tests write it."""
MOST = 4000
"""How many combinations are tried before rows are given up."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A value of a field: as conditions compare it, and as a row of the tests has it."""

    value: object
    code: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Reached:
    """Makes the rows of one entity.

    Args:
        known: the plan.
        entity: whose rows.
        signed_in: whether the caller has an account.
    """

    known: Known
    entity: str
    signed_in: bool

    def rows(self, accesses: Sequence[Access]) -> Iterator[tuple[list[str], bool]]:
        """One row for each combination of what grants ask for: own or not, their condition true or not.

        None where some grant reaches all rows, or asks for what is not known here: a field's values, other rows.

        Args:
            accesses: the caller's grants of one verb.

        Returns:
            The members that decide, and whether the caller reaches the row.
        """
        asked = [access.rows for access in accesses]
        wheres = [one.where for one in asked if one.where]
        links = [one.own for one in asked if one.own]
        if any(STEP in link for link in links):
            return
        names = dict.fromkeys([*links, *(name for where in wheres for name in fields_of(where))])
        samples = {name: list(self._samples(name, wheres)) for name in names}
        if not asked or not all(one.own or one.where for one in asked) or not all(samples.values()):
            return
        seen: set[tuple[tuple[bool, bool], ...]] = set()
        for values in islice(product(*samples.values()), MOST):
            row = dict(zip(samples, values, strict=True))
            found = tuple(self._met(one, row) for one in asked)
            reached = found.count((True, True))
            if reached <= 1 and found not in seen:  # what two grants reach tells nothing of either
                seen.add(found)
                yield [f"{self._member(name)}: {one.code}" for name, one in row.items()], reached == 1

    def _member(self, name: str) -> str:
        relation = self.known.relation(self.entity, name)
        return member(relation.keys[0] if relation else name)

    def _samples(self, name: str, wheres: Sequence[Expr]) -> Iterator[Sample]:
        """Values on both sides of what a field is compared with; none where they are not known."""
        item, relation = self.known.blueprint.field(self.entity, name), self.known.relation(self.entity, name)
        if name == "id" or (relation and relation.kind == "one"):
            found = list(self._linked(relation.target if relation else self.entity))
        else:
            literals = [literal for where in wheres for literal in literals_of(where, name)]
            found = list(self._plain(item, literals)) if item and not relation else []
        yield from found
        if found and item and not item.required and not item.primary_key:
            yield Sample(None, "null")

    def _linked(self, target: str) -> Iterator[Sample]:
        first, second = keys(self.known, target)
        if target == self.known.blueprint.account and self.signed_in:
            yield Sample(LiteralKind.ME.value, ME)
        yield Sample("another", second if target == self.known.blueprint.account else first)

    def _plain(self, item: SpecField, literals: Sequence[str]) -> Iterator[Sample]:
        choices = self.known.choices(self.entity, item)
        example = Examples(item=item, choices=choices.values if choices and not isinstance(item.type, ListType) else ())
        for value in example.candidates(literals):
            if value is not None:
                yield Sample(value, json.dumps(example.wire(value), ensure_ascii=False))

    def _met(self, asked: RowRule, row: Mapping[str, Sample]) -> tuple[bool, bool]:
        """Whether a row is the caller's own as a grant asks, and whether its condition is true."""
        own = asked.own is None or row[asked.own].code == ME
        if asked.where is None:
            return own, True
        values = {name: sample.value for name, sample in row.items()}
        read = literals_in(asked.where, self.known.blueprint.entity(self.entity))
        return own, truth(asked.where, values, read) is True
