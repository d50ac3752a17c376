"""Which entities, fields and links are alike: quick checks try what is alike once, full ones all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import Field, LiteralKind

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.testing.app import TestsView
    from iopeer_plugin_fastapi.view.testing.facts import Facts

_FLAGS = ("required", "unique", "primary_key", "read_only", "hidden", "searchable", "minimum", "maximum", "pattern")
_MOVING = frozenset({LiteralKind.NOW, LiteralKind.TODAY})


def kinds(tests: TestsView) -> dict[str, str]:
    """The kind of each field by `tasks.title`, of each entity's grants by `tasks:`, and of each entity by `tasks`.

    A field is of a kind of its own where it shows a pair of type and modifier, or of a link and what it does, that none
    before it showed; an entity where it shows anything new. Those with the most to show come first.

    Args:
        tests: the app.
    """
    shown = {f"{facts.view.segment}.{name}": pairs for facts in tests.entities for name, pairs in _fields(facts)}
    found = _cover(shown)
    every = {facts.view.segment: facts for facts in tests.entities}
    whole = {path: {*_facets(facts), *_pairs(shown, path)} for path, facts in every.items()}
    return found | _cover(whole) | {f"{path}:": _grants(facts) for path, facts in every.items()}


def _pairs(shown: Mapping[str, set[str]], path: str) -> Iterator[str]:
    for name, pairs in shown.items():
        if name.startswith(f"{path}."):
            yield from pairs


def _cover(shown: Mapping[str, set[str]]) -> dict[str, str]:
    """A kind of its own for each that shows something new; one for all others that show the same first thing."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(shown, key=lambda name: (-len(shown[name]), name)):
        found[name] = min(shown[name], default="") if shown[name] <= taken else name
        taken |= shown[name]
    return found


def _fields(facts: Facts) -> Iterator[tuple[str, set[str]]]:
    links = {relation.field: relation for relation in facts.view.app.blueprint.links_from(facts.view.name)}
    for item in facts.view.entity.fields:
        relation = links.get(item.name)
        pairs = set(_shows(item, relation, ruled=item.name in facts.ruled))
        yield item.name, pairs
        for key in relation.keys if relation is not None else ():
            yield key, pairs


def _shows(item: Field, relation: Relation | None, *, ruled: bool) -> Iterator[str]:
    """The pairs of a type and what is said of it."""
    inner = getattr(item.type, "item", item.type)
    name = f"{item.type.kind} {getattr(inner, 'scalar', inner.kind)}"
    yield f"{name}:"
    yield from (f"{name}: {flag}" for flag in _FLAGS if getattr(item, flag))
    if item.default is not None:
        yield f"{name}: default {item.default.kind in _MOVING}"
    if ruled:
        yield f"{name}: ruled"
    if relation is not None:
        yield f"{name}: {relation.on_delete} {relation.required}"
        yield f"{name}: {bool(relation.through)} {relation.source in relation.targets}"


def _grants(facts: Facts) -> str:
    """Who may do what, whatever the fields are called."""
    policies = sorted(facts.view.app.blueprint.policy(facts.view.name), key=lambda policy: policy.role)
    told = []
    for policy in policies:
        for verb in ("create", "read", "update", "delete"):
            accesses = getattr(policy, verb)
            shapes = [f"{bool(a.fields)}{bool(a.rows.own)}{getattr(a.rows.where, 'kind', '')}" for a in accesses]
            told.append(f"{policy.role} {verb} {sorted(shapes)}")
    return "; ".join(told)


def _facets(facts: Facts) -> Iterator[str]:
    """What an entity is beside its fields."""
    view = facts.view
    yield _grants(facts)
    yield f"{view.soft_delete} {view.is_account} {view.has_own_key} {facts.managed} {facts.labelled}"
    yield from (f"unique {len(group)}" for group in facts.unique)
    yield from (f"check {rule.expr.kind}" for rule in facts.rules)
    yield from (f"child {child.many}" for child in view.children)
