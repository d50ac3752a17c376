"""What a spec declares besides fields: the app, roles, enums, and the names of entities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from iopeer_core.language.blocks import place
from iopeer_core.language.context import Context
from iopeer_core.language.elsewhere import meant
from iopeer_core.language.field_types import read_choices
from iopeer_core.language.lexer import fact_and_doc, label_and_rest, split, unquoted, unticked
from iopeer_core.language.markdown import Fact
from iopeer_core.language.outline import EntityPart
from iopeer_core.language.suggest import keyword
from iopeer_core.language.text import Text
from iopeer_core.model.names import identifier
from iopeer_core.model.spec import PUBLIC, App, Entity, Enum, Extra, Role

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def read_app(facts: Sequence[Fact], language: str, context: Context) -> tuple[App, Text | None]:
    """`## App`, and the text that names the account; entities are not known yet."""
    app, account, seen = App(languages=(language,)), None, set[str]()
    extras: list[Extra] = []
    for fact in facts:
        label, rest = label_and_rest(fact.text)
        found = context.words.exact(label.value, "app key")
        value = fact_and_doc(rest, context.words)[0] if rest else None
        if found is None:
            wanted = meant(label.value, context.words, context.language, "app key")
            context.problems.add("E100", label, wanted or keyword(label.value, context.words, "app key"), key=label.raw)
        elif not value:
            context.problems.add("E091", fact.text, rule=label.raw)
        elif found.word.name in seen:
            context.problems.add("E094", label, name=label.raw)
        elif found.word.plugin:
            extras.append(Extra(name=found.word.name, value=value.raw, span=place(fact)))
        elif found.word.name == "account":
            account = unticked(unquoted(value))
        elif found.word.name == "currency":
            app = replace(app, currency=_currency(value, context))
        else:
            app = _languages(app, value, context)
        if found:
            seen.add(found.word.name)
    return replace(app, extras=tuple(sorted(extras, key=lambda extra: extra.name))), account


def _currency(value: Text, context: Context) -> str | None:
    code = value.value.upper()
    if _CURRENCY.fullmatch(code):
        return code
    context.problems.add("E102", value, "EUR", value=value.raw)
    return None


def _languages(app: App, value: Text, context: Context) -> App:
    codes = split(value, ",", context.words)
    good = [code.value for code in codes if _LANGUAGE.fullmatch(code.value.lower())]
    if len(good) < len(codes):
        context.problems.add("E101", value, "en, es", value=value.raw)
        return app
    return replace(app, languages=tuple(dict.fromkeys(_language(code) for code in good)), languages_given=True)


def _language(code: str) -> str:
    """`ES-mx` → `es-MX`."""
    language, dash, region = code.partition("-")
    return language.lower() + dash + region.upper()


def read_roles(facts: Sequence[Fact], context: Context) -> tuple[Role, ...]:
    """`## Roles`, in their order."""
    roles: dict[str, Role] = {}
    for fact in facts:
        label, rest = label_and_rest(fact.text)
        head, doc = fact_and_doc(label, context.words) if rest is None else (label, " ".join(rest.raw.split()))
        names = context.name(unticked(head))
        if names is None:
            continue
        role = Role(names=names, doc="\n\n".join(text for text in (doc, *fact.docs) if text), span=place(fact))
        if names.singular == PUBLIC or context.words.is_word(head.value, PUBLIC):
            context.problems.add("E077", head, role=head.raw)
        elif names.singular in roles:
            _twice(head, roles[names.singular], context)
        else:
            roles[role.name] = role
    return tuple(roles.values())


def read_enums(facts: Sequence[Fact], context: Context) -> tuple[Enum, ...]:
    """`## Enums`."""
    enums: dict[str, Enum] = {}
    for fact in facts:
        label, rest = label_and_rest(fact.text)
        names = context.name(label)
        if names is None:
            continue
        body, doc = fact_and_doc(rest, context.words) if rest else (None, "")
        choices = split(body, "|", context.words) if body else []
        values = read_choices(choices, context) if len(choices) > 1 else None
        if context.words.exact(label.value, "type") or context.words.exact(label.value, "relation"):
            context.problems.add("E046", label, name=label.raw)
        elif names.singular in enums:
            _twice(label, enums[names.singular], context)
        elif len(choices) < 2:
            parts = split(body, ",", context.words) if body else []
            suggestion = " | ".join(part.raw for part in parts) if len(parts) > 1 else None
            context.problems.add("E043", rest or fact.text, suggestion, name=label.raw)
        docs = "\n\n".join(text for text in (doc, *fact.docs) if text)
        enums.setdefault(names.singular, Enum(names=names, values=values or (), doc=docs, span=place(fact)))
    return tuple(enums.values())


def _twice(text: Text, first: Role | Enum | Entity, context: Context) -> None:
    """Report a name that another node has already."""
    code = "E035" if identifier(text.raw.lower()) == identifier(first.names.label.lower()) else "E036"
    context.problems.add(
        code, text, f"line {first.span.line}", name=text.raw, other=first.names.label, identifier=first.names.singular
    )


def read_entities(parts: Sequence[EntityPart], context: Context) -> list[tuple[EntityPart, Entity]]:
    """The names of all entities, each with its part; of two that meet the first is kept."""
    found: dict[str, tuple[EntityPart, Entity]] = {}
    for part in parts:
        entity = _entity(part, context)
        if entity is None:
            continue
        if entity.name in found:
            _twice(part.name or part.heading, found[entity.name][1], context)
        else:
            found[entity.name] = (part, entity)
    return list(found.values())


def _entity(part: EntityPart, context: Context) -> Entity | None:
    """The names of one entity, with its notes."""
    plural: Text | None = None
    was: Text | None = None
    for note in part.notes:
        found = context.words.match(note.value, "note")
        rest = unticked(note.cut(found.end)) if found else None
        if found is None or not rest:
            context.problems.add("E033", note, keyword(note.value, context.words, "note"), note=note.raw)
        elif found.word.name == "plural":
            plural = rest
        else:
            was = rest
    name = unticked(part.name or part.heading)
    names = context.name(name, plural=plural)
    old = context.name(was) if was else None
    if names is None:
        return None
    return Entity(
        names=names, was=old.singular if old else None, plural_given=plural is not None,
        doc="\n\n".join(part.docs), span=part.heading.span,
    )  # fmt: skip
