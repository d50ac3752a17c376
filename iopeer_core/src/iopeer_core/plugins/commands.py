"""Commands that plugins add to the command line: listed from the manifests, imported when they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from iopeer_core.errors import PluginError, UserError
from iopeer_core.plugins.discovery import Installed
from iopeer_core.plugins.manifest import Command, Manifest


@dataclass(frozen=True, slots=True)
class PluginCommand:
    """A command, the plugin that has it, and the folder of that plugin's package."""

    plugin: str
    command: Command
    folder: Path

    @property
    def where(self) -> str:
        """What messages call it."""
        return f"plugin {self.plugin!r}, command {self.command.name!r}"


def commands(installed: Mapping[str, Installed]) -> Mapping[str, PluginCommand]:
    """The commands of the installed plugins, by name; of two with one name the first plugin's, the doctor warns."""
    return _first(installed, lambda manifest: manifest.commands)


def run_command(command: PluginCommand, arguments: Sequence[str]) -> int:
    """Import a plugin's command and call it with the arguments that follow its name; gives the exit code.

    Raises:
        PluginError: it cannot be imported, is no function, fails, or gives no exit code.
    """
    return _call(command, list(arguments))


def launchers(installed: Mapping[str, Installed]) -> Mapping[str, PluginCommand]:
    """The ways to run a product that installed plugins have, by name."""
    return _first(installed, lambda manifest: manifest.launchers)


def run_launcher(launcher: PluginCommand, folder: Path) -> int:
    """Import a plugin's launcher and call it with the folder of a product; gives the exit code.

    Raises:
        PluginError: it cannot be imported, is no function, fails, or gives no exit code.
    """
    return _call(launcher, folder)


def _first(
    installed: Mapping[str, Installed], of: Callable[[Manifest], Iterable[Command]]
) -> Mapping[str, PluginCommand]:
    """What the plugins have, by name, each name from the first plugin that has it."""
    found: dict[str, PluginCommand] = {}
    for plugin, item in sorted(installed.items()):
        if manifest := item.manifest:
            for command in of(manifest):
                found.setdefault(command.name, PluginCommand(plugin, command, manifest.folder))
    return found


def _call(command: PluginCommand, argument: object) -> int:
    """What a plugin's function gives as exit code; none is 0, and `sys.exit` is left to do what it says."""
    function = _function(command)
    try:
        code: object = function(argument)
    except (UserError, BrokenPipeError):
        raise
    except Exception as error:
        from iopeer_core.plugins.failures import explain

        what, how = explain(error, command.folder)
        raise PluginError(what, where=command.where, how=how) from error
    if code is None or isinstance(code, int):
        return code or 0
    raise PluginError(f"it returned {code!r:.100}, which is no exit code", where=command.where)


def _function(command: PluginCommand) -> Callable[[object], object]:
    from importlib import import_module

    module, _, name = command.command.call.partition(":")
    try:
        function: object = getattr(import_module(module), name, None)
    except (Exception, SystemExit) as error:
        what = f"{module} cannot be imported: {type(error).__name__}: {error}"
        raise PluginError(what, where=command.where) from error
    if not callable(function):
        raise PluginError(
            f"{module} has no function {name!r}", where=command.where, how="mend `call` in its manifest.toml"
        )
    return function
