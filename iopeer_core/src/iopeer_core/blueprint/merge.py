"""Brings contributions together: by type and key, in one order, whatever the order of plugins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import reduce
from typing import Any

from iopeer_core.blueprint.contributions import Contributed, Contribution, Merge
from iopeer_core.errors import PluginError

Key = tuple[str, str, tuple[str, ...]]


def bring_together(contributed: Iterable[Contributed]) -> tuple[Contributed, ...]:
    """All contributions, those of one type and key merged, sorted by type, key and plugin.

    Where several plugins contribute the same, `plugin` names them all: "audit, cache".

    Raises:
        PluginError: contributions contradict each other; all conflicts in one message.
    """
    groups: dict[Key, list[Contributed]] = {}
    for one in contributed:
        groups.setdefault(_group(one.value), []).append(one)
    merged: list[Contributed] = []
    conflicts: list[str] = []
    for _, group in sorted(groups.items(), key=lambda item: item[0]):
        try:
            merged += _merge(group)
        except _ConflictFound as conflict:
            conflicts.append(str(conflict))
    if conflicts:
        lines = "\n".join(f"  - {conflict}" for conflict in conflicts)
        raise PluginError(
            f"contributions of plugins contradict each other:\n{lines}",
            how="disable one of the plugins named, in `plugins` of iopeer.toml",
        )
    return tuple(merged)


class _ConflictFound(Exception):
    """What contradicts what, as a line for the user."""


def type_name(kind: type[Contribution]) -> str:
    """`package.module:Class`."""
    return f"{kind.__module__}:{kind.__qualname__}"


def _group(value: Contribution) -> Key:
    return type(value).__name__, type_name(type(value)), value.key


def _merge(group: list[Contributed]) -> list[Contributed]:
    """The contributions of one type and key."""
    explicit = [one for one in group if not one.value.default]
    found = _distinct(explicit or group)
    kind = type(found[0].value)
    if len(found) == 1 or kind.merge is Merge.UNION:
        return found
    if kind.merge is Merge.INTERSECT:
        return [reduce(_meet, found)]
    raise _ConflictFound(f"{title(found[0].value)}: {_differing(found)}")


def _distinct(group: list[Contributed]) -> list[Contributed]:
    """Each value once, with all its plugins; values that mean something only in their plugin stay apart."""
    known: dict[tuple[str, str], tuple[Any, set[str]]] = {}
    for one in group:
        home = one.plugin if type(one.value).of_its_plugin else ""
        known.setdefault((repr(one.value), home), (one.value, set()))[1].add(one.plugin)
    return [Contributed(plugin=", ".join(sorted(names)), value=value) for _, (value, names) in sorted(known.items())]


def _meet(one: Contributed, other: Contributed) -> Contributed:
    met = one.value.meet(other.value)
    if met is None:
        raise _ConflictFound(f"{title(one.value)}: nothing satisfies both {_differing([one, other])}")
    names = {name for each in (one, other) for name in each.plugin.split(", ")}
    return Contributed(plugin=", ".join(sorted(names)), value=met)


def title(value: Contribution) -> str:
    """What messages call a contribution: its type and its key."""
    return " ".join([type(value).__name__, *(part for part in value.key if part)])


def _differing(found: Sequence[Contributed]) -> str:
    """The values of each plugin, no more of them than what differs."""
    values = [one.value for one in found]
    names = [f.name for f in fields(values[0]) if len({repr(getattr(value, f.name)) for value in values}) > 1]
    return " and ".join(f"{_said(one, names)} (from {one.plugin})" for one in found)


def _said(one: Contributed, names: list[str]) -> str:
    said = ", ".join(f"{name}={getattr(one.value, name)!r:.80}" for name in names)
    return said or "the same"
