"""From an outline to the spec: what is referred to is read before what refers to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from iopeer_core.language.access import check_access
from iopeer_core.language.blocks import read_indexes, read_options, read_plugin_block, read_rules
from iopeer_core.language.consistency import check_consistency
from iopeer_core.language.context import Context, Directory
from iopeer_core.language.declarations import read_app, read_entities, read_enums, read_roles
from iopeer_core.language.expressions import Scope
from iopeer_core.language.fields import read_fields
from iopeer_core.language.labels import read_labels
from iopeer_core.language.lexer import fact_and_doc, label_and_rest, split
from iopeer_core.language.outline import EntityPart, Outline, Part
from iopeer_core.language.permissions import read_permissions
from iopeer_core.language.seeds import read_seeds
from iopeer_core.language.strays import check_strays
from iopeer_core.language.text import Text
from iopeer_core.language.vocabulary import phrase
from iopeer_core.model.account import USUAL, added_account, usual_account
from iopeer_core.model.spec import Entity, PluginBlock, Spec

Named = Sequence[tuple[EntityPart, Entity]]


def assemble(outline: Outline, context: Context) -> Spec:
    """Understand an outline; what is not understood is reported and left out."""
    app, account = read_app(outline.facts("App"), context.language, context)
    context.plurals = app.languages[0]
    roles = read_roles(outline.facts("Roles"), context)
    enums = read_enums(outline.facts("Enums"), context)
    context.roles, context.enums = Directory(roles), Directory(enums)
    named = read_entities(outline.entities, context)
    context.entities = Directory((entity for _, entity in named), plurals=True)
    check_strays(outline, context)
    context.account = _named_account(account, context) if account else _usual_account(named, context)
    fielded = [(part, replace(entity, fields=read_fields(part.facts, context))) for part, entity in named]
    context.entities = Directory((entity for _, entity in fielded), plurals=True)
    entities = tuple(_blocks(part, entity, context) for part, entity in fielded)
    context.entities = Directory(entities, plurals=True)
    spec = Spec(
        title=outline.title.raw if outline.title else "",
        doc="\n\n".join(outline.docs),
        app=replace(app, account=context.account if account else None),
        roles=roles,
        enums=enums,
        entities=entities,
        seeds=read_seeds(outline.seeds, context),
        sections=tuple(
            _plugin_part(part, context) for part in outline.sections.values() if part.word and part.word.plugin
        ),
        notes="\n\n".join(outline.notes),
        language=context.language,
    )
    spec = replace(spec, labels=read_labels(outline.labels, outline.facts("App"), spec, context))
    check_consistency(spec, context.problems, lambda name: phrase(name, context.language), account=context.account)
    check_access(spec, context.account, context.problems, lambda name: phrase(name, context.language))
    return spec


def _named_account(text: Text, context: Context) -> str | None:
    """The entity that `- account:` names."""
    entity = context.entities.find(text.value)
    if entity is None:
        context.problems.add("E103", text, lambda: context.entities.like(text.value), entity=text.raw)
    return entity.name if entity else None


def _usual_account(named: Named, context: Context) -> str:
    """User or Usuario with an email, else either of them, else the one that IOPEER adds."""
    usual = usual_account({entity.name: _has_email(part, context) for part, entity in named if entity.name in USUAL})
    return usual or added_account(context.plurals).lower()


def _has_email(part: EntityPart, context: Context) -> bool:
    """Whether a fact of the entity is an email; its fields are not read yet, as they refer to the account."""
    for fact in part.facts:
        rest = label_and_rest(fact.text)[1]
        first = split(fact_and_doc(rest, context.words)[0], ",", context.words)[0] if rest else None
        found = context.words.exact(first.value, "type") if first else None
        if found and found.word.name == "email":
            return True
    return False


def _blocks(part: EntityPart, entity: Entity, context: Context) -> Entity:
    """The entity with its permissions, rules, indexes and options."""
    scope = Scope(entity.names.label, Directory(entity.fields), context)
    empty = Part(part.heading)
    options = read_options(part.blocks.get("Options", empty).facts, scope)
    permissions = read_permissions(part.blocks.get("Permissions", empty).facts, entity, scope)
    return replace(
        entity,
        permissions=permissions,
        closed="Permissions" in part.blocks and not permissions,
        rules=read_rules(part.blocks.get("Rules", empty).facts, scope),
        indexes=read_indexes(part.blocks.get("Indexes", empty).facts, scope),
        soft_delete=options.soft_delete,
        display=options.display,
        table=options.table,
        extras=tuple(sorted(options.extras, key=lambda extra: extra.name)),
        blocks=tuple(
            _plugin_part(block, context) for block in part.blocks.values() if block.word and block.word.plugin
        ),
    )


def _plugin_part(part: Part, context: Context) -> PluginBlock:
    """A section or block of a plugin."""
    assert part.word  # noqa: S101 - parts of plugins are made from their words
    return read_plugin_block(part.word, part.facts, part.docs, part.heading.span, context)
