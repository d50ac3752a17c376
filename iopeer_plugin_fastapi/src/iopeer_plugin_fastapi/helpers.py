"""The names that this plugin's templates may use."""

from __future__ import annotations

from collections.abc import Mapping

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.parameters import MOST_ROWS, PAGE_SIZE
from iopeer_core.model.formats import FORMATS, LONGEST_MAILBOX
from iopeer_core.model.spec import Scalar

from iopeer_plugin_fastapi.schema.revisions import Migrations
from iopeer_plugin_fastapi.view import AppView
from iopeer_plugin_fastapi.view.naming import function, pieces, prose, quoted, sentence, wrapped
from iopeer_plugin_fastapi.view.tables import stored_name
from iopeer_plugin_fastapi.view.testing import TestsView


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """Names for templates: `app`, `tests`, `migrations`, `view(entity)`, and functions that write strings.

    Args:
        blueprint: the plan.
    """
    app = AppView(blueprint)
    migrations = Migrations(app=app)
    functions = {
        "quoted": quoted, "wrapped": wrapped, "prose": prose, "sentence": sentence,
        "function": function, "stored_name": stored_name, "form": _form, "longest": _longest,
        "LONGEST_MAILBOX": LONGEST_MAILBOX, "PAGE_SIZE": PAGE_SIZE, "MOST_ROWS": MOST_ROWS,
    }  # fmt: skip
    return {"app": app, "migrations": migrations, "tests": TestsView(app), "view": app.view, **functions}


def _form(scalar: str) -> str:
    """The pattern of a type, as Python: `form("email")`."""
    return pieces(FORMATS[Scalar(scalar)].pattern)


def _longest(scalar: str) -> int | None:
    """The most characters of a type: `longest("url")`."""
    return FORMATS[Scalar(scalar)].longest
