"""The names that the templates use beside the plan's own: each view gives its own."""

from __future__ import annotations

from collections.abc import Mapping

from iopeer_core.blueprint.blueprint import Blueprint

from iopeer_plugin_nextjs.view import app, entities, journeys, trials


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """Everything that the templates may use.

    Args:
        blueprint: the plan.
    """
    views = (app, entities, journeys, trials)
    return {name: value for view in views for name, value in view.names(blueprint).items()}
