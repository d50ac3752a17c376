"""The outbox of a generated backend: there where a plugin hears of committed changes, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, EnvVar
from iopeer_core.render.renderer import template_files

from iopeer_plugin_fastapi import symbols
from iopeer_plugin_fastapi.view import AppView

TEMPLATES = Path(__file__).parent / "templates"
FILES = frozenset(
    {"backend/engine/delivery.py", "backend/engine/outbox.py", "backend/outbox.py", "tests/test_outbox.py"}
)


def contributions(blueprint: Blueprint) -> Iterator[Contribution]:
    """Its files and settings.

    Args:
        blueprint: with what all plugins contribute.
    """
    if not AppView(blueprint).handlers:
        return
    for file in template_files(TEMPLATES):
        if file.path in FILES:
            yield replace(file, exports=symbols.exported(file.path))
    doc = "Whether the API delivers committed changes to those who hear of them, or only `python -m backend.outbox`"
    yield EnvVar(name="OUTBOX_DELIVERY", value="true", doc=doc, components=(symbols.BACKEND,))
    doc = "How long a change is held by who delivers it: if that process dies, another waits for so long"
    yield EnvVar(name="OUTBOX_LEASE_SECONDS", value="60", doc=doc, components=(symbols.BACKEND,))
