"""The hooks: an addition or contribution for every seam."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from iopeer_core.blueprint.additions import AddEntity, AddField, Addition
from iopeer_core.blueprint.contributions import Contribution, EnvVar, Guide, Where
from iopeer_core.model.names import make_names
from iopeer_core.model.spec import ChoiceType, Entity, Field, FieldType, Scalar, ScalarType
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Interceptor, Middleware, Router, Setting

from .symbols import EXPORTS, MIDDLEWARE, RECORD, ROUTER

TEXT = ScalarType(scalar=Scalar.TEXT)
ENTRY = "audit_entry"


def field(label: str, type_: FieldType, *, required: bool = False) -> Field:
    """A field with names made from its label."""
    return Field(names=make_names(label, language="en"), type=type_, required=required)


class ProofPlugin(Plugin[NoConfig]):
    """Records what is done to rows, tells it, and marks every answer."""

    @hookimpl
    def before_plan(self) -> Iterable[Addition]:
        """The entries of the trail, and a field on every entity: the row's name in another system."""
        fields = (
            field("entity", TEXT, required=True),
            field("row", ScalarType(scalar=Scalar.INTEGER), required=True),
            field("verb", ChoiceType(values=("create", "update", "delete")), required=True),
        )
        yield AddEntity(entity=Entity(names=make_names("Audit entry", language="en"), fields=fields))
        yield AddField(where=Where(), field=field("external reference", TEXT))

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Files of this plugin's own, and where the backend shall use them."""
        yield from template_files(Path(__file__).parent / "templates", exports=EXPORTS)
        yield Router(symbol=ROUTER)
        yield Middleware(symbol=MIDDLEWARE)
        yield Setting(name="audited_by", value="IOPEER", doc="Who is named in the header of every answer")
        yield EnvVar(name="AUDITED_BY", value="IOPEER", doc="Who is named in the header of every answer")
        yield Interceptor(symbol=RECORD, verbs=("create", "update", "delete"), entities=Where(without=(ENTRY,)))
        yield Guide(title="Audit trail", body="`GET /api/v1/audit` counts what was done to which entity.", order=60)
