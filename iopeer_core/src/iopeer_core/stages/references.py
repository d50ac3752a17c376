"""What contributions name, and nobody has: told before anything is rendered, with the plugin that names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import PurePosixPath
from typing import Any

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import (
    Component,
    Contributed,
    File,
    Language,
    Process,
    Service,
    Symbol,
    Where,
)
from iopeer_core.blueprint.merge import title
from iopeer_core.errors import PluginError
from iopeer_core.hints import did_you_mean
from iopeer_core.render.exports import Exports
from iopeer_core.render.placeholders import Selector

INDEX = ("__init__", "index")
"""Files that stand for their folder."""
NAME = re.compile(r"[A-Za-z_$][\w$]*|[\w$]*\{(entity|entities)\.\w+\}[\w$]*")


def refuse_dangling(blueprint: Blueprint) -> None:
    """Look up everything that contributions name.

    Raises:
        PluginError: something is named that does not exist; a line for each, with the plugin and what was meant.
    """
    known = _Known(blueprint)
    found = list(dict.fromkeys(line for one in blueprint.contributions for line in _dangling(one, known)))
    if found:
        raise PluginError(
            "plugins name what is not there:\n" + "\n".join(f"  - {line}" for line in found),
            how="mend the plugin; where another one has it, enable that one in `plugins` of iopeer.toml",
        )


class _Known:
    """What there is, by kind."""

    def __init__(self, blueprint: Blueprint) -> None:
        entities = blueprint.spec.entities
        self.names: Mapping[str, tuple[str, ...]] = {
            "component": tuple(each.name for each in blueprint.all(Component)),
            "process": tuple(each.name for each in blueprint.all(Process)),
            "service": tuple(each.name for each in blueprint.all(Service)),
            "entity": tuple(entity.name for entity in entities),
            "field": tuple(sorted({item.name for entity in entities for item in entity.fields})),
        }
        self.separators = {suffix: each.separator for each in blueprint.all(Language) for suffix in each.suffixes}
        self.exports = Exports(blueprint.all(File), Selector(blueprint.spec, blueprint.account))


def _dangling(one: Contributed, known: _Known) -> Iterator[str]:
    """What a contribution names and nobody has, a line each."""
    who = f"{one.plugin}: {title(one.value)}"
    for member, kinds in type(one.value).refers.items():
        names = getattr(one.value, member)
        yield from _unknown(who, kinds, (names,) if isinstance(names, str) else names, known)
    exported = isinstance(one.value, File)
    for value in _parts(one.value):
        if isinstance(value, Where):
            yield from _unknown(who, "entity", (*value.names, *value.without), known)
        elif isinstance(value, Symbol) and not exported and not known.exports.has(value):
            yield f"{who} uses {value.name!r} of {value.module!r}, and {known.exports.instead(value)}"
    if isinstance(one.value, File):
        yield from _misplaced(who, one.value, known)


def _unknown(who: str, kinds: str, names: Iterable[str], known: _Known) -> Iterator[str]:
    """Names of none of some kinds ("service or process")."""
    there = [name for kind in kinds.split(" or ") for name in known.names[kind]]
    for name in names:
        if name and name not in there:
            hint = did_you_mean(name, there)
            yield f"{who} names the {kinds} {name!r}, which does not exist" + (f" ({hint})" if hint else "")


def _misplaced(who: str, file: File, known: _Known) -> Iterator[str]:
    """Symbols that a file exports from a module that is not its own, or that its language cannot name."""
    path = PurePosixPath(file.path)
    separator = known.separators.get(path.suffix, "/")
    module = path.with_suffix("").as_posix().replace("/", separator)
    modules = {module, *(module.removesuffix(f"{separator}{name}") for name in INDEX)}
    for symbol in file.exports:
        if symbol.module not in modules:
            yield f"{who} exports {symbol.name!r} of the module {symbol.module!r}, and that file is {min(modules)!r}"
        if not NAME.fullmatch(symbol.name):
            yield f"{who} exports {symbol.name!r}, which is no name"


def _parts(value: object) -> Iterator[Any]:
    """Every value in a contribution: it is a tree of dataclasses and tuples."""
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)
