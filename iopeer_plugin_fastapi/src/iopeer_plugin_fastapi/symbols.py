"""What the code of other plugins may import of a generated backend: its public interface, in one place.

Symbols are handed to templates, whose `use(symbol)` imports them. Signatures and meaning are documented where they
stand in the generated code; a change of any of them changes `contributions.VERSION`.
"""

from __future__ import annotations

from dataclasses import dataclass

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Symbol
from iopeer_core.blueprint.plan import Plan
from iopeer_core.model.spec import Entity

from iopeer_plugin_fastapi.view import AppView, EntityView

BACKEND = "backend"
PUBLIC: dict[str, tuple[str, ...]] = {
    "backend/database.py": ("engine", "reader"),
    "backend/dependencies.py": ("Connection", "CurrentActor", "OptionalActor"),
    "backend/engine/columns.py": ("Base", "BigInt", "UTCDateTime", "utcnow"),
    "backend/engine/delivery.py": ("Committed",),
    "backend/engine/entity.py": ("Entity", "Event", "Row"),
    "backend/engine/links.py": ("link", "unlink"),
    "backend/engine/lists.py": ("find",),
    "backend/engine/policy.py": ("Actor", "Grant", "Verb"),
    "backend/engine/problems.py": (
        "Conflict",
        "Forbidden",
        "Invalid",
        "NotFound",
        "PaymentRequired",
        "Problem",
        "Stale",
        "TooMany",
        "Unauthorized",
        "Unavailable",
    ),
    "backend/engine/query.py": ("Filter", "Listed", "Order", "Parent", "Query"),
    "backend/engine/reads.py": ("get", "seek"),
    "backend/engine/steps.py": ("after", "before"),
    "backend/engine/transactions.py": ("attempt", "reading", "transaction"),
    "backend/engine/trash.py": ("restore",),
    "backend/engine/writes.py": ("change", "create", "remove"),
    "backend/errors.py": ("ProblemDetail", "problems"),
    "backend/services/auth.py": ("ACCOUNTS",),
    "backend/outbox.py": ("delivery",),
    "backend/settings.py": ("Settings", "get_settings"),
}
"""By file. `links.py` and `trash.py` are there where an entity has links to many rows, or keeps what is deleted;
`delivery.py` and `outbox.py` where somebody hears of committed changes."""


def symbol(path: str, name: str) -> Symbol:
    """A symbol of a file of the backend."""
    return Symbol(component=BACKEND, module=path.removesuffix(".py").replace("/", "."), name=name)


def exported(path: str) -> tuple[Symbol, ...]:
    """What a file that belongs to no entity gives to other plugins.

    Args:
        path: in the app.
    """
    return tuple(symbol(path, name) for name in PUBLIC.get(path, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySymbols:
    """What one entity is called in a generated backend.

    Attributes:
        model: its SQLAlchemy model.
        service: its `Entity`, which the functions of the engine take.
        create: the schema of a whole row.
        read: the schema of an answer.
        update: the schema of changes: what is absent stays.
    """

    model: Symbol
    service: Symbol
    create: Symbol
    read: Symbol
    update: Symbol


def of(plan: Plan, entity: Entity | str) -> EntitySymbols:
    """What an entity is called.

    Args:
        plan: what the backend is made from, whose other names it may not meet.
        entity: the entity, or its name.
    """
    return of_view(AppView(Blueprint(plan=plan)).view(entity))


def of_view(view: EntityView) -> EntitySymbols:
    """What an entity is called, as its templates know it."""

    def named(folder: str, name: str) -> Symbol:
        return symbol(f"backend/{folder}/{view.module(folder)}.py", name)

    return EntitySymbols(
        model=named("models", view.cls),
        service=named("services", view.const),
        create=named("schemas", f"{view.prefix}Create"),
        read=named("schemas", f"{view.prefix}Read"),
        update=named("schemas", f"{view.prefix}Update"),
    )


def named(name: str) -> Symbol:
    """What is public under a name: `named("NotFound")`."""
    return next(symbol(path, name) for path, names in PUBLIC.items() if name in names)


FIND = named("find")
"""`await find(entity, connection, actor, query=Query(), parent=None) -> Listed`: a page of rows."""
GET = named("get")
"""`await get(entity, connection, actor, key) -> Row`; raises NotFound."""
SEEK = named("seek")
"""`await seek(entity, connection, actor, key) -> Row | None`."""
CREATE = named("create")
"""`await create(entity, connection, actor, data) -> Row`: `data` is of the entity's schema `create`."""
CHANGE = named("change")
"""`await change(entity, connection, actor, key, data, *, whole=False, expected=None) -> Row`: `data` is of `update`."""
REMOVE = named("remove")
"""`await remove(entity, connection, actor, key, *, expected=None) -> None`."""
RESTORE = named("restore")
"""`await restore(entity, connection, actor, key) -> Row`: of an entity with `soft delete`."""
LINK = named("link")
"""`await link(entity, connection, actor, key, name, target) -> None`: one more of the links `name`."""
UNLINK = named("unlink")
"""`await unlink(entity, connection, actor, key, name, target) -> None`."""
TRANSACTION = named("transaction")
"""`async with transaction(actor=None) as connection`: kept whole at the end, or not at all."""
READING = named("reading")
"""`async with reading(actor=None) as connection`: to read only."""
ATTEMPT = named("attempt")
"""`async with attempt(connection)`: a problem undoes this block alone."""
COMMITTED = named("Committed")
"""What a handler of committed changes is given: `id, entity, operation, key, old, new, actor, at`."""
DELIVERY = named("delivery")
"""`delivery().drain()` delivers all that is due, `delivery().serve()` until cancelled."""
QUERY, FILTER, ORDER, PARENT = (named(name) for name in ("Query", "Filter", "Order", "Parent"))
ACTOR, EVENT, VERB = (named(name) for name in ("Actor", "Event", "Verb"))
CONNECTION, CURRENT_ACTOR, OPTIONAL_ACTOR = (named(name) for name in ("Connection", "CurrentActor", "OptionalActor"))
