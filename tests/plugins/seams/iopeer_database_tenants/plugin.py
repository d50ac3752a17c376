"""A column that says whose a row is, a step that fills it, and policies of the database that read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from iopeer_core.blueprint.additions import AddField, Addition
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, Symbol, Where
from iopeer_core.blueprint.plan import Plan
from iopeer_core.model.names import make_names
from iopeer_core.model.spec import Field, Scalar, ScalarType
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin
from iopeer_core.render.renderer import template_files
from iopeer_plugin_fastapi.contributions import Interceptor, SchemaObject, TransactionScope

from iopeer_plugin_fastapi import symbols

CLAIM = Symbol(component="backend", module="backend.services.tenants", name="claim")
ENTER = Symbol(component="backend", module="backend.utils.tenants", name="enter")
ACTOR = "current_setting('app.actor', true)"
"""Null or empty on a connection on which no scope ran: then every policy refuses."""
OTHERS = Where(kind="others")
"""Every entity but the account: nobody's rows are looked up when he signs in."""
EXPORTS = {"backend/services/tenants.py": (CLAIM,), "backend/utils/tenants.py": (ENTER,)}


def helpers(_: Blueprint) -> Mapping[str, object]:
    """The symbols, for the templates."""
    return {"EVENT": symbols.EVENT, "ENTER": ENTER}


class TenantsPlugin(Plugin[NoConfig]):
    """Keeps the rows of one caller from every other."""

    @hookimpl
    def before_plan(self) -> Iterable[Addition]:
        """Whose a row is."""
        names, text = make_names("tenant", language="en"), ScalarType(scalar=Scalar.TEXT)
        yield AddField(where=OTHERS, field=Field(names=names, type=text, read_only=True, hidden=True))

    @hookimpl
    def after_plan(self, plan: Plan) -> Iterable[Contribution]:
        """The step, the scope and a policy per table."""
        yield from template_files(Path(__file__).parent / "templates", exports=EXPORTS)
        yield Interceptor(symbol=CLAIM, verbs=("create",), entities=OTHERS, phase="before")
        yield TransactionScope(symbol=ENTER)
        for entity in plan.spec.entities:
            table = entity.table or entity.names.plural
            mine = OTHERS.means(entity.name, plan.account)
            yield policies(table, *tenants()) if mine else policies(table, known())


def known() -> str:
    """Accounts are for whoever comes by way of the app: one who signs in is nobody yet."""
    return f"USING ({ACTOR} <> '')"


def tenants() -> Iterable[str]:
    """A row is its tenant's alone; what nobody made, by a seed, is everybody's to read."""
    yield f"USING (tenant = {ACTOR})"
    yield f"FOR SELECT USING (tenant IS NULL AND {ACTOR} <> '')"
    yield f"FOR INSERT WITH CHECK (tenant IS NULL AND {ACTOR} = 'nobody')"


def policies(table: str, *rules: str) -> SchemaObject:
    """Rows are seen, added and changed as one of the rules allows, by the owner of the table too."""
    named = {f'"{table}_{number}"': rule for number, rule in enumerate(rules)}
    return SchemaObject(
        name=f"{table}_tenant",
        dialect="postgresql",
        up=(
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            *(f'CREATE POLICY {name} ON "{table}" {rule}' for name, rule in named.items()),
        ),
        down=(
            *(f'DROP POLICY {name} ON "{table}"' for name in named),
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
        ),
    )
