"""Rows that tell grants apart: those that a caller reaches and those that they do not, for the app's own tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import islice, product

from iopeer_core.blueprint.contributions import Access, RowRule
from iopeer_core.model.spec import Expr, ListType, LiteralKind, Scalar
from iopeer_core.model.spec import Field as SpecField
from iopeer_core.model.walk import fields_of, literals_of, truth

from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.literals import scalar_of
from iopeer_plugin_nextjs.view.naming import member
from iopeer_plugin_nextjs.view.samples import keys
from iopeer_plugin_nextjs.view.values import MOST, Json, holds

ME = "who.id"
"""The caller's id, as the tests write it."""
_PAST, _FUTURE = "1999-01-01", "2999-01-01"
_TEXTS = frozenset({Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN, Scalar.SLUG, Scalar.EMAIL, Scalar.COUNTRY})


@dataclass(frozen=True, slots=True)
class Sample:
    """A value of a field: as conditions compare it, and as a row of the tests has it."""

    value: Json | None
    code: str

    @classmethod
    def of(cls, value: Json | None) -> Sample:
        """A value that the wire carries."""
        return cls(value, json.dumps(value, ensure_ascii=False))


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

        None where some grant reaches all rows, or asks for a field of which no values are known here.

        Args:
            accesses: the caller's grants of one verb.

        Returns:
            The members that decide, and whether the caller reaches the row.
        """
        asked = [access.rows for access in accesses]
        wheres = [one.where for one in asked if one.where]
        links = [one.own for one in asked if one.own]
        names = dict.fromkeys([*links, *(name for where in wheres for name in fields_of(where))])
        samples = {name: list(self._samples(name, wheres)) for name in names}
        if not asked or not all(one.own or one.where for one in asked) or not all(samples.values()):
            return
        seen: set[tuple[tuple[bool, bool], ...]] = set()
        for values in islice(product(*samples.values()), MOST):
            row = dict(zip(samples, values, strict=True))
            found = tuple(_met(one, row) for one in asked)
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
            found = [Sample.of(value) for value in self._plain(item, literals)] if item and not relation else []
        yield from found
        if found and item and not item.required and not item.primary_key:
            yield Sample.of(None)

    def _linked(self, target: str) -> Iterator[Sample]:
        first, second = keys(self.known, target)
        if target == self.known.blueprint.account and self.signed_in:
            yield Sample(LiteralKind.ME.value, ME)
        yield Sample("another", second if target == self.known.blueprint.account else first)

    def _plain(self, item: SpecField, literals: Sequence[str]) -> Iterator[Json]:
        if isinstance(item.type, ListType):
            return
        choices, scalar = self.known.choices(self.entity, item), scalar_of(item.type)
        if choices:
            yield from choices.values
        elif scalar is Scalar.BOOLEAN:
            yield from (True, False)
        elif scalar in (Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY):
            near = [Decimal(one) + step for one in literals for step in (0, 1, -1)]
            for number in dict.fromkeys(near or [Decimal(1), Decimal(2)]):
                yield int(number) if scalar is Scalar.INTEGER else f"{number:f}"
        elif scalar in (Scalar.DATE, Scalar.DATETIME):
            yield from (day + ("T00:00:00Z" if scalar is Scalar.DATETIME else "") for day in (_PAST, _FUTURE))
        elif scalar in _TEXTS:
            yield from dict.fromkeys([*literals, "another"])


def _met(asked: RowRule, row: Mapping[str, Sample]) -> tuple[bool, bool]:
    """Whether a row is the caller's own as a grant asks, and whether its condition is true."""
    values = {name: sample.value for name, sample in row.items() if sample.value is not None}
    where = partial(holds, row=values, linked=frozenset())
    return asked.own is None or row[asked.own].code == ME, asked.where is None or truth(asked.where, where) is True
