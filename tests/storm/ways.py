"""The ways in which a spec is changed between two generations, each a function of a canonical text in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from iopeer_core.errors import SpecError
from iopeer_core.language.changes import (
    RemoveEntity,
    RemoveField,
    RenameEntity,
    RenameField,
    SetOption,
    apply,
)
from iopeer_core.language.reader import read
from iopeer_core.language.vocabulary import Grammar
from iopeer_core.language.writer import users, write
from iopeer_core.model.spec import BelongsTo, Entity, Field, Spec

TRIES = 25
FIELD = re.compile(r"^- (?P<name>[^:\n]+): (?P<rest>.+)$", re.M)
PLUGINS = ("docker", "fastapi", "nextjs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A second generation: its spec, its plugins, what its templates have that those before had not."""

    text: str
    plugins: tuple[str, ...] = PLUGINS
    upgraded: str = ""  # a plugin whose templates are newer


def canonical(text: str, grammar: Grammar) -> tuple[str, Spec]:
    """A spec as English text in its canonical form, and what it means."""
    spec = read(text, grammar=grammar).spec
    assert spec is not None
    written = write(users(spec), language="en")
    again = read(written, grammar=grammar).spec
    assert again is not None
    return written, again


def changed(way: str, text: str, spec: Spec, rng: Random, grammar: Grammar) -> Changed | None:
    """The spec changed in one way; None where it cannot be."""
    if way == "plugin disabled":
        return Changed(text=text, plugins=("fastapi", rng.choice(("docker", "nextjs"))))
    if way == "plugin upgraded":
        return Changed(text=text, upgraded=rng.choice(("fastapi", "nextjs")))
    for _ in range(TRIES):
        try:
            new = WAYS[way](text, spec, rng)
        except (SpecError, IndexError):
            continue
        result = read(new, grammar=grammar)
        if new != text and result.spec is not None and not any(p.severity == "error" for p in result.problems):
            return Changed(text=new)
    return None


def _entity(spec: Spec, rng: Random) -> Entity:
    return rng.choice([entity for entity in spec.entities if not entity.added_by])


def _field(spec: Spec, rng: Random, *, link: bool = False) -> tuple[Entity, Field]:
    entity = _entity(spec, rng)
    fields = [each for each in entity.fields if not each.added_by and isinstance(each.type, BelongsTo) == link]
    return entity, rng.choice(fields)


def _written(spec: Spec) -> str:
    return write(users(spec), language="en")


def _line(text: str, rng: Random, matching: str, new: Callable[[re.Match[str]], str]) -> str:
    """A text with one of the field lines that match written anew."""
    found = [match for match in FIELD.finditer(text) if re.search(matching, match["rest"])]
    match = rng.choice(found)
    return text[: match.start()] + new(match) + text[match.end() :]


def _added(line: str) -> Callable[[str, Spec, Random], str]:
    """Puts a line into an entity, after one of its fields."""

    def add(text: str, spec: Spec, rng: Random) -> str:
        begin = text.index("\n### ")
        found = [match for match in FIELD.finditer(text, begin) if "|" not in match["name"]]
        match = rng.choice(found)
        target = _entity(spec, rng).names.label
        return text[: match.end()] + "\n" + line.replace("{entity}", target) + text[match.end() :]

    return add


def _permissionless(spec: Spec, role: str) -> Iterator[Entity]:
    for entity in spec.entities:
        yield replace(entity, permissions=tuple(each for each in entity.permissions if each.role != role))


def _drop_role(_: str, spec: Spec, rng: Random) -> str:
    role = rng.choice(spec.roles[1:])
    roles = tuple(each for each in spec.roles if each != role)
    return _written(replace(spec, roles=roles, entities=tuple(_permissionless(spec, role.name))))


def _drop_rule(_: str, spec: Spec, rng: Random) -> str:
    entity = rng.choice([each for each in spec.entities if each.rules])
    rules = entity.rules[1:]
    return _written(replace(spec, entities=tuple(replace(e, rules=rules) if e == entity else e for e in spec.entities)))


def _choices(change: Callable[[list[str]], list[str]]) -> Callable[[str, Spec, Random], str]:
    def alter(text: str, _: Spec, rng: Random) -> str:
        def new(match: re.Match[str]) -> str:
            listed, *rest = match["rest"].removeprefix("one of: ").split(", ")
            values = change(listed.split(" | "))
            return f"- {match['name']}: one of: {', '.join([' | '.join(values), *rest])}"

        return _line(text, rng, r"^one of: ", new)

    return alter


def _extended(word: str, without: str) -> Callable[[str, Spec, Random], str]:
    def extend(text: str, _: Spec, rng: Random) -> str:
        def new(match: re.Match[str]) -> str:
            added = word.replace("{value}", "2026-01-31" if match["rest"].startswith("date") else "7")
            return f"{match[0].split(' — ')[0]}, {added}" if without not in match[0] else match[0]

        return _line(text, rng, r"^(text|integer|date|long text)\b", new)

    return extend


WAYS: dict[str, Callable[[str, Spec, Random], str]] = {
    "field added": _added("- storm note: text"),
    "required field added": _added("- storm code: text, required, max 40, backfill none"),
    "field renamed": lambda _, s, r: _written(apply(s, _rename(s, r))),
    "field dropped": lambda _, s, r: _written(apply(s, _remove(s, r))),
    "field retyped": lambda t, _, r: _line(t, r, r"^text\b", lambda m: m[0].replace(": text", ": long text", 1)),
    "field required": _extended("required, backfill {value}", "required"),
    "field limited": _extended("max 77", "max"),
    "index toggled": _extended("indexed", "indexed"),
    "entity added": lambda t, *_: t.replace("\n### ", "\n### Storm Cloud\n\n- name: text, required\n\n### ", 1),
    "entity renamed": lambda _, s, r: _written(apply(s, RenameEntity(entity=_entity(s, r).name, to="Storm Thing"))),
    "entity dropped": lambda _, s, r: _written(apply(s, RemoveEntity(entity=_entity(s, r).name))),
    "link added": _added("- storm link: belongs to {entity}"),
    "links added": _added("- storm links: many to many {entity}"),
    "link renamed": lambda _, s, r: _written(apply(s, _rename(s, r, link=True))),
    "link dropped": lambda _, s, r: _written(apply(s, _remove(s, r, link=True))),
    "role added": lambda t, *_: t.replace("\n## Roles\n\n", "\n## Roles\n\n- storm watcher\n", 1),
    "role dropped": _drop_role,
    "choice added": _choices(lambda values: [*values, "stormy"]),
    "choice dropped": _choices(lambda values: values[:-1]),
    "choice renamed": _choices(lambda values: [*values[:-1], "renamed by storm"]),
    "rule dropped": _drop_rule,
    "soft delete toggled": lambda _, s, r: _written(apply(s, _soft(s, r))),
}
ALL = (*WAYS, "plugin disabled", "plugin upgraded")


def _rename(spec: Spec, rng: Random, *, link: bool = False) -> RenameField:
    entity, each = _field(spec, rng, link=link)
    return RenameField(entity=entity.name, field=each.name, to=f"{each.names.label} of storm")


def _remove(spec: Spec, rng: Random, *, link: bool = False) -> RemoveField:
    entity, each = _field(spec, rng, link=link)
    return RemoveField(entity=entity.name, field=each.name)


def _soft(spec: Spec, rng: Random) -> SetOption:
    entity = _entity(spec, rng)
    return SetOption(entity=entity.name, soft_delete=not entity.soft_delete)
