"""A project's settings: `iopeer.toml` or `iopeer.json` beside the spec.

    plugins = ["web", "audit"]      # those enabled; without it the defaults of the distribution `iopeer`
    allow_unbuilt_guards = false

    [audit]                             # a table per plugin, validated by the plugin's own `Config`
    keep = "90 days"

Messages name keys, never values: a value may be a secret.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import tomli

from iopeer_core.errors import PluginError, UserError
from iopeer_core.hints import did_you_mean, nearest
from iopeer_core.plugins.discovery import Installed, default_plugins, discover

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

TOML = "iopeer.toml"
JSON = "iopeer.json"
KEYS = ("plugins", "allow_unbuilt_guards")

ModelT = TypeVar("ModelT", bound="BaseModel")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectConfig:
    """What `iopeer.toml` says, plugins' tables still as they are written."""

    plugins: tuple[str, ...] = ()  # the names of those enabled, sorted
    allow_unbuilt_guards: bool = False
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by plugin
    path: Path | None = None  # None: the project has no such file


def read_config(folder: Path, installed: Mapping[str, Installed] | None = None) -> ProjectConfig:
    """The settings of the project in `folder`.

    Args:
        folder: the folder of the spec.
        installed: the installed plugins, where they are known already.

    Raises:
        UserError: both files exist; one cannot be read; a key is unknown or of the wrong kind.
        PluginError: it enables a plugin that is not installed.
    """
    path = _find(folder)
    if path is None:
        return ProjectConfig(plugins=default_plugins())
    data = _load(path)
    installed = discover() if installed is None else installed
    tables = {key: _table(value, key, path) for key, value in data.items() if key not in KEYS}
    unknown = sorted(tables.keys() - installed.keys())
    if unknown:
        how = did_you_mean(unknown[0], [*KEYS, *installed])
        raise UserError(f"{unknown[0]!r} is neither a setting nor an installed plugin", where=str(path), how=how)
    return ProjectConfig(
        plugins=_plugins(data, path, installed) if "plugins" in data else default_plugins(),
        allow_unbuilt_guards=_flag(data, "allow_unbuilt_guards", path),
        tables=tables,
        path=path,
    )


def declared(folder: Path) -> tuple[Path | None, tuple[str, ...]]:
    """The settings' file, if any, and the plugins that it enables, installed or not.

    Raises:
        UserError: both files exist; one cannot be read; `plugins` is no list of names.
    """
    path = _find(folder)
    data = _load(path) if path else {}
    if path is None or "plugins" not in data:
        return path, default_plugins()
    return path, _names(data, path)


def validate(model: type[ModelT], name: str, config: ProjectConfig) -> ModelT:
    """A plugin's own config, from its table.

    Args:
        model: the plugin's `Config`.
        name: the plugin's name.
        config: the project's settings.

    Raises:
        PluginError: with a line for every key that the model refuses.
    """
    from pydantic import ValidationError

    try:
        return model.model_validate(dict(config.tables.get(name, {})))
    except ValidationError as error:
        lines = _explain(model, name, error)  # and nothing else of it, since its own text repeats the values
        place = str(config.path) if config.path else f"{TOML} (absent)"
        raise PluginError("\n    ".join(lines), where=place, how=f"mend [{name}]") from None


def _find(folder: Path) -> Path | None:
    found = [folder / name for name in (TOML, JSON) if os.path.lexists(folder / name)]
    if len(found) > 1:
        raise UserError(f"there is {TOML} and {JSON}", where=str(folder), how="keep one of them")
    return found[0] if found else None


def _load(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise UserError("the settings are no regular file", where=str(path), how="move it away, or write them there")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UserError(f"the settings cannot be read: {reason}", where=str(path)) from error
    try:
        data = tomli.loads(text) if path.name == TOML else json.loads(text)
    except tomli.TOMLDecodeError as error:
        raise UserError(f"this is not TOML: {error.msg}", where=f"{path}:{error.lineno}:{error.colno}") from error
    except json.JSONDecodeError as error:
        raise UserError(f"this is not JSON: {error.msg}", where=f"{path}:{error.lineno}:{error.colno}") from error
    except (RecursionError, ValueError) as error:
        what = "this is nested too deeply" if isinstance(error, RecursionError) else "a number in it is too long"
        raise UserError(what, where=str(path)) from error
    if not isinstance(data, dict):
        raise UserError("the settings must be an object", where=str(path), how='write { "plugins": [ … ] }')
    return data


def _table(value: object, key: str, path: Path) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    near = nearest(key, KEYS)
    how = f"did you mean {near!r}?" if near else f"the settings are {' and '.join(KEYS)}; a plugin has a table [{key}]"
    raise UserError(f"{key!r} is no setting", where=str(path), how=how)


def _flag(data: Mapping[str, Any], key: str, path: Path) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise UserError(f"{key!r} must be true or false", where=str(path), how=f"write {key} = true")
    return value


def _plugins(data: Mapping[str, Any], path: Path, installed: Mapping[str, Installed]) -> tuple[str, ...]:
    names = _names(data, path)
    for name in names:
        if name not in installed:
            how = did_you_mean(name, installed) or "install it, or take it out"
            raise PluginError(f"the plugin {name!r} is not installed", where=f"{path}, plugins", how=how)
    return tuple(sorted(names))


def _names(data: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    names = data["plugins"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UserError("'plugins' must be a list of names", where=str(path), how='write plugins = ["audit"]')
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"'plugins' names {name!r} twice", where=str(path), how="take one out")
    return tuple(names)


def _explain(model: type[BaseModel], name: str, error: ValidationError) -> list[str]:
    """A line per mistake: the key and what is wrong with it, never the value."""
    lines = []
    for item in error.errors(include_url=False, include_context=False):
        key = ".".join(str(part) for part in item["loc"])
        message = item["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
        if item["type"] == "extra_forbidden":
            known = [field.alias or key for key, field in model.model_fields.items()] if len(item["loc"]) == 1 else []
            message = f"is unknown; {did_you_mean(key, known) or 'there is no such setting'}"
        elif item["type"] == "missing":
            message = "is missing"
        else:
            message = _without(item["input"], message)
        lines.append(f"[{name}] {key}: {message}" if key else f"[{name}]: {message}")
    return lines


def _without(value: object, message: str) -> str:
    """The message without the value that it complains about."""
    return message.replace(str(value), "…") if isinstance(value, str) and value else message
