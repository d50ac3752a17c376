"""Holds a plugin's hooks to their specification when it is loaded, before any is called.

A misspelt hook would never be called, and the plugin that owns it may be a guard: so everything that is not exactly a
hook is refused, with the right signature in the message.
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from iopeer_core.hints import did_you_mean, nearest
from iopeer_core.plugins import hookspecs

HOOKS: tuple[str, ...] = tuple(name for name in vars(hookspecs.Hooks) if not name.startswith("_"))
MARK = f"{hookspecs.PROJECT}_impl"
OPTIONS = {
    "wrapper": "wrappers",
    "hookwrapper": "wrappers",
    "tryfirst": "tryfirst",
    "trylast": "trylast",
    "optionalhook": "optionalhook",
    "specname": "specname",
}
"""What pluggy knows and IOPEER refuses: each plugin is called alone, the order means nothing, names are the hooks'."""
UNORDERED = (AbstractSet, Mapping, str, bytes)
"""Iterables that are no sequence of results: sets have no order, texts and mappings are something else."""


def problems(cls: type) -> Iterator[str]:
    """What is wrong with the hooks of a plugin's class, a sentence each; nothing where all are right."""
    for name in sorted(dir(cls)):
        member = inspect.getattr_static(cls, name, None)
        function = member.__func__ if isinstance(member, (staticmethod, classmethod)) else member
        if not inspect.isroutine(function) or not hasattr(function, "__code__"):
            if name in HOOKS:
                yield f"{name} is not a method; {_wanted(name)}"
            continue
        marks = getattr(member, MARK, None) or getattr(function, MARK, None)
        if marks is None:
            if name in HOOKS:
                yield f"{name} is not marked @hookimpl, so it would never be called; write @hookimpl above it"
            continue
        if name not in HOOKS:
            near = nearest(name, HOOKS)
            yield f"{name} is no hook; {did_you_mean(name, HOOKS)}" + (f" {_wanted(near)}" if near else "")
            continue
        problem = _kind(member, function, marks) or _parameters(name, function) or _result(name, function)
        if problem:
            yield f"{name} {problem}; {_wanted(name)}"


@cache
def signature(name: str) -> str:
    """How a hook is written: `def after_plan(self, spec: Spec) -> Iterable[Contribution]`."""
    return f"def {name}{inspect.signature(getattr(hookspecs.Hooks, name))}".replace("'", "")


def _wanted(name: str) -> str:
    return f"write `{signature(name)}`"


def _kind(member: object, function: Callable[..., Any], marks: Mapping[str, Any]) -> str:
    """What cannot be a hook whatever its arguments are."""
    for option, word in OPTIONS.items():
        if marks.get(option):
            return f"uses {word}, which IOPEER does not know"
    if isinstance(member, (staticmethod, classmethod)):
        return f"is a {type(member).__name__}; a hook is a method of its own run"
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        return "is async; hooks are not"
    return ""


def _parameters(name: str, function: Callable[..., Any]) -> str:
    wanted = _types(name)
    _, *given = inspect.signature(function).parameters.values()
    for parameter in given:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            return f"takes {str(parameter).partition(':')[0]}; hooks name their arguments"
        if parameter.kind is parameter.POSITIONAL_ONLY:
            return f"takes {parameter.name!r} by position; hooks get their arguments by name"
        if parameter.name not in wanted or parameter.name == "return":
            return f"takes {parameter.name!r}, which it does not get"
        if parameter.annotation is parameter.empty:
            continue
        found = _resolve(parameter.annotation, function)
        if not _same(found, wanted[parameter.name]):
            return f"annotates {parameter.name!r} with {_text(found)}, it gets {_text(wanted[parameter.name])}"
    return ""


def _result(name: str, function: Callable[..., Any]) -> str:
    wanted = _types(name)["return"]
    many = get_origin(wanted) is Iterable
    if inspect.isgeneratorfunction(function) and not many:
        return "is a generator, it returns one value"
    if "return" not in function.__annotations__:
        return ""
    found = _resolve(function.__annotations__["return"], function)
    if isinstance(found, str) or (_fits_many(found, wanted) if many else _fits_one(found, wanted)):
        return ""  # a text could not be resolved: what the hook really returns is checked at each call
    return f"is annotated to return {_text(found)}"


def _fits_one(found: object, wanted: object) -> bool:
    allowed = set(_members(wanted))
    return set(_members(found)) <= allowed


def _fits_many(found: object, wanted: object) -> bool:
    """Whether an annotation is an ordered iterable of what the hook returns."""
    origin = get_origin(found) or found
    if not isinstance(origin, type) or not issubclass(origin, Iterable) or issubclass(origin, UNORDERED):
        return False
    items = get_args(found)[:1] if issubclass(origin, Generator) else get_args(found)
    allowed = tuple(member for member in _members(get_args(wanted)[0]) if isinstance(member, type))
    members = [member for item in items if item is not Ellipsis for member in _members(item)]
    return all(not isinstance(member, type) or issubclass(member, allowed) for member in members)


def _members(annotation: object) -> tuple[Any, ...]:
    """The members of a union, else the annotation alone."""
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)


def _same(found: object, wanted: object) -> bool:
    if isinstance(found, str):  # it names something that is imported for type checkers alone: the last names must agree
        return re.sub(r"[\w.]+\.(\w+)", r"\1", found) == _text(wanted)
    return bool(found == wanted or found is Any or found is object)


@cache
def _types(name: str) -> Mapping[str, Any]:
    """The types of a hook's arguments and, as `return`, of its result; None as `type(None)`."""
    return typing.get_type_hints(getattr(hookspecs.Hooks, name))


def _resolve(annotation: object, function: Callable[..., Any]) -> object:
    """An annotation's type; its text where its names are not there at run time."""
    if annotation is None:
        return type(None)
    if not isinstance(annotation, str):
        return annotation
    names = {**vars(typing), **vars(hookspecs), **function.__globals__}
    try:
        hints = typing.get_type_hints(types.SimpleNamespace(__annotations__={"it": annotation}), globalns=names)
    except (NameError, AttributeError, TypeError, SyntaxError):
        return annotation
    return hints["it"]


def _text(annotation: object) -> str:
    if isinstance(annotation, str):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType):
        return " | ".join(_text(member) for member in get_args(annotation))
    if annotation is type(None):
        return "None"
    if annotation is Ellipsis:
        return "..."
    if get_args(annotation) and get_origin(annotation) is not Literal:
        return f"{_text(get_origin(annotation))}[{', '.join(_text(item) for item in get_args(annotation))}]"
    return getattr(annotation, "__name__", str(annotation))
