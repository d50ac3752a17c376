"""Holds what plugins return to its types: a tree of frozen dataclasses of plain data, checked to the leaves."""

from __future__ import annotations

import types
import typing
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import chain
from typing import Any, Literal, Union, get_args, get_origin

from iopeer_core.blueprint.contributions import Contribution

Part = tuple[object, object, str]
"""A value inside another one, its annotation, and how it is called in a message."""


class Conformity:
    """Checks the values that one hook returned. What several of them share is looked at once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], object] = {}  # held, so that no other value gets its place in memory

    def misfit(self, value: object, annotation: object) -> str:
        """Where a value is not what its annotation says: "fields[0].required must be bool, it is 1"; "" if it fits."""
        return self._misfit(value, annotation, "")

    def bad_contribution(self, value: object) -> str:
        """What keeps a value from being a contribution: "" where it is one."""
        kind = type(value)
        if not isinstance(value, Contribution):
            return f"is {_short(value)}, no Contribution"
        if "__dataclass_fields__" not in vars(kind):
            return f"is {a(value)}, which is no dataclass; write @dataclass(frozen=True, kw_only=True) above it"
        problem = self.misfit(value, kind)
        if problem:
            return f"is {a(value)} whose {problem}"
        key: object = value.key
        if not isinstance(key, tuple) or not all(isinstance(part, str) for part in key):
            return f"is {a(value)} whose key must be a tuple of texts, it is {_short(key)}"
        return ""

    def _misfit(self, value: object, annotation: object, path: str) -> str:
        origin, arguments = _form(annotation)
        if origin in (Union, types.UnionType):
            return self._union(value, arguments, path)
        if origin is Literal:
            return "" if value in arguments else _must(path, value, f"be one of {', '.join(map(repr, arguments))}")
        if annotation is Any or not isinstance(origin, type):
            return ""
        if not _is(value, origin):
            return _must(path, value, f"be {origin.__name__}")
        if origin in _LEAVES:
            return ""
        key = (id(value), id(annotation))
        if key in self._seen:
            return ""
        if isinstance(value, tuple) and Ellipsis not in arguments and len(arguments) not in (0, len(value)):
            return _must(path, value, f"have {len(arguments)} items")
        for part in _parts(value, origin, arguments, path):
            if problem := self._misfit(*part):
                return problem
        self._seen[key] = value
        return ""

    def _union(self, value: object, members: tuple[object, ...], path: str) -> str:
        kind = type(value)
        if kind in members:  # so the others cannot say more
            return self._misfit(value, kind, path)
        if any(not self._misfit(value, member, path) for member in members):
            return ""
        names = " or ".join(getattr(member, "__name__", str(member)) for member in members)
        return _must(path, value, f"be {names.replace('NoneType', 'None')}")


_LEAVES = frozenset({str, int, bool, float, bytes, type(None)})


def a(value: object) -> str:
    """A value's type with its article: "an EnvVar"; None is "None"."""
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


@cache
def _form(annotation: Hashable) -> tuple[object, tuple[object, ...]]:
    """`tuple[str, ...]` → `tuple`, `(str, ...)`; a type is its own origin."""
    return get_origin(annotation) or annotation, get_args(annotation)


def _parts(value: Any, origin: type, arguments: tuple[object, ...], path: str) -> Iterable[Part]:
    """What a value of the type `origin` holds."""
    if is_dataclass(origin):
        return [(getattr(value, name), hint, f"{path}.{name}") for name, hint in _fields(value.__class__)]
    if not arguments:
        return ()
    if origin is tuple and arguments[-1] is not Ellipsis:
        return [(v, hint, f"{path}[{i}]") for i, (v, hint) in enumerate(zip(value, arguments, strict=True))]
    if issubclass(origin, Mapping):
        keys = ((k, arguments[0], f"the key of {path}[{k!r}]") for k in value)
        return chain(keys, ((v, arguments[1], f"{path}[{k!r}]") for k, v in value.items()))
    if issubclass(origin, Collection):
        return [(v, arguments[0], f"{path}[{i}]") for i, v in enumerate(value)]
    return ()


@cache
def _fields(kind: Any) -> tuple[tuple[str, object], ...]:
    """The fields of a dataclass with their types; without those whose names are there for type checkers alone."""
    try:
        hints = typing.get_type_hints(kind)
    except NameError:
        return ()
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def _is(value: object, kind: type) -> bool:
    if kind is float:
        kind = int if isinstance(value, int) else float
    return kind is object or (isinstance(value, kind) and not (isinstance(value, bool) and kind is int))


def _must(path: str, value: object, what: str) -> str:
    return f"{path.lstrip('.') or 'value'} must {what}, it is {_short(value)}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
