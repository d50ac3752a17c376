"""Who may do what, as a table of the product's README: entities by roles, in the words of the spec's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Access, Policy
from iopeer_core.blueprint.policy import SIGNED_IN, VERBS
from iopeer_core.language.vocabulary import phrase
from iopeer_core.model.spec import PUBLIC
from iopeer_core.render.markdown import inline

_WORDS = {
    "en": (
        "Who may do what",
        "What no cell grants is refused. `…` stands for a condition or a choice of fields: the spec has it.",
        "whoever is signed in",
    ),
    "es": (
        "Quién puede hacer qué",
        "Lo que ninguna celda concede se niega. `…` es una condición o una elección de campos: la spec la tiene.",
        "quien tiene sesión",
    ),
}


def matrix(blueprint: Blueprint) -> str:
    """The section, with its heading; "" where there are no policies."""
    policies = {(one.entity, one.role): one for one in blueprint.all(Policy)}
    if not policies:
        return ""
    language = blueprint.spec.language
    title, said, signed_in = _WORDS.get(language, _WORDS["en"])
    labels = {
        SIGNED_IN: signed_in,
        **{role.name: role.names.label for role in blueprint.spec.roles},
        PUBLIC: phrase(PUBLIC, language),
    }
    roles = [role for role in labels if any(key[1] == role for key in policies)]
    rows = [["", *(inline(labels[role]) for role in roles)]]
    for entity in blueprint.spec.entities:
        cells = (_cell(policies.get((entity.name, role)), language) for role in roles)
        rows.append([inline(entity.names.label), *cells])
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    return "\n".join([f"## {title}", "", said, "", *lines])


def _cell(policy: Policy | None, language: str) -> str:
    """All that a role may do with an entity."""
    if policy is None:
        return "—"
    grants = list(dict.fromkeys(_grants(policy, language)))
    if grants == [phrase(verb, language) for verb in VERBS]:
        return phrase("all", language)
    return ", ".join(grants) or "—"


def _grants(policy: Policy, language: str) -> Iterator[str]:
    for verb in VERBS:
        for access in _widest(getattr(policy, verb)):
            words = [verb, *_narrowed(access)]
            yield " ".join(word if word == "…" else phrase(word, language) for word in words)


def _widest(accesses: Sequence[Access]) -> Sequence[Access]:
    """Those that say something: beside one that reaches everything the others add nothing."""
    return [access for access in accesses if not _narrowed(access)][:1] or accesses


def _narrowed(access: Access) -> list[str]:
    """What narrows a grant: `own`, `where …`, `only …`."""
    own = ["own"] if access.rows.own else []
    where = ["where", "…"] if access.rows.where else []
    return own + where + (["only", "…"] if access.fields else [])
