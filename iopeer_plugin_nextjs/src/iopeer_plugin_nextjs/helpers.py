"""The names that the templates use beside the plan's own: each view gives its own."""

from __future__ import annotations

from collections.abc import Mapping

from iopeer_core.blueprint.blueprint import Blueprint

from iopeer_plugin_nextjs.view import app, entities, trials


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """Everything that the templates may use.

    Args:
        blueprint: the plan.
    """
    return {**app.names(blueprint), **entities.names(blueprint), **trials.names(blueprint)}
