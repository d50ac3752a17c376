"""The names that this plugin's templates may use."""

from __future__ import annotations

from collections.abc import Mapping

from iopeer_core.blueprint.blueprint import Blueprint

from iopeer_plugin_fastapi.view import AppView
from iopeer_plugin_fastapi.view.naming import function, prose, quoted, sentence, wrapped
from iopeer_plugin_fastapi.view.tables import stored_name
from iopeer_plugin_fastapi.view.testing import TestsView


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """Names for templates: `app`, `tests`, `view(entity)`, and functions that write strings.

    Args:
        blueprint: the plan.
    """
    app = AppView(blueprint)
    functions = {
        "quoted": quoted, "wrapped": wrapped, "prose": prose, "sentence": sentence,
        "function": function, "stored_name": stored_name,
    }  # fmt: skip
    return {"app": app, "tests": TestsView(app), "view": app.view, **functions}
