"""Commands that plugins add to the command line: listed from the manifests, imported when they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iopeer_core.errors import PluginError
from iopeer_core.plugins.discovery import Installed
from iopeer_core.plugins.manifest import Command


@dataclass(frozen=True, slots=True)
class PluginCommand:
    """A command and the plugin that has it."""

    plugin: str
    command: Command


def commands(installed: Mapping[str, Installed]) -> Mapping[str, PluginCommand]:
    """The commands of the installed plugins, by name; of two with one name the first plugin's, the doctor warns."""
    found: dict[str, PluginCommand] = {}
    for plugin, item in sorted(installed.items()):
        for command in item.manifest.commands if item.manifest else ():
            found.setdefault(command.name, PluginCommand(plugin, command))
    return found


def run_command(command: PluginCommand, arguments: Sequence[str]) -> int:
    """Import a plugin's command and call it with the arguments that follow its name; gives the exit code.

    Raises:
        PluginError: it cannot be imported, or is no function.
    """
    function = _function(command)
    return int(function(list(arguments)) or 0)


def launchers(installed: Mapping[str, Installed]) -> Mapping[str, PluginCommand]:
    """The ways to run a product that installed plugins have, by name."""
    found: dict[str, PluginCommand] = {}
    for plugin, item in sorted(installed.items()):
        for launcher in item.manifest.launchers if item.manifest else ():
            found.setdefault(launcher.name, PluginCommand(plugin, launcher))
    return found


def run_launcher(launcher: PluginCommand, folder: Path) -> int:
    """Import a plugin's launcher and call it with the folder of a product; gives the exit code.

    Raises:
        PluginError: it cannot be imported, or is no function.
    """
    return int(_function(launcher)(folder) or 0)


def _function(command: PluginCommand) -> Callable[..., Any]:
    from importlib import import_module

    module, _, name = command.command.call.partition(":")
    where = f"plugin {command.plugin!r}, command {command.command.name!r}"
    try:
        function: object = getattr(import_module(module), name, None)
    except (Exception, SystemExit) as error:
        raise PluginError(f"{module} cannot be imported: {type(error).__name__}: {error}", where=where) from error
    if not callable(function):
        raise PluginError(f"{module} has no function {name!r}", where=where, how="mend `call` in its manifest.toml")
    return function
