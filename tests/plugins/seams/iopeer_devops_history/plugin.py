"""An entity for the entries, and a step around the services that writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from iopeer_core.blueprint.additions import AddEntity, Addition
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, Symbol, Where
from iopeer_core.model.names import make_names
from iopeer_core.model.spec import ChoiceType, Entity, Field, Scalar, ScalarType
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Interceptor

from iopeer_plugin_fastapi import symbols

ENTRY = "history_entry"
RECORD = Symbol(component="backend", module="backend.services.history", name="record")
MODEL = Symbol(component="backend", module=f"backend.models.{ENTRY}", name="HistoryEntry")


def helpers(_: Blueprint) -> Mapping[str, object]:
    """The symbols, for the templates."""
    return {"EVENT": symbols.EVENT, "MODEL": MODEL, "VERB": symbols.VERB}


def scalar(label: str, scalar: Scalar, *, required: bool = False) -> Field:
    """A field with names made from its label."""
    return Field(names=make_names(label, language="en"), type=ScalarType(scalar=scalar), required=required)


class HistoryPlugin(Plugin[NoConfig]):
    """Records what is done to rows."""

    @hookimpl
    def before_plan(self) -> Iterable[Addition]:
        """The entries."""
        verb = ChoiceType(values=("create", "update", "delete"))
        fields = (
            scalar("entity", Scalar.TEXT, required=True),
            scalar("row", Scalar.TEXT, required=True),
            Field(names=make_names("verb", language="en"), type=verb, required=True),
            scalar("actor", Scalar.TEXT),
            scalar("changes", Scalar.JSON, required=True),
        )
        yield AddEntity(entity=Entity(names=make_names("History entry", language="en"), fields=fields))

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """A new row is recorded once it is there, any other while it is still as it was."""
        folder = Path(__file__).parent / "templates"
        yield from template_files(folder, exports={"backend/services/history.py": (RECORD,)})
        others = Where(without=(ENTRY,))
        yield Interceptor(symbol=RECORD, verbs=("create",), entities=others)
        yield Interceptor(symbol=RECORD, verbs=("update", "delete"), entities=others, phase="before")
