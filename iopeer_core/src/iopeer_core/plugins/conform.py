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


def misfit(value: object, annotation: object) -> str:
    """Where a value is not what its annotation says, "fields[0].required must be bool, it is 1"; "" where it fits."""
    return _misfit(value, annotation, "")


def bad_contribution(value: object) -> str:
    """What keeps a value from being a contribution: "" where it is one."""
    kind = type(value)
    if not isinstance(value, Contribution):
        return f"is {_short(value)}, no Contribution"
    if "__dataclass_fields__" not in vars(kind):
        return f"is {a(value)}, which is no dataclass; write @dataclass(frozen=True, kw_only=True) above it"
    problem = misfit(value, kind)
    if problem:
        return f"is {a(value)} whose {problem}"
    key: object = value.key
    if not isinstance(key, tuple) or not all(isinstance(part, str) for part in key):
        return f"is {a(value)} whose key must be a tuple of texts, it is {_short(key)}"
    return ""


def a(value: object) -> str:
    """A value's type with its article: "an EnvVar"; None is "None"."""
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def _misfit(value: object, annotation: object, path: str) -> str:
    origin = get_origin(annotation) or annotation
    arguments = get_args(annotation)
    if origin in (Union, types.UnionType):
        return _union(value, arguments, path)
    if origin is Literal:
        return "" if value in arguments else _must(path, value, f"be one of {', '.join(map(repr, arguments))}")
    if annotation is Any or not isinstance(origin, type):
        return ""
    if not _is(value, origin):
        return _must(path, value, f"be {origin.__name__}")
    return _inside(value, origin, arguments, path)


def _inside(value: Any, origin: type, arguments: tuple[object, ...], path: str) -> str:
    """The first misfit of what a value holds."""
    parts: Iterable[tuple[object, object, str]] = ()
    if is_dataclass(origin):
        hints = _hints(value.__class__)
        parts = ((getattr(value, f.name), hints.get(f.name, Any), f"{path}.{f.name}") for f in fields(value))
    elif origin is tuple and arguments and arguments[-1] is not Ellipsis:
        if len(value) != len(arguments):
            return _must(path, value, f"have {len(arguments)} items")
        parts = ((v, a, f"{path}[{i}]") for i, (v, a) in enumerate(zip(value, arguments, strict=True)))
    elif issubclass(origin, Mapping) and arguments:
        keys = ((k, arguments[0], f"the key of {path}[{k!r}]") for k in value)
        parts = chain(keys, ((v, arguments[1], f"{path}[{k!r}]") for k, v in value.items()))
    elif issubclass(origin, Collection) and arguments:
        parts = ((v, arguments[0], f"{path}[{i}]") for i, v in enumerate(value))
    return next((problem for part in parts if (problem := _misfit(*part))), "")


def _union(value: object, members: tuple[object, ...], path: str) -> str:
    problems = []
    for member in members:
        problem = _misfit(value, member, path)
        if not problem:
            return ""
        problems.append((isinstance(member, type) and isinstance(value, member), problem))
    inner = [problem for near, problem in problems if near]
    names = " or ".join(getattr(member, "__name__", str(member)) for member in members)
    return inner[0] if inner else _must(path, value, f"be {names.replace('NoneType', 'None')}")


def _is(value: object, kind: type) -> bool:
    if kind is float:
        kind = int if isinstance(value, int) else float
    return kind is object or (isinstance(value, kind) and not (isinstance(value, bool) and kind is int))


@cache
def _hints(kind: Hashable) -> Mapping[str, object]:
    """The types of a dataclass's fields; nothing where a name is there for type checkers alone."""
    try:
        return typing.get_type_hints(kind)
    except NameError:
        return {}


def _must(path: str, value: object, what: str) -> str:
    return f"{path.lstrip('.') or 'value'} must {what}, it is {_short(value)}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
