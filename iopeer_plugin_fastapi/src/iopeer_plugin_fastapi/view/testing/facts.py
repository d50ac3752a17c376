"""What the generated tests know of one entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Protocol

from iopeer_core.blueprint.contributions import Policy
from iopeer_core.blueprint.parameters import plain_parameters
from iopeer_core.blueprint.policy import SIGNED_IN, VERBS, united
from iopeer_core.model.examples import DATED, NUMBERS
from iopeer_core.model.formats import FREE_TEXTS, ORDERED, TEXTUAL, operators_of
from iopeer_core.model.keeping import literals_in, plain_row, tied, together, truth
from iopeer_core.model.keys import TIMESTAMPS
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import (
    CheckRule,
    Compare,
    Expr,
    Field,
    FieldRef,
    LiteralKind,
    Scalar,
    ScalarType,
)
from iopeer_core.model.spec import UniqueRule as Unique
from iopeer_core.model.walk import fields_of, literals_of

from iopeer_plugin_fastapi.view.entity import EntityView
from iopeer_plugin_fastapi.view.naming import quoted, wrapped
from iopeer_plugin_fastapi.view.testing.beside import beside
from iopeer_plugin_fastapi.view.testing.logic import assignments, ordered, terms
from iopeer_plugin_fastapi.view.testing.parts import Needed, RuleCase, Union
from iopeer_plugin_fastapi.view.testing.samples import Bound, Sample, Values
from iopeer_plugin_fastapi.view.types import digits

TRIED = 60
"""For how many rows the rules are tried on the sample values."""
ROOMY = 30
"""Characters that the texts of the search tests take."""


class Tests(Protocol):
    """What the tests of an entity ask of those of the whole app."""

    @property
    def by_name(self) -> Mapping[str, Facts]:
        """The entities, by name."""

    def members(self, facts: Facts, names: Iterable[str]) -> tuple[str, ...]:
        """The wire names of fields."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """One entity, as the tests see it."""

    tests: Tests
    view: EntityView

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {item.name: item for item in self.view.entity.fields}

    @cached_property
    def _relations(self) -> dict[str, Relation]:
        return {r.field: r for r in self.view.app.blueprint.links_from(self.view.name)}

    def target(self, link: str) -> Facts | None:
        """The entity to which a link leads, where rows of it can be made."""
        return self.tests.by_name.get(self._relations[link].target)

    @cached_property
    def plain(self) -> tuple[Field, ...]:
        """The fields that hold a value and that clients write."""
        return tuple(f for f in self.view.entity.fields if not (f.is_link or f.read_only or f.hidden))

    @cached_property
    def written(self) -> tuple[Field, ...]:
        """The plain fields, and those that a body must give although nobody reads them."""
        hidden = (f for f in self.view.entity.fields if f.hidden and f.required and not (f.is_link or f.read_only))
        return (*self.plain, *hidden)

    @property
    def keys(self) -> frozenset[str]:
        """The declared primary key, which never changes."""
        return frozenset(item.name for item in self.plain if item.primary_key)

    # -- rules

    @cached_property
    def rules(self) -> tuple[CheckRule, ...]:
        """The check rules."""
        return tuple(rule for rule in self.view.entity.rules if isinstance(rule, CheckRule))

    @cached_property
    def ruled(self) -> frozenset[str]:
        """The fields that rules are about."""
        return frozenset(name for rule in self.rules for name in fields_of(rule.expr))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """A rank per field: those that a rule wants to be later have a higher one."""
        ranks = {item.name: number for number, item in enumerate(self.written)}
        pairs = [pair for rule in self.rules for pair in ordered(rule.expr)]
        for _ in range(len(ranks)):
            for earlier, later in pairs:
                if earlier in ranks and later in ranks and ranks[earlier] >= ranks[later]:
                    ranks[later] = ranks[earlier] + 1
        compared = {name for pair in pairs for name in pair}
        dated = {f.name for f in self.written if isinstance(f.type, ScalarType) and f.type.scalar in DATED}
        return {name: rank if name in compared | dated else 0 for name, rank in ranks.items()}

    def _is_coming(self, name: str) -> bool:
        """Whether a rule wants a date to be after the present, or after the row was made."""
        pairs = {pair for rule in self.rules for pair in ordered(rule.expr)}
        return any((stamp, name) in pairs for stamp in (*TIMESTAMPS, "now", "today"))

    @cached_property
    def values(self) -> dict[str, Values]:
        """Makes the values of each field that bodies hold; those of rules that need it are found together."""
        found = self._alone
        for names in self._groups(found):
            for name, usual in self._together(names, found).items():
                found = {**found, name: replace(found[name], usual=usual)}
        return found

    @property
    def _alone(self) -> dict[str, Values]:
        """The values of each field, as far as they can be made of the number of a body alone."""
        known = self.view.app.known
        found = {}
        for item in self.written:
            kind = item.type.kind
            choices = known.choices(item) if kind in {"enum", "choice"} or _is_choice_list(item) else ()
            values = Values(
                item=item,
                choices=choices,
                later=self._ranks[item.name],
                coming=self._is_coming(item.name),
                least=self._bound(item.name, ">", ">="),
                most=self._bound(item.name, "<", "<="),
            )
            found[item.name] = replace(values, usual=self._usual(values))
        return found

    def _groups(self, found: Mapping[str, Values]) -> Iterator[tuple[str, ...]]:
        """The fields of rules that values made alone break, with those that other rules tie to them."""
        broken = (rule for rule in self.rules if not self._holds(rule, found, frozenset(found)))
        groups = {tied((r.expr for r in self.rules), fields_of(rule.expr)[0]) for rule in broken}
        for group in sorted(groups, key=sorted):
            yield tuple(name for name in found if name in group)

    def _together(self, names: tuple[str, ...], found: Mapping[str, Values]) -> dict[str, tuple[object, ...]]:
        """A few values for each of some fields that keep all rules when they stand in one row; none where none do."""
        rules = [rule.expr for rule in self.rules if {*fields_of(rule.expr)} & {*names}]
        rows = together(self.view.entity, rules, {name: found[name] for name in names})
        return {name: tuple(row[name] for row in rows) for name in names} if rows else {}

    def _bound(self, name: str, strict: str, weak: str) -> Bound | None:
        """The number or date that a rule compares a field with, and whether the field may have it."""
        for expr in (term for rule in self.rules for term in terms(rule.expr)):
            if not isinstance(expr, Compare) or isinstance(expr.right, FieldRef):
                continue
            fixed = expr.right.kind in {LiteralKind.NUMBER, LiteralKind.DATE}
            if expr.left == name and expr.op in {strict, weak} and fixed:
                return expr.right.value, expr.op == weak
        return None

    def _usual(self, values: Values) -> tuple[object, ...]:
        """The few values that bodies hold, none where they are made of a number.

        Of choices those that keep the rules about the field alone; of other fields, literals of such rules where
        hardly anything else keeps them.
        """
        name, few = values.item.name, values.few
        alone = [rule.expr for rule in self.rules if fields_of(rule.expr) == [name]]
        texts = [text for expr in alone for text in literals_of(expr, name)]
        read = {f"{name}:{text}": values.read(text) for text in texts}

        def kept(value: object) -> bool:
            return all(truth(expr, {name: value}, read) is not False for expr in alone)

        if few or all(kept(values.comparable(number)) for number in range(TRIED)):
            return tuple(filter(kept, few)) or few
        return tuple(value for value in values.candidates(texts) if value is not None and kept(value))

    @cached_property
    def row(self) -> dict[str, object]:
        """A body as values that rules compare; what is left out is null."""
        return self.bodies[0]

    @cached_property
    def bodies(self) -> tuple[dict[str, object], ...]:
        """Some of the bodies, which differ by their numbers, as rows."""
        names = [name for name in self.values if name not in self._left_out]
        return tuple(self._row(number, names, self.values) for number in range(1, TRIED))

    def _row(self, number: int, names: Iterable[str], values: Mapping[str, Values]) -> dict[str, object]:
        """Some fields of a body; all others have their default, or are null."""
        return plain_row(self.view.entity) | {name: values[name].comparable(number) for name in names}

    def _holds(self, rule: CheckRule, values: Mapping[str, Values], given: frozenset[str]) -> bool:
        """Whether bodies with some of the fields keep a rule."""
        names = [name for name in fields_of(rule.expr) if name in values and name in given]
        read = self.read(rule.expr)
        rows = (self._row(number, names, values) for number in range(1, TRIED))
        return all(truth(rule.expr, row, read) is not False for row in rows)

    def _keeps(self, rule: CheckRule, left_out: frozenset[str]) -> bool:
        """Whether bodies keep a rule, without some of the fields."""
        return self._holds(rule, self.values, frozenset(self.values) - left_out)

    def read(self, expr: Expr) -> dict[str, object]:
        """The literals of a rule."""
        return literals_in(expr, self.view.entity)

    @cached_property
    def _left_out(self) -> frozenset[str]:
        """Optional fields that bodies leave out: no value of theirs keeps a rule, or none was found."""
        empty = {name for name, values in self.values.items() if values.usual == (None,)}
        broken = (rule for rule in self.rules if not self._keeps(rule, frozenset(empty)))
        names = (name for rule in broken for name in fields_of(rule.expr))
        return frozenset(empty | {name for name in names if name in self.values and self._is_optional(name)})

    @cached_property
    def beside(self) -> dict[str, dict[str, str]]:
        """What a body must hold with an optional link, because rules want both or neither: by wire name, in Python."""
        rules = [rule.expr for rule in self.rules]
        found: dict[str, dict[str, str]] = {}
        for link in self._relations.values():
            if link.kind != "many" and not link.required:
                values = beside(link.field, self.view.entity, rules, self.row, self.values)
                found |= dict.fromkeys(link.keys, values) if values else {}
        return found

    def _is_optional(self, name: str) -> bool:
        return not (self._by_name[name].required or self._by_name[name].primary_key)

    @cached_property
    def keeps_rules(self) -> bool:
        """Whether all bodies keep all rules."""
        return all(self._keeps(rule, self._left_out) for rule in self.rules)

    @cached_property
    def pinned(self) -> tuple[str, ...]:
        """What a body need not give and must all the same: without it, or with its default, a rule is broken."""
        free = [name for name in self.samples if name not in self.minimal]
        least = self._row(1, [name for name in self.minimal if name in self.values], self.values)
        broken = [rule for rule in self.rules if truth(rule.expr, least, self.read(rule.expr)) is False]
        wanted = {name for rule in broken for name in fields_of(rule.expr)}
        left = self._left_out
        wanted |= {name for name in free for rule in self.rules if not self._keeps(rule, left | {name})}
        null = {name: self.row | {name: None} for name in free if self._is_optional(name)}
        wanted |= {n for n, row in null.items() for r in self.rules if truth(r.expr, row, self.read(r.expr)) is False}
        return tuple(name for name in free if name in wanted)

    @cached_property
    def broken(self) -> tuple[RuleCase, ...]:
        """For each rule, values that break it and no other."""
        return tuple(case for rule in self.rules for case in islice(self._cases(rule, wanted=False), 1))

    @cached_property
    def kept(self) -> tuple[RuleCase, ...]:
        """For each rule, values for which it holds, nulls among them."""
        return tuple(case for rule in self.rules for case in self._kept(rule))

    def _kept(self, rule: CheckRule) -> Iterator[RuleCase]:
        for number, case in enumerate(self._cases(rule, wanted=True)):
            null = "None" in case.values.values()
            if null or number == 0:
                yield case
            if null:
                return

    def _cases(self, rule: CheckRule, *, wanted: bool) -> Iterator[RuleCase]:
        names = fields_of(rule.expr)
        if not all(name in self.values or name in TIMESTAMPS for name in names):
            return
        free = [name for name in names if name in self.values]
        candidates = {n: self.values[n].candidates(list(literals_of(rule.expr, n))) for n in free}
        literals = [(other, self.read(other.expr)) for other in self.rules]
        for chosen in assignments(candidates):
            rows = (row | chosen for row in self.bodies)
            verdicts = ((r, truth(r.expr, row, read) is not False) for row in rows for r, read in literals)
            if all(kept is (wanted or r is not rule) for r, kept in verdicts):
                yield self._case(rule, chosen)

    def _case(self, rule: CheckRule, chosen: Mapping[str, object]) -> RuleCase:
        values = {name: self.values[name].code(value) for name, value in chosen.items()}
        return RuleCase(values=values, field=fields_of(rule.expr)[0], message=rule.message)

    # -- bodies

    @cached_property
    def samples(self) -> dict[str, Sample]:
        """The fields of bodies that are no links."""
        return {name: values.sample for name, values in self.values.items() if name not in self._left_out}

    @cached_property
    def needed(self) -> tuple[Needed, ...]:
        """The links that a body must have."""
        return tuple(self._needed(read_only=False))

    @cached_property
    def given(self) -> tuple[Needed, ...]:
        """The links that the server fills in, and that a stored row must have."""
        return tuple(self._needed(read_only=True))

    def _needed(self, *, read_only: bool) -> Iterator[Needed]:
        for name, relation in self._relations.items():
            if relation.kind == "one" and relation.required and self._by_name[name].read_only is read_only:
                yield Needed(key=relation.keys[0], to=self.view.app.view(relation.target))

    @cached_property
    def unions(self) -> tuple[Union, ...]:
        """The links to one of several entities that clients write."""
        return tuple(
            Union(keys=r.keys, targets=tuple(map(self.view.app.view, r.targets)), required=r.required)
            for name, r in self._relations.items()
            if r.kind == "subject" and not self._by_name[name].read_only
        )

    @cached_property
    def minimal(self) -> tuple[str, ...]:
        """What a POST must give."""
        keys = {name: relation.keys for name, relation in self._relations.items()}
        found: list[str] = []
        for item in self.view.entity.fields:
            relation = self._relations.get(item.name)
            if item.read_only or not item.required or item.default or (relation and relation.kind == "many"):
                continue
            if not item.is_link:
                found.append(item.name)
            elif relation:
                found.append(keys[item.name][0])
        return tuple(found)

    @cached_property
    def not_null(self) -> tuple[str, ...]:
        """What is never null."""
        plain = [item.name for item in self.written if item.required]
        return tuple(plain + [needed.key for needed in self.needed])

    @cached_property
    def defaults(self) -> dict[str, str]:
        """Defaults that are the same for every row, as JSON gives them, in Python."""
        found = {f.name: f for f in self.plain if f.default and f.name not in self.moving}
        return {name: self._literal(item) for name, item in found.items()}

    def _literal(self, item: Field) -> str:
        value = item.default.value if item.default else ""
        if isinstance(item.type, ScalarType):
            if item.type.scalar is Scalar.INTEGER:
                return str(int(value))
            if item.type.scalar in NUMBERS:
                return quoted(f"{Decimal(value):.{digits(item.type)[1]}f}")
            if item.type.scalar is Scalar.BOOLEAN:
                return "True" if value == "yes" else "False"
        return wrapped(value)

    @cached_property
    def unique(self) -> tuple[tuple[str, ...], ...]:
        """The fields that are unique, alone or together, as far as bodies hold them.

        What holds a smaller group says nothing more, and its own error is never seen.
        """
        groups: list[tuple[str, ...]] = [(item.name,) for item in self.view.entity.fields if item.unique]
        groups += [r.fields for r in self.view.entity.rules if isinstance(r, Unique)]
        wires = {name: relation.keys for name, relation in self._relations.items()}
        keys = {*self.samples, *(needed.key for needed in self.needed)}
        found = (tuple(key for name in group for key in wires.get(name, (name,))) for group in groups)
        held = tuple(dict.fromkeys(group for group in found if keys.issuperset(group)))
        return tuple(group for group in held if not any(set(other) < set(group) for other in held))

    @cached_property
    def read_only(self) -> tuple[str, ...]:
        """What no client may write."""
        found: list[str] = []
        for item in self.view.entity.fields:
            if item.read_only:
                relation = self._relations.get(item.name)
                found += relation.keys if relation else () if item.is_link else (item.name,)
        return tuple(found)

    # -- filters

    @cached_property
    def _shown(self) -> tuple[str, ...]:
        """The fields of bodies that answers hold too, and that filters call by their names."""
        parameters = plain_parameters(self.view.entity)
        return tuple(name for name in self.samples if not self._by_name[name].hidden and name not in parameters)

    def _filtered(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in self._shown if operators_of(self._by_name[name].type) == wanted)

    @property
    def exact(self) -> tuple[str, ...]:
        """Choices."""
        return tuple(name for name in self._shown if self._by_name[name].type.kind in {"enum", "choice"})

    @property
    def ordered(self) -> tuple[str, ...]:
        """What lists filter by less and more, where three rows in a row surely differ."""
        return tuple(name for name in self._filtered(ORDERED) if self.values[name].varied)

    @property
    def moving(self) -> tuple[str, ...]:
        """What has a default that tests do not compare: the present moment, or a value with several spellings."""
        kinds = {LiteralKind.NOW, LiteralKind.TODAY}
        odd = {Scalar.DATETIME, Scalar.TIME, Scalar.DURATION, Scalar.JSON, Scalar.UUID}
        with_default = ((f, f.default) for f in self.plain if f.default)
        plain = tuple(f.name for f, d in with_default if d.kind in kinds or _scalar(f) in odd)
        return (*plain, *(needed.key for needed in self.needed if needed.key in self.view.mine))

    @property
    def constant(self) -> tuple[str, ...]:
        """What two rows in a row may have the same value of, such as a choice of one role."""
        return tuple(n for n in self.samples if not self._by_name[n].hidden and self.values[n].repeats)

    @property
    def labelled(self) -> bool:
        """Whether labels are spelled as the field that they show."""
        item = self.view.labelled_by
        odd = NUMBERS | DATED | {Scalar.BOOLEAN, Scalar.TIME, Scalar.DURATION, Scalar.UUID, Scalar.JSON}
        return item is None or (not item.is_link and _scalar(item) not in odd - {Scalar.INTEGER})

    @property
    def textual(self) -> tuple[str, ...]:
        """Texts."""
        return self._filtered(TEXTUAL)

    @property
    def unsortable(self) -> tuple[str, ...]:
        """JSON, lists, and what nobody reads."""
        fields = {name: self._by_name[name] for name in self.samples}
        return tuple(name for name, item in fields.items() if item.hidden or not operators_of(item.type))

    @property
    def searchable(self) -> tuple[str, ...]:
        """What `q` searches, where the texts of the tests fit."""
        return tuple(
            name
            for name in self.view.searchable
            if name in self.values
            and name not in self.ruled
            and self.values[name].scalar in {Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN}
            and not self._by_name[name].pattern
            and self.values[name].longest >= ROOMY
            and self.values[name].shortest <= 8
        )

    @property
    def invalid(self) -> tuple[tuple[str, str], ...]:
        """Fields and values that they refuse."""
        return tuple((name, code) for name, values in self.values.items() for code in values.refused())

    @property
    def lengths(self) -> tuple[tuple[str, int | None, int | None], ...]:
        """Texts, and the least and the most characters that they may have, where there is a limit."""
        texts = ((name, v.shortest, v.most_told) for name, v in self.values.items() if v.scalar in FREE_TEXTS)
        return tuple((name, least or None, most) for name, least, most in texts if least or most)

    @property
    def borderline(self) -> tuple[tuple[str, str], ...]:
        """Fields and the last values that they take, where no rule stands in the way and answers show them."""
        apart = self.ruled | {item.name for item in self.written if item.hidden}
        found = ((name, code) for name, v in self.values.items() if name not in apart for code in v.borderline())
        return tuple(found)

    @property
    def converted(self) -> tuple[str, ...]:
        """Moments that take any value: their offset is converted."""
        free = (f for f in self.plain if _scalar(f) is Scalar.DATETIME and f.minimum is None and f.maximum is None)
        return tuple(item.name for item in free if item.name not in self.ruled)

    # -- who may do what

    def united(self, role: str | None) -> Policy | None:
        """All that a caller may do."""
        return united(self.view.app.blueprint.policy(self.view.name), role)

    @cached_property
    def managed(self) -> bool:
        """Whether the first role (or any signed-in caller) may do all with every row: then the tests use it."""
        return self._whole and not self.view.has_own_key

    @property
    def named_key(self) -> str:
        """The key that the spec declares, of rows with which the first role may do all; "" for none."""
        name = self.view.named_key if self._whole else ""
        return "" if name in plain_parameters(self.view.entity) else name

    @cached_property
    def _whole(self) -> bool:
        roles = self.view.app.roles
        policy = self.united(roles[0].name if roles else SIGNED_IN)
        whole = policy is not None and all(
            any(not (a.rows.own or a.rows.where or a.fields) for a in getattr(policy, verb)) for verb in VERBS
        )
        stored = {
            item.name for item in self.view.entity.fields if item.read_only and item.required and not item.default
        }
        return whole and self.keeps_rules and not (stored - {"role"})


def _is_choice_list(item: Field) -> bool:
    return item.type.kind == "list" and item.type.item.kind in {"enum", "choice"}


def _scalar(item: Field) -> Scalar | None:
    return item.type.scalar if isinstance(item.type, ScalarType) else None
