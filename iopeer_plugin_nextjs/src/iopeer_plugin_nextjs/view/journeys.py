"""What the end-to-end tests know of the app: who may do what, what forms ask for, how rows belong together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Access, Policy
from iopeer_core.blueprint.parameters import MOST_ROWS
from iopeer_core.blueprint.policy import SIGNED_IN, united
from iopeer_core.model.account import ROLE
from iopeer_core.model.examples import NOW, Examples
from iopeer_core.model.formats import FREE_TEXTS
from iopeer_core.model.keeping import literals_in, tied, together, truth
from iopeer_core.model.names import identifier
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import CheckRule, Expr, Field, LiteralKind, Scalar, UniqueRule
from iopeer_core.model.walk import fields_of

from iopeer_plugin_nextjs.view.auth import AuthView
from iopeer_plugin_nextjs.view.entities import EntityView, Views
from iopeer_plugin_nextjs.view.known import Known
from iopeer_plugin_nextjs.view.literals import scalar_of
from iopeer_plugin_nextjs.view.login import LoginView
from iopeer_plugin_nextjs.view.values import is_code, values_of, wrong_value

_FIRST = {"number": 1, "string": ""}
"""The id of the first row that there is, which leads a new account to one that is seeded."""
_COUNTED = (
    Scalar.TEXT, Scalar.LONG_TEXT, Scalar.MARKDOWN, Scalar.INTEGER, Scalar.DECIMAL, Scalar.MONEY, Scalar.SLUG,
    Scalar.EMAIL, Scalar.URL, Scalar.PHONE, Scalar.DATE, Scalar.DATETIME,
)  # fmt: skip
"""What rows can differ in without end, or nearly so."""
_VERBS = ("read", "create", "update", "delete")


def names(blueprint: Blueprint) -> Mapping[str, object]:
    """The name that the templates of the end-to-end tests use.

    Args:
        blueprint: the plan.
    """
    return {"journeys": Journeys(blueprint)}


@dataclass(frozen=True)
class Journeys:
    """The whole app, as its users walk through it."""

    blueprint: Blueprint

    @cached_property
    def views(self) -> Views:
        """The entities."""
        return Views(Known(blueprint=self.blueprint))

    @cached_property
    def auth(self) -> AuthView:
        """Signing in."""
        return AuthView(self.blueprint)

    @property
    def facts(self) -> str:
        """All of it, as JSON."""
        spec, visited = self.blueprint.spec, LoginView(self.blueprint).visited
        whole = {
            "title": spec.title,
            "language": spec.app.languages[0],
            "mostRows": MOST_ROWS,
            "auth": {one.verb.removeprefix("auth."): one.path for one in self.auth.operations},
            "signIn": visited[0],
            "forVisitors": visited[1:],
            "account": self.auth.account.name,
            "email": self.auth.email,
            "entries": list(self._entries()),
            "roles": [self._role(role) for role in self.roles],
            "entities": [one.facts for one in self.entities.values()],
        }
        return json.dumps(whole, ensure_ascii=False, indent=2)

    def _entries(self) -> Iterator[dict[str, Any]]:
        account = self.entities[self.auth.account.name]
        for entry in self.auth.entries:
            item = self.auth.account.field(entry.field)
            if entry.name != self.auth.email and item is not None:
                yield {
                    "name": entry.name,
                    "field": entry.field,
                    "control": entry.component,
                    "values": [_FIRST[entry.type]] if entry.target else list(account.values(item)),
                }

    # -- roles

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles that an account can have, the first account's first; "" alone where there are none."""
        every = self.views.roles
        if not every:
            return ("",)
        founder = self.policy(self.auth.account.name, every[0])
        gives = founder is not None and any(_whole(one) or ROLE in one.fields for one in founder.update if _every(one))
        return every if gives else tuple(dict.fromkeys((every[0], every[-1])))

    def policy(self, entity: str, role: str) -> Policy | None:
        """What a role may do with an entity."""
        return united(self.blueprint.policy(entity), identifier(role) if role else SIGNED_IN)

    def _role(self, role: str) -> dict[str, Any]:
        policies = {view.name: self.policy(view.name, role) for view in self.views}
        may = {verb: [name for name, one in policies.items() if one and getattr(one, verb)] for verb in _VERBS[:2]}
        return {"name": role, "reads": may["read"], "creates": may["create"]}

    # -- entities

    @cached_property
    def entities(self) -> Mapping[str, Journey]:
        """Every entity."""
        return {view.name: Journey(all=self, view=view) for view in self.views}

    @cached_property
    def makeable(self) -> frozenset[str]:
        """The entities of which a row can be made: by somebody, with all that it must lead to."""
        made: set[str] = set()
        while more := {name for name, one in self.entities.items() if name not in made and one.can_be_made(made)}:
            made |= more
        return frozenset(made)

    def exists(self, entity: str, made: set[str] | frozenset[str]) -> bool:
        """Whether there can be a row to lead to: accounts are there as soon as one registers."""
        return entity == self.auth.account.name or entity in made


@dataclass(frozen=True, kw_only=True, eq=False)
class Journey:
    """One entity."""

    all: Journeys
    view: EntityView

    @property
    def facts(self) -> dict[str, Any]:
        """All of it."""
        name, made = self.view.name, self.view.name in self.all.makeable
        return {
            "name": name,
            "route": f"/{self.view.slug}",
            "api": self.view.path,
            "display": self.view.fields.display,
            "softDelete": self.view.soft_delete,
            "keeper": self.keeper if made else None,
            "may": [verb for verb in _VERBS if made and self.keeper is not None and self._may(self.keeper, verb)],
            "fields": [self._field(item, relation) for item, relation in self._form] if made else [],
            "children": list(self._children()) if self.keeper is not None else [],
            "links": list(self._links()) if made else [],
        }

    # -- who

    @cached_property
    def keeper(self) -> str | None:
        """The role that may do the most with rows of its own making, and can make and see them."""
        able = [role for role in self.all.roles if self._may(role, "create") and self._may(role, "read")]
        return max(able, key=lambda role: sum(self._may(role, verb) for verb in _VERBS), default=None)

    def _may(self, role: str, verb: str) -> bool:
        policy = self.all.policy(self.view.name, role)
        accesses: tuple[Access, ...] = getattr(policy, verb) if policy else ()
        if verb == "create":
            return any(self._reaches(one) and self._suffices(one) for one in accesses)
        return any(self._reaches(one) and _whole(one) for one in accesses)

    def _reaches(self, access: Access) -> bool:
        """Whether it reaches the rows that the caller has just made."""
        if access.rows.where is not None:
            return False
        item = self.view.entity.field(access.rows.own) if access.rows.own else None
        return access.rows.own is None or (item is not None and _is_me(item))

    def _suffices(self, access: Access) -> bool:
        needed = {item.name for item, _ in self._form if item.required and item.default is None}
        return _whole(access) or needed <= set(access.fields)

    def can_be_made(self, made: set[str]) -> bool:
        """Whether a row can be made, where those of other entities can."""
        if self.keeper is None:
            return False
        for item, relation in self._form:
            if relation and item.required and not _is_me(item) and not self._targets(relation, made):
                return False
            if not relation and item.required and not self.values(item):
                return False
        return True

    def _targets(self, relation: Relation, made: set[str] | frozenset[str]) -> list[str]:
        """The entities that a link can lead to: those with rows that the keeper can see."""
        return [one for one in relation.targets if self.all.exists(one, made) and self.sees(one)]

    def sees(self, entity: str) -> bool:
        """Whether the keeper may read all rows of an entity."""
        policy = self.all.policy(entity, self.keeper) if self.keeper is not None else None
        return policy is not None and any(_every(one) for one in policy.read)

    # -- its form

    @cached_property
    def _form(self) -> tuple[tuple[Field, Relation | None], ...]:
        known, entity = self.view.known, self.view.entity
        edited = {one.name for one in self.view.fields.edited}
        return tuple((item, known.relation(entity.name, item.name)) for item in entity.fields if item.name in edited)

    @cached_property
    def _widgets(self) -> Mapping[str, str]:
        return {one.name: one.component for one in self.view.fields.edited}

    def _field(self, item: Field, relation: Relation | None) -> dict[str, Any]:
        choices = None if relation else self.view.known.choices(self.view.name, item)
        return {
            "name": item.name,
            "members": list(relation.keys if relation else (item.name,)),
            "widget": self._widgets[item.name],
            "required": item.required or item.primary_key,
            "unique": item.unique or item.primary_key,
            "default": item.default is not None,
            "key": item.primary_key,
            "hidden": item.hidden,
            "targets": self._targets(relation, self.all.makeable) if relation else [],
            "apart": item.name in self._apart,
            "pinned": bool(self._kept.get(item.name)),
            "values": [] if relation else list(self.values(item)),
            "choices": list(choices.values) if choices else [],
            "isCode": not relation and is_code(item),
            "longest": int(item.maximum.value) if item.maximum and scalar_of(item.type) in FREE_TEXTS else None,
            "wrong": "" if relation else wrong_value(item),
            "writable": self._writes(item),
        }

    def _writes(self, item: Field) -> bool:
        policy = self.all.policy(self.view.name, self.keeper or "")
        return policy is not None and any(_whole(one) or item.name in one.fields for one in policy.create)

    def values(self, item: Field) -> tuple[Any, ...]:
        """The values of a field: of one that rules name, those that keep the rules.

        Args:
            item: one that is no link.
        """
        return self._kept[item.name] if item.name in self._kept else self._plain(item)

    def _plain(self, item: Field) -> tuple[Any, ...]:
        choices = self.view.known.choices(self.view.name, item)
        return values_of(item, choices.values if choices else (), apart=item.name in self._apart)

    @cached_property
    def _apart(self) -> frozenset[str]:
        """Of each unique rule the field in which rows differ most simply, one without other rules if there is any."""
        found, ruled = set(), {name for rule in self._rules for name in fields_of(rule.expr)}
        for rule in self.view.entity.rules:
            if isinstance(rule, UniqueRule):
                items = [f for f in map(self.view.entity.field, rule.fields) if f is not None and not f.is_link]
                ranked = sorted(
                    (f for f in items if scalar_of(f.type) in _COUNTED and not (f.name in ruled and _is_day(f))),
                    key=lambda f: (f.name in ruled, _COUNTED.index(scalar_of(f.type))),
                )
                found |= {f.name for f in ranked[:1]}
        return frozenset(found)

    @cached_property
    def _rules(self) -> tuple[CheckRule, ...]:
        return tuple(rule for rule in self.view.entity.rules if isinstance(rule, CheckRule))

    @cached_property
    def _kept(self) -> dict[str, tuple[Any, ...]]:
        """The values of the fields that rules name, with which all rules are kept; none where none were found."""
        items = {item.name: item for item, relation in self._form if not relation}
        rules = [rule.expr for rule in self._rules]
        found: dict[str, tuple[Any, ...]] = {}
        for name in dict.fromkeys(name for rule in rules for name in fields_of(rule) if name in items):
            group = tied(rules, name)
            if name not in found:
                found |= self._alone(items[name]) if group == {name} else self._together(rules, group, items)
        return found

    def _examples(self, item: Field) -> Examples:
        choices = self.view.known.choices(self.view.name, item)
        return Examples(item=item, choices=choices.values if choices else ())

    def _alone(self, item: Field) -> dict[str, tuple[Any, ...]]:
        """The usual values with which rules about a field alone are kept; others where there are none."""
        rules = [rule.expr for rule in self._rules if fields_of(rule.expr) == [item.name]]
        read = {text: value for rule in rules for text, value in literals_in(rule, self.view.entity).items()}
        example = self._examples(item)

        def kept(value: Any) -> bool:
            return all(truth(rule, {item.name: example.heard(value)}, read) is not False for rule in rules)

        near = any(value == NOW for value in read.values())
        usual = (
            () if near or (example.scalar is None and not example.choices) else tuple(filter(kept, self._plain(item)))
        )
        return {item.name: usual} if usual else self._together(rules, frozenset({item.name}), {item.name: item})

    def _together(
        self, rules: Sequence[Expr], group: frozenset[str], items: Mapping[str, Field]
    ) -> dict[str, tuple[Any, ...]]:
        """The values of fields that rules tie together, in the order of the rows that they make."""
        examples = {name: self._examples(item) for name, item in items.items() if name in group}
        rows = together(self.view.entity, [rule for rule in rules if group & {*fields_of(rule)}], examples)
        values = {
            name: [each.wire(row[name]) for row in rows if row[name] is not None] for name, each in examples.items()
        }
        return {name: tuple(dict.fromkeys(found)) for name, found in values.items()}

    # -- what belongs to it

    def _children(self) -> Iterator[dict[str, Any]]:
        made = self.all.makeable
        if not self.all.exists(self.view.name, made):
            return
        for child in self.view.children:
            other = self.all.entities[child.of.name]
            written = child.field in {item.name for item, _ in other._form}
            if child.of.name in made and written and other.sees(self.view.name):
                yield {"name": child.name, "entity": child.of.name, "field": child.field, "member": child.key}

    def _links(self) -> Iterator[dict[str, Any]]:
        changes = self.keeper is not None and self._may(self.keeper, "update")
        for link in self.view.links if changes else ():
            if self.sees(link.of.name) and self.all.exists(link.of.name, self.all.makeable):
                yield {"name": link.name, "entity": link.of.name}


def _every(access: Access) -> bool:
    """Whether it reaches every row."""
    return access.rows.own is None and access.rows.where is None


def _whole(access: Access) -> bool:
    """Whether it gives all fields."""
    return not access.fields


def _is_day(item: Field) -> bool:
    """Whether it holds a day: few of them are known to keep a rule."""
    return scalar_of(item.type) in (Scalar.DATE, Scalar.DATETIME)


def _is_me(item: Field) -> bool:
    """Whether a new row leads to whoever makes it."""
    return item.default is not None and item.default.kind is LiteralKind.ME
