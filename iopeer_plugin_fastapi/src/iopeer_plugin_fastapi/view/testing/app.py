"""What the generated tests know of the whole app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from iopeer_core.blueprint.contributions import Policy
from iopeer_core.blueprint.parameters import plain_parameters
from iopeer_core.blueprint.policy import SIGNED_IN
from iopeer_core.model.keys import key_field
from iopeer_core.model.relations import Relation

from iopeer_plugin_fastapi.view import access
from iopeer_plugin_fastapi.view.access import anywhere
from iopeer_plugin_fastapi.view.entity import EntityView
from iopeer_plugin_fastapi.view.testing.alike import kinds
from iopeer_plugin_fastapi.view.testing.cases import ME, THROUGH, Case, cases_of
from iopeer_plugin_fastapi.view.testing.facts import Facts
from iopeer_plugin_fastapi.view.testing.parts import RuleCase, Union

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.app import AppView


_RESERVED = "amount count cycle date day defaultdict fitted insert letters moment numbers pick store"
RESERVED = frozenset(_RESERVED.split())
"""What factories.py calls other things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFacts:
    """A link to one row, for test_relations.py."""

    source: EntityView
    target: EntityView
    field: str
    on_delete: str
    inverse: str  # the last part of the path of the target's list; "" where there is none
    required: bool
    read_only: bool
    union: tuple[str, str] | None
    one: bool
    tied: bool  # a rule wants other values with it


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """A set of rows, for test_relations.py."""

    source: EntityView
    target: EntityView
    field: str
    segment: str
    ids: str
    inverse: str
    needs: bool  # a row that is linked to cannot be deleted


@dataclass(frozen=True, eq=False)
class TestsView:
    """The app, as the templates of its tests see it."""

    app: AppView

    @cached_property
    def entities(self) -> tuple[Facts, ...]:
        """The entities of which rows can be made: no circle of required links leads back to them."""
        return tuple(Facts(tests=self, view=view) for view in self.app.entities if self._possible(view.name, ()))

    @cached_property
    def kinds(self) -> dict[str, int]:
        """The kinds of entities, grants and fields, as numbers: see `alike.py`."""
        found = kinds(self.entities)
        numbers = {kind: number for number, kind in enumerate(dict.fromkeys(found.values()))}
        return {name: numbers[kind] for name, kind in sorted(found.items())}

    @cached_property
    def managed(self) -> tuple[Facts, ...]:
        """Those that the first role may do everything with."""
        return tuple(facts for facts in self.entities if facts.managed)

    @cached_property
    def by_name(self) -> dict[str, Facts]:
        """The entities by identifier."""
        return {facts.view.name: facts for facts in self.entities}

    @property
    def named_after(self) -> bool:
        """Whether rows of any entity are called like those that they link to."""
        return any(facts.view.named_after for facts in self.entities)

    def _possible(self, name: str, above: tuple[str, ...]) -> bool:
        if name in above:
            return False
        links = (r for r in self.app.blueprint.links_from(name) if r.required and r.kind != "many")
        return all(any(self._possible(target, (*above, name)) for target in self._tried(r)) for r in links)

    def _tried(self, relation: Relation) -> tuple[str, ...]:
        """The targets that bodies link to: of several the first."""
        return relation.targets[:1]

    def is_managed(self, name: str) -> bool:
        """Whether the tests may use an entity freely."""
        return name in self.by_name and self.by_name[name].managed

    @cached_property
    def references(self) -> tuple[ReferenceFacts, ...]:
        """All links to one row between managed entities."""
        return tuple(fact for facts in self.managed for fact in self._references(facts))

    def _references(self, facts: Facts) -> Iterator[ReferenceFacts]:
        for relation in self.app.blueprint.links_from(facts.view.name):
            item = facts.view.entity.field(relation.field)
            if relation.kind == "many" or item is None or item.hidden:
                continue
            for target, key in zip(relation.targets, relation.keys, strict=True):
                if not (self.is_managed(target) and self.by_name[target].labelled):
                    continue
                to = self.app.view(target)
                child = next((c for c in to.children if c.of.name == facts.view.name and c.field == key), None)
                yield ReferenceFacts(
                    source=facts.view,
                    target=to,
                    field=key,
                    on_delete=str(relation.on_delete),
                    inverse=child.segment if child else "",
                    required=relation.required,
                    read_only=item.read_only,
                    union=(relation.field, target) if relation.kind == "subject" else None,
                    one=child is not None and not child.many,
                    tied=key in facts.beside,
                )

    @cached_property
    def links(self) -> tuple[LinkFacts, ...]:
        """All sets of rows between managed entities that clients write."""
        return tuple(fact for facts in self.managed for fact in self._links(facts))

    def _links(self, facts: Facts) -> Iterator[LinkFacts]:
        for link in facts.view.links:
            held = link.through is None or self.is_managed(link.through.name)
            seen = link.ids not in facts.view.hidden
            if (
                link.writable
                and seen
                and held
                and self.is_managed(link.to.name)
                and self.by_name[link.to.name].labelled
            ):
                children = link.to.children
                child = next((c for c in children if c.of.name == facts.view.name and c.field == link.ids), None)
                yield LinkFacts(
                    source=facts.view,
                    target=link.to,
                    field=link.name,
                    segment=link.segment,
                    ids=link.ids,
                    inverse=child.segment if child else "",
                    needs=link.through is not None and self._needs(link.through, link.target),
                )

    @property
    def hiding(self) -> bool:
        """Whether the soft deletion of some row takes others along."""
        return any(reference.on_delete == "cascade" and reference.target.soft_delete for reference in self.references)

    @property
    def needing(self) -> bool:
        """Whether some links keep what they lead to from being deleted."""
        return any(link.needs for link in self.links)

    def _needs(self, through: EntityView, key: str) -> bool:
        """Whether the rows that are links keep what they lead to."""
        column = next(column for column in through.table.columns if column.key == key)
        return column.references is not None and column.references.on_delete == "RESTRICT"

    @cached_property
    def held(self) -> tuple[tuple[str, LinkFacts, int, int], ...]:
        """Links that are rows of an entity: a role that changes some, the answers to a new and to a lost one."""
        return tuple(self._held())

    def _held(self) -> Iterator[tuple[str, LinkFacts, int, int]]:
        for fact in self.links:
            through = next(link.through for link in fact.source.links if link.name == fact.field)
            if through is None or not self.is_managed(through.name):
                continue
            for role in [role.name for role in self.app.roles] or [""]:
                added, dropped = (self._answered(through, role, verb) for verb in ("create", "delete"))
                if 403 in (added, dropped) and added and dropped and self._changes(fact, role):
                    yield role, fact, added, dropped

    def _changes(self, fact: LinkFacts, role: str) -> bool:
        """Whether a caller sees all rows at both ends of a link, and may change it."""
        near, far = (self._policy(view, role) for view in (fact.source, fact.target))
        whole = near and [a for a in near.update if not a.fields or fact.field in a.fields]
        return bool(near and far and whole and anywhere(whole) and anywhere(near.read) and anywhere(far.read))

    def _answered(self, through: EntityView, role: str, verb: str) -> int:
        """The answer to the link of two rows of others; 0 where that is not sure."""
        policy = self._policy(through, role)
        accesses = getattr(policy, verb) if policy else ()
        if anywhere(accesses):
            return 204
        return 403 if all(each.rows.own for each in accesses) else 0

    def _policy(self, view: EntityView, role: str) -> Policy | None:
        return self.by_name[view.name].united(role or SIGNED_IN)

    @cached_property
    def cases(self) -> tuple[tuple[Facts, tuple[Case, ...]], ...]:
        """Who may do what, entity by entity."""
        return tuple((facts, tuple(cases_of(facts))) for facts in self.entities if facts.keeps_rules)

    @cached_property
    def broken(self) -> tuple[tuple[Facts, RuleCase], ...]:
        """Values that break a rule of a managed entity."""
        return tuple((facts, case) for facts in self.managed for case in facts.broken)

    @cached_property
    def kept(self) -> tuple[tuple[Facts, RuleCase], ...]:
        """Values that keep the rules of a managed entity."""
        return tuple((facts, case) for facts in self.managed for case in facts.kept)

    @cached_property
    def unions(self) -> tuple[tuple[Facts, Union], ...]:
        """The required links to one of several managed entities."""
        found = ((facts, union) for facts in self.managed for union in facts.unions if union.required)
        return tuple((facts, u) for facts, u in found if all(self.is_managed(target.name) for target in u.targets))

    @property
    def tied(self) -> bool:
        """Whether a rule wants other values with a link."""
        return any(reference.tied for reference in self.references)

    @property
    def rules_on_texts(self) -> bool:
        """Whether a rule may refuse a text."""
        return any(facts.ruled & {*facts.textual} for facts in self.managed)

    @property
    def pinned(self) -> bool:
        """Whether a rule wants an optional field to be given."""
        return any(facts.pinned for facts in self.entities)

    @cached_property
    def readable(self) -> tuple[tuple[str | None, Facts, tuple[str, ...]], ...]:
        """Callers who read some members of every row: role, entity, members."""
        return tuple(self._readable())

    def _readable(self) -> Iterator[tuple[str | None, Facts, tuple[str, ...]]]:
        roles = [role.name for role in self.app.roles] or [""]
        for facts, _ in self.cases:
            for role in (*roles, None):
                policy = facts.united(SIGNED_IN if role == "" else role)
                reading = policy.read if policy else ()
                if len(reading) == 1 and reading[0].fields and not (reading[0].rows.own or reading[0].rows.where):
                    yield role, facts, self.members(facts, reading[0].fields)

    @cached_property
    def unsearched(self) -> tuple[tuple[str | None, Facts], ...]:
        """Those of them who read nothing of what `q` searches."""
        found = ((role, facts) for role, facts, _ in self.readable)
        return tuple((r, f) for r, f in found if access.unsearched(f.view, SIGNED_IN if r == "" else r))

    @cached_property
    def subjects(self) -> bool:
        """Whether a body must have one of several links."""
        return any(union.required for facts in self.managed for union in facts.unions)

    @cached_property
    def accounts_have_values(self) -> bool:
        """Whether a case is about an account of the caller's own that has certain values."""
        return any(case.row.get("id") == ME and len(case.row) > 1 for _, cases in self.cases for case in cases)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Fields whose filter has a longer name, since their own is a parameter of lists."""
        found = {
            f.name for facts in self.entities for f in facts.plain if f.name in plain_parameters(facts.view.entity)
        }
        return tuple(sorted(found))

    @property
    def partly(self) -> bool:
        """Whether what a caller reads of a row depends on the row."""
        every = {(role, facts.view.name) for role, facts, _ in self.readable}
        return any(
            case.verb == "read" and case.fields is not None and (case.role, facts.view.name) not in every
            for facts, cases in self.cases
            for case in cases
        )

    @property
    def concealed(self) -> bool:
        """Whether there are rows that a caller may not see among those that he may list."""
        found = ((facts, case) for facts, cases in self.cases for case in cases)
        return any(facts.managed and case.verb == "read" and case.status == 404 for facts, case in found)

    @property
    def given_away(self) -> bool:
        """Whether a caller may change rows because they link to him."""
        cases = [case for _, cases in self.cases for case in cases]
        changed = [case.row for case in cases if case.verb == "update" and case.status == 200]
        return any(
            value == ME or value.startswith(THROUGH) for row in changed for name, value in row.items() if name != "id"
        )

    @cached_property
    def through(self) -> bool:
        """Whether a row may be somebody's because another one is."""
        rows = (case.row for _, cases in self.cases for case in cases)
        return any(value.startswith(THROUGH) for row in rows for value in row.values())

    @property
    def encoded(self) -> bool:
        """Whether a body may hold an id that is no JSON as it is."""
        return self.app.account.key_type == "UUID" or (self.through and "UUID" in self.app.key_types)

    @cached_property
    def adding(self) -> tuple[tuple[str | None, Facts], ...]:
        """Callers who add rows of an entity only to what leads to them: role, entity."""
        return tuple(dict.fromkeys(self._adding()))

    def _adding(self) -> Iterator[tuple[str | None, Facts]]:
        for facts, cases in self.cases:
            for case in cases:
                if (
                    case.verb == "create"
                    and case.status == 201
                    and any(v.startswith(THROUGH) for v in case.row.values())
                ):
                    policy = facts.united(SIGNED_IN if case.role == "" else case.role)
                    if policy and len({access.rows.own for access in policy.create}) == 1:
                        yield case.role, facts

    def members(self, facts: Facts, fields: Iterable[str]) -> tuple[str, ...]:
        """The members of an answer that some fields make."""
        key = key_field(facts.view.entity)
        names = ["id", *([key.name] if key else [])]
        relations = {r.field: r for r in self.app.blueprint.links_from(facts.view.name)}
        for name in fields:
            relation = relations.get(name)
            names += relation.keys if relation and relation.kind != "many" else ()
            names.append(name)
        return tuple(dict.fromkeys(names))

    @cached_property
    def registration(self) -> tuple[tuple[str, str], ...]:
        """What opening an account takes beside email and password: names, and expressions of `number`."""
        facts = self.by_name.get(self.app.account.name)
        if facts is None:
            return ()
        needed = [member.name for member in self.app.registration if member.name != self.app.email]
        samples = {n: s for n, s in facts.samples.items() if n in needed}
        return tuple((name, s.code or f"next({self.texts(facts, name)})") for name, s in samples.items())

    @property
    def registration_links(self) -> tuple[tuple[str, str], ...]:
        """The rows that a new account must link to: keys, and the functions of factories.py that store such rows."""
        facts = self.by_name.get(self.app.account.name)
        given = {member.name for member in self.app.registration}
        return tuple((one.key, f"add_{one.to.name}") for one in (facts.needed if facts else ()) if one.key in given)

    @property
    def registration_names(self) -> tuple[str, ...]:
        """What opening an account takes from factories.py."""
        code = " ".join(code for _, code in self.registration)
        facts = self.by_name.get(self.app.account.name)
        texts = [self.texts(facts, name) for name, sample in facts.samples.items() if sample.texts] if facts else []
        names = ["numbers"] if "number" in code else []
        names += [name for name in ("amount", "day", "fitted", "letters", "moment", "pick") if f"{name}(" in code]
        return (*names, *(name for name in texts if f"next({name})" in code))

    def texts(self, facts: Facts, field: str) -> str:
        """What factories.py calls the texts that match a field's pattern."""
        return f"{facts.view.name}_{field}_texts"

    @property
    def humble(self) -> tuple[str, ...]:
        """The roles that may not give a role to accounts."""
        facts = self.by_name.get(self.app.account.name)
        names = [role.name for role in self.app.roles] if facts else []
        return tuple(name for name in names if facts and not self._raises(facts, name))

    def _raises(self, facts: Facts, role: str) -> bool:
        policy = facts.united(role)
        return any(not access.fields or "role" in access.fields for access in (policy.update if policy else ()))

    def role(self, role: str | None) -> str:
        """A caller in Python: a member of the class of roles, `""` for any account, None for nobody."""
        enum = self.app.role_enum
        if not role or enum is None:
            return "None" if role is None else '""'
        return next(f"{enum.name}.{name}" for name, value in enum.members if value == role)

    def function(self, facts: Facts) -> str:
        """The function of factories.py that makes an entity's body."""
        name = facts.view.var
        return f"{name}_" if name in RESERVED else name

    @cached_property
    def helpers(self) -> frozenset[str]:
        """What factories.py needs of its own helpers."""
        return frozenset(sample.helper for facts in self.entities for sample in facts.samples.values())
