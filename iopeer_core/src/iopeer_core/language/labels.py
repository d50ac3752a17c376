"""`## Labels`: what the interface calls entities, fields, choices and roles in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iopeer_core.language.blocks import place
from iopeer_core.language.context import Context
from iopeer_core.language.lexer import fact_and_doc, label_and_rest, split, unquoted, unticked
from iopeer_core.language.markdown import Fact
from iopeer_core.language.outline import Part
from iopeer_core.language.suggest import nearest
from iopeer_core.language.text import QUOTES, Text
from iopeer_core.model.labels import Key, Nameable, nameable
from iopeer_core.model.names import identifier
from iopeer_core.model.spec import NOWHERE, Label, Span, Spec

_SHOWN = 3
"""How many of the names without a label a warning tells."""


def read_labels(parts: Sequence[Part], app: Sequence[Fact], spec: Spec, context: Context) -> tuple[Label, ...]:
    """The labels of all languages; those of one language add up. Warns of languages that lack some."""
    reader = _Labels(spec, context)
    for part in parts:
        language = _named(part.heading.value, spec.app.languages)
        if language is None:
            context.problems.add(
                "E134", part.heading, nearest(part.heading.value, spec.app.languages),
                value=part.heading.raw, languages=", ".join(spec.app.languages),
            )  # fmt: skip
            continue
        for fact in part.facts:
            reader.read(fact, language)
    for language in spec.app.languages[1:]:
        headings = (part.heading.span for part in parts if _named(part.heading.value, [language]))
        reader.warn(language, next(headings, None) or _asked(app, context))
    return tuple(reader.found.values())


def _named(heading: str, languages: Sequence[str]) -> str | None:
    return next((language for language in languages if language.lower() == heading.lower()), None)


def _asked(app: Sequence[Fact], context: Context) -> Span:
    """Where the app's languages stand."""
    for fact in app:
        found = context.words.exact(label_and_rest(fact.text)[0].value, "app key")
        if found and found.word.name == "languages":
            return place(fact)
    return NOWHERE


class _Labels:
    """Reads the labels of one spec."""

    def __init__(self, spec: Spec, context: Context) -> None:
        self.spec, self.context = spec, context
        self.nameable: Mapping[Key, Nameable] = nameable(spec)
        self.found: dict[tuple[str, Key], Label] = {}
        self._keys: dict[tuple[str, ...], Key] = {}
        for key, what in self.nameable.items():
            for names in _spellings(spec, key, what):
                self._keys.setdefault(tuple(map(identifier, names)), key)

    def read(self, fact: Fact, language: str) -> None:
        """One line: what it names, and what that is called."""
        name, rest = label_and_rest(fact.text)
        key = self._key(name)
        body, doc = fact_and_doc(rest, self.context.words) if rest else (None, "")
        texts = self._texts(body, key) if body else []
        problems = self.context.problems
        if key is None:
            problems.add("E135", name, lambda: self._like(name), name=name.raw)
        elif not body or not all(text.value for text in texts):
            problems.add("E091", fact.text, rule=name.raw)
        elif len(texts) > 2:
            problems.add("E136", body, f"{texts[0].raw}, {texts[1].raw}", name=name.raw)
        elif (language, key) in self.found:
            problems.add("E094", name, name=name.raw)
        else:
            docs = "\n\n".join(text for text in (doc, *fact.docs) if text)
            text, plural = [" ".join(one.value.split()) for one in texts] + [""] * (2 - len(texts))
            self.found[language, key] = Label(
                language=language, kind=key[0], path=key[1], text=text, plural=plural, doc=docs, span=place(fact)
            )  # fmt: skip

    def _texts(self, body: Text, key: Key | None) -> list[Text]:
        """A label; of an entity, what one row and what several are called."""
        whole = _bare(body)
        several = key and key[0] == "entity" and whole == body
        return [_bare(part) for part in split(body, ",", self.context.words)] if several else [whole]

    def _key(self, name: Text) -> Key | None:
        whole = self._keys.get((identifier(name.value),))
        if whole:
            return whole
        steps = [unticked(unquoted(part)).value for part in split(name, ".", self.context.words)]
        return self._keys.get(tuple(map(identifier, steps)))

    def _like(self, name: Text) -> str | None:
        return nearest(name.value, (".".join(what.names) for what in self.nameable.values()))

    def warn(self, language: str, at: Span) -> None:
        """Tell what people see that has no label in a language."""
        missing = [
            ".".join(what.names)
            for key, what in self.nameable.items()
            if what.seen and (language, key) not in self.found
        ]
        if missing:
            names = ", ".join(missing[:_SHOWN]) + (", …" if len(missing) > _SHOWN else "")
            self.context.problems.add("W210", at, language=language, count=len(missing), names=names)


def _bare(text: Text) -> Text:
    """A label without the quotes, of any kind, around all of it."""
    value = text.raw
    quoted = (
        len(value) > 2 and value[0] in QUOTES and value[-1] in QUOTES and not set(value[1:-1]) & QUOTES - {"'", "’"}
    )
    return text.cut(1, -1) if quoted else unticked(unquoted(text))


def _spellings(spec: Spec, key: Key, what: Nameable) -> Iterator[tuple[str, ...]]:
    """How a line may name it: by labels, else by the identifiers of its path, the entity in the plural too."""
    yield what.names
    yield key[1]
    entity = spec.entity(key[1][0]) if key[0] in {"entity", "field", "choice"} else None
    if entity:
        yield (entity.names.plural_label, *what.names[1:])
