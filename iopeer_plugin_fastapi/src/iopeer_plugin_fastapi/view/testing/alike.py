"""The kinds of entities, grants and fields, by which the generated tests tell what is alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iopeer_core.model.alike import kinds_of, shown_by

from iopeer_plugin_fastapi.view.testing.facts import Facts


def kinds(entities: Iterable[Facts]) -> dict[str, str]:
    """The kind of each field by `tasks.title`, of each entity's grants by `tasks:`, and of each entity by `tasks`.

    Args:
        entities: of which rows can be made.
    """
    every = {facts.view.segment: facts for facts in entities}
    fields = {f"{path}.{name}": shown for path, facts in every.items() for name, shown in _fields(facts)}
    whole = {
        path: {*_facets(facts), *(pair for _, shown in _fields(facts) for pair in shown)}
        for path, facts in every.items()
    }
    return kinds_of(fields) | kinds_of(whole) | {f"{path}:": _grants(facts) for path, facts in every.items()}


def _fields(facts: Facts) -> Iterator[tuple[str, frozenset[str]]]:
    links = {relation.field: relation for relation in facts.view.app.blueprint.links_from(facts.view.name)}
    for item in facts.view.entity.fields:
        relation = links.get(item.name)
        shown = shown_by(item, facts.view.entity, relation)
        yield item.name, shown
        yield from ((key, shown) for key in (relation.keys if relation is not None else ()))


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
