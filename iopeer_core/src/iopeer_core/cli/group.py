"""The root command: IOPEER's own commands, then those that the manifests of installed plugins name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from iopeer_core.cli.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopeer_core.plugins.commands import PluginCommand


class PluginGroup(TyperGroup):
    """Looks for a command among the plugins when it is none of our own, and lists theirs in `--help`."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Our commands in the order of their definition, then the plugins' by name."""
        own = super().list_commands(ctx)
        return [*own, *(name for name in sorted(self._commands) if name not in own)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by name, or None."""
        own = super().get_command(ctx, cmd_name)
        if own is not None or cmd_name not in self._commands:
            return own
        return _wrap(self._commands[cmd_name])

    @cached_property
    def _commands(self) -> Mapping[str, PluginCommand]:
        from iopeer_core.plugins.commands import commands
        from iopeer_core.plugins.discovery import discover

        return commands(discover())


def _wrap(command: PluginCommand) -> Any:
    """A plugin's command as one of ours: it gets every argument that follows its name, `--help` too."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

    @app.command(
        command.command.name,
        help=f"{command.command.summary or command.command.name} ({command.plugin})",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    )
    @guarded
    def run(context: typer.Context) -> None:
        from iopeer_core.plugins.commands import run_command

        if code := run_command(command, context.args):
            raise typer.Exit(code)

    return typer.main.get_command(app)
