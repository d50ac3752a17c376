"""What entities, fields and choices are called on screen, in each language."""

from __future__ import annotations

from typing import Any

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.model.account import IOPEER, ROLE, added_label
from iopeer_core.model.display import ID
from iopeer_core.model.keys import TIMESTAMPS
from iopeer_core.model.labels import Labels
from iopeer_core.model.names import Names, words
from iopeer_core.model.spec import Entity, EnumType, Field, ListType

from iopeer_plugin_nextjs.view.entities import EntityView, Views
from iopeer_plugin_nextjs.view.known import Known

_EVERYWHERE = {
    "en": {"id": "ID", "created_at": "Created", "updated_at": "Updated"},
    "es": {"id": "ID", "created_at": "Creado", "updated_at": "Actualizado"},
}
"""What the members that every entity has are called."""
_OTHERWISE = {
    "en": {"id": "Row ID", "created_at": "Added on", "updated_at": "Last changed"},
    "es": {"id": "ID de la fila", "created_at": "Añadido el", "updated_at": "Último cambio"},
}
"""What they are called where a field has that label already."""


def entity_texts(blueprint: Blueprint, language: str) -> dict[str, Any]:
    """What entities, fields and choices are called in a language: as the spec says, else as it writes them.

    Args:
        blueprint: the plan.
        language: of the interface.
    """
    spoken = language.partition("-")[0]
    spoken = spoken if spoken in _EVERYWHERE else "en"
    views = Views(Known(blueprint=blueprint))
    labels = Labels(blueprint.spec, language)
    return {view.name: _entity_texts(view, spoken, labels) for view in views}


def _entity_texts(view: EntityView, language: str, said: Labels) -> dict[str, Any]:
    entity = view.entity
    fields = [item for item in entity.fields if not (item.hidden and item.read_only)]  # the others nobody sees
    labels = {item.name: _sentence(_field_label(entity, item, said)) for item in fields}
    inverses, sources = {}, {}
    for relation in view.known.blueprint.links_to(entity.name):
        inverse = relation.inverse_of(entity.name)
        inverses[inverse.singular] = _sentence(_inverse(inverse, relation.source, view, said))
        if inverse.singular not in labels:
            sources[inverse.singular] = relation.source
    taken = {*labels.values(), *inverses.values()}
    usual, otherwise = _EVERYWHERE[language], _OTHERWISE[language]
    everywhere = {name: otherwise[name] if usual[name] in taken else usual[name] for name in (ID, *TIMESTAMPS)}
    choices = {item.name: values for item in fields if (values := _choices(view, item, said))}
    hints = {item.name: _sentence(hint) for item in fields if (hint := _hint(entity, item, said))}
    return {
        "label": _sentence(said.singular(entity)),
        "plural": _sentence(said.plural(entity)),
        "fields": {**everywhere, **inverses, **labels},
        **({"choices": choices} if choices else {}),
        **({"hints": hints} if hints else {}),
        **({"inverses": sources} if sources else {}),
    }


def _field_label(entity: Entity, item: Field, said: Labels) -> str:
    usual = added_label(item.names.label, said.language) if item.added_by == IOPEER else item.names.label
    return said.text(words(usual), "field", entity.name, item.name)


def _inverse(inverse: Names, source: str, view: EntityView, said: Labels) -> str:
    """What the rows that link to a row are called; where that is their own name, as they are."""
    entity = view.views.named(source).entity
    usual = words(inverse.label)
    if inverse.singular == entity.names.plural:
        usual = said.plural(entity)
    elif inverse.singular == entity.name:
        usual = said.singular(entity)
    return said.text(usual, "field", view.name, inverse.singular)


def _choices(view: EntityView, item: Field, said: Labels) -> list[str]:
    """The labels of a field's choices, in their order."""
    found = view.known.choices(view.name, item)
    if found is None:
        return []
    usual = {value: value[:1] + words(value)[1:] for value in found.values}
    kind = item.type.item if isinstance(item.type, ListType) else item.type
    if isinstance(kind, EnumType):
        return [said.text(shown, "value", kind.enum, value) for value, shown in usual.items()]
    of_roles = item.name == ROLE and bool(item.added_by)
    return [
        said.text(shown, "role", value) if of_roles else said.text(shown, "choice", view.name, item.name, value)
        for value, shown in usual.items()
    ]


def _hint(entity: Entity, item: Field, said: Labels) -> str:
    label = said.find("field", entity.name, item.name)
    return label.doc if label and label.doc else item.doc


def _sentence(label: str) -> str:
    return label[:1].upper() + label[1:]
