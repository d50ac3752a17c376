"""What this plugin's file exports, and what it uses of the backend."""

from __future__ import annotations

from collections.abc import Mapping

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Symbol


def _backend(module: str, name: str) -> Symbol:
    return Symbol(component="backend", module=f"backend.{module}", name=name)


ROUTER = _backend("routers.audit", "router")
MIDDLEWARE = _backend("utils.audit", "AuditHeader")
RECORD = _backend("services.audit", "record")
EXPORTS = {
    "backend/routers/audit.py": (ROUTER,),
    "backend/services/audit.py": (RECORD,),
    "backend/utils/audit.py": (MIDDLEWARE,),
}
ENTRY = _backend("models.audit_entry", "AuditEntry")
CONNECTION = _backend("dependencies", "Connection")
ACTOR = _backend("dependencies", "CurrentActor")
EVENT = _backend("engine.entity", "Event")
SETTINGS = _backend("settings", "get_settings")
PROBLEMS = _backend("errors", "problems")


def helpers(_: Blueprint) -> Mapping[str, object]:
    """The symbols, for the templates."""
    return {name: value for name, value in globals().items() if isinstance(value, Symbol)}
