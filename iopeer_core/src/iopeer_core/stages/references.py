"""What contributions name, and nobody has: told before anything is rendered, with the plugin that names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import PurePosixPath
from typing import Any

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import (
    Component,
    Contributed,
    File,
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
        yield from _misplaced(who, one.value)


def _unknown(who: str, kinds: str, names: Iterable[str], known: _Known) -> Iterator[str]:
    """Names of none of some kinds ("service or process")."""
    there = [name for kind in kinds.split(" or ") for name in known.names[kind]]
    for name in names:
        if name and name not in there:
            hint = did_you_mean(name, there)
            yield f"{who} names the {kinds} {name!r}, which does not exist" + (f" ({hint})" if hint else "")


def _misplaced(who: str, file: File) -> Iterator[str]:
    """Symbols that a file exports from a module that is not its own."""
    path = PurePosixPath(file.path)
    own = {(path.parent if path.stem in INDEX else path.with_suffix("")).as_posix(), path.with_suffix("").as_posix()}
    for symbol in file.exports:
        if _path(symbol.module) not in {_path(each) for each in own}:
            yield f"{who} exports {symbol.name!r} of the module {symbol.module!r}, which is another file"


def _path(module: str) -> str:
    """A module's path, whether it is written with dots or slashes; placeholders are the same in both."""
    return module.replace(".", "/")


def _parts(value: object) -> Iterator[Any]:
    """Every value in a contribution: it is a tree of dataclasses and tuples."""
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)
