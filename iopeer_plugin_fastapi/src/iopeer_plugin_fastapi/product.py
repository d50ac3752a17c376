"""What the plugin gives to a plan: the columns that signing in needs, and everything that a backend is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from iopeer_core.blueprint.additions import AddField, Addition
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import (
    Check,
    Component,
    Contribution,
    EnvVar,
    File,
    Ignored,
    Language,
    Pins,
    Process,
    Requirement,
    Service,
    Task,
    Where,
)
from iopeer_core.blueprint.operations import auth_operations, standard_operations
from iopeer_core.blueprint.plan import Plan
from iopeer_core.model.names import identifier, make_names
from iopeer_core.model.spec import Entity, Field, LiteralKind, Scalar, ScalarType, Value
from iopeer_core.render.placeholders import per_entity
from iopeer_core.render.renderer import template_files

from iopeer_plugin_fastapi import login, outbox, symbols
from iopeer_plugin_fastapi.contributions import Router
from iopeer_plugin_fastapi.guides import guides
from iopeer_plugin_fastapi.view import AppView

BACKEND = symbols.BACKEND
FRONTEND = "frontend"
"""The capability of who makes one, and its process."""
DATABASE = "db"
LOCK = "requirements.lock"
LEFT = ("*.db", "*.db-*", ".coverage", ".mypy_cache/", ".pytest_cache/", ".ruff_cache/", ".venv/", "__pycache__/")
"""What installing, running and testing leaves in the product's folder."""
OWN = "backend/own/"
"""The folder of the user's own code: each of its files is made once."""
OWN_ROUTES = f"{OWN}routes.py"
OWN_ROUTER = symbols.symbol(OWN_ROUTES, "router")
PORT = 8000
MIGRATION = re.compile(r"backend/migrations/(versions/.*|kept\.py|revision\.py)")
"""What becomes of migrations is known once all plugins have contributed (`schema/revisions.py`)."""
SERVE = (
    "uvicorn", "backend.main:app", "--host", "{host}", "--port", "{port}",
    "--timeout-keep-alive", "75", "--no-proxy-headers",
)  # fmt: skip
"""A proxy that sends a request on a connection which is just being closed answers 500: they stay open for longer.
Whose headers are believed is the application's own matter: the server would believe any process of the machine."""
REQUIREMENTS = (
    "aiosqlite>=0.22",
    "alembic>=1.20",
    "anyio>=4.16",
    "asyncpg>=0.32",
    "fastapi>=0.165",
    "pydantic>=2.14",
    "pydantic-settings>=2.16",
    "sqlalchemy[asyncio]>=2.0.40",
    "uvicorn>=0.54",
)
"""Ranges that were seen to work together; `templates/requirements.lock` pins them, made by `make lock`."""
PROXY_KEY = "By it the API knows the web application, and believes which address calls: the same for both"
DEVELOPMENT = ("httpx>=0.28", "mypy>=2.4", "pytest>=9.2", "pytest-cov>=7", "ruff>=0.17")


def additions() -> Iterator[Addition]:
    """The hash of an account's password: never answered, never taken."""
    field = Field(
        names=make_names("password hash", language="en"),
        type=ScalarType(scalar=Scalar.TEXT),
        maximum=Value(kind=LiteralKind.NUMBER, value="255"),
        read_only=True,
        hidden=True,
    )
    yield AddField(where=Where(kind="account"), field=field)


def contributions(plan: Plan) -> Iterator[Contribution]:
    """The backend of a plan.

    Args:
        plan: the united spec, and who else is there.
    """
    yield Component(
        name=BACKEND, root=BACKEND, ecosystem="python", title="API", manifest="pyproject.toml", files=("alembic.ini",)
    )
    language = "iopeer_plugin_fastapi.language"
    yield Language(
        name="python", suffixes=(".py",), imports=f"{language}:imports", format=f"{language}:ruff_format",
        scope=f"{language}:scope", escape=f"{language}:escape",
    )  # fmt: skip
    for specifier in (*REQUIREMENTS, *(login.REQUIREMENTS if login.keeps_passwords(plan) else ())):
        yield Requirement(component=BACKEND, specifier=specifier)
    for specifier in DEVELOPMENT:
        yield Requirement(component=BACKEND, specifier=specifier, group="dev")
    yield from (Ignored(pattern=pattern) for pattern in LEFT)
    yield Pins(component=BACKEND, path=LOCK, lock="iopeer_plugin_fastapi.locking:lock")
    yield from _files(plan)
    yield from _settings(plan)
    yield from _running()
    yield Router(symbol=OWN_ROUTER)
    yield from guides(lock=LOCK, port=PORT, passwords=login.keeps_passwords(plan), language=plan.spec.language)
    yield from standard_operations(plan)
    passwords = login.keeps_passwords(plan)
    yield from (each for each in auth_operations(plan) if passwords or each.name == "me")


def _files(plan: Plan) -> Iterator[File]:
    """A file per template; of those per entity one each, since a name may have to be escaped in Python alone."""
    app = AppView(Blueprint(plan=plan))
    apart = outbox.FILES
    for file in template_files(outbox.TEMPLATES, only=lambda path: path not in apart and not MIGRATION.fullmatch(path)):
        if per_entity(file.path):
            for entity in plan.spec.entities:
                yield _of_entity(app, file, entity)
        elif _is_needed(app, file.path):
            yield _own(file) if file.path.startswith(OWN) else replace(file, exports=symbols.exported(file.path))


def _own(file: File) -> File:
    """A file that is the user's once it is made; nobody but the application itself imports of it."""
    return replace(file, policy="once", exports=(OWN_ROUTER,) if file.path == OWN_ROUTES else ())


def _is_needed(app: AppView, path: str) -> bool:
    """Whether the spec gives a reason for a file."""
    reasons = {
        "backend/models/enums.py": app.shared_enums,
        "backend/engine/decimals.py": app.uses("decimal", "money"),
        "backend/engine/durations.py": app.uses("duration"),
        "backend/engine/links.py": app.has("links"),
        "backend/engine/trash.py": app.soft_deletes,
        "backend/engine/trees.py": app.has("trees"),
        "tests/test_relations.py": app.blueprint.relations,
    }
    return bool(reasons.get(path, path not in login.FILES or app.keeps_passwords))


def _of_entity(app: AppView, file: File, entity: Entity) -> File:
    view = app.view(entity)
    folder = Path(file.path).parent
    names = symbols.of_view(view)
    exported = {
        "models": (names.model,),
        "services": (names.service,),
        "schemas": (names.create, names.read, names.update),
    }.get(folder.name, ())
    each = Where(kind="named", names=(entity.name,))
    return replace(file, path=f"{folder.as_posix()}/{view.module(folder.name)}.py", each=each, exports=exported)


def _settings(plan: Plan) -> Iterator[EnvVar]:
    """What differs between installations; the members of the backend's `Settings`."""
    database = identifier(plan.spec.title) or "app"
    yield EnvVar(
        name="ENVIRONMENT", value="development", doc="development, test or production", components=(BACKEND,),
        production="production",
    )  # fmt: skip
    yield EnvVar(
        name="DATABASE_URL", value=f"sqlite:///./{database}.db", service=DATABASE, components=(BACKEND,),
        doc="sqlite:///./file.db or postgresql://user:password@host:5432/name, with ?pgbouncer=true behind a pooler",
    )  # fmt: skip
    yield EnvVar(
        name="DATABASE_MIGRATION_URL", components=(BACKEND,),
        doc="Another address of the same database, for migrations: past the pooler",
    )  # fmt: skip
    for name, value, doc in (
        ("CORS_ORIGINS", "", "Origins of browsers that may call from elsewhere, with commas"),
        ("MAX_BODY_BYTES", "1048576", "The largest body of a request, in bytes"),
        ("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
    ):
        yield EnvVar(name=name, value=value, doc=doc, components=(BACKEND,))
    yield EnvVar(name="PROXY_KEY", doc=PROXY_KEY, secret=True, components=(BACKEND,))
    yield EnvVar(
        name="API_PROXIES", proxies=True, components=(BACKEND,),
        doc="Proxies before the API itself that append the caller's address to X-Forwarded-For",
    )  # fmt: skip
    if login.keeps_passwords(plan):
        yield from _password_settings(plan)


def _password_settings(plan: Plan) -> Iterator[EnvVar]:
    """Those of the built-in login."""
    for name, value, doc in (
        ("ACCESS_TOKEN_MINUTES", "15", "How long a caller may work before the token is renewed"),
        ("REFRESH_TOKEN_DAYS", "30", "How long a device stays signed in without being used"),
        ("RESET_TOKEN_MINUTES", "60", "How long the link in a mail sets a new password"),
        (
            "SMTP_URL",
            "",
            "smtp://user:password@host:587 or smtps://user:password@host:465; without it, mails are logged",
        ),
        ("MAIL_FROM", "no-reply@localhost", "The sender of mails"),
        ("RATE_LIMITS", "true", "Whether signing in and the like are limited, by these:"),
        ("RATE_LIMIT_ADDRESS", "60/minute", "Tries of one address to sign in, register, refresh or reset a password"),
        ("RATE_LIMIT_ACCOUNT", "10/5 minutes", "Failing tries of one address at one account"),
        (
            "RATE_LIMIT_GUESSES",
            "100/hour",
            "Tries at one account of all addresses that never signed in to it, together",
        ),
        ("RATE_LIMIT_STORAGE", "memory://", "Where tries are counted; redis://host:6379 for several processes"),
    ):
        checks = "false" if name == "RATE_LIMITS" else ""
        yield EnvVar(name=name, value=value, doc=doc, components=(BACKEND,), checks=checks)
    yield EnvVar(
        name="FRONTEND_URL", value="http://localhost:3000", doc="Where the links in mails lead", components=(BACKEND,),
        address_of=FRONTEND if plan.has(FRONTEND) else "", public=True,
    )  # fmt: skip
    doc = "At least 32 bytes; required in production, in development each start makes a new one"
    yield EnvVar(name="SECRET_KEY", doc=doc, secret=True, components=(BACKEND,))


def _running() -> Iterator[Contribution]:
    """How the backend is prepared, run and tested, and what serves it."""
    yield Service(name=DATABASE, kind="postgresql", port=5432, optional=True)
    yield Task(
        name="migrate", component=BACKEND, command=("alembic", "upgrade", "head"), title="Make the tables", order=10
    )
    yield Task(
        name="seed", component=BACKEND, command=("python", "-m", "backend.seeds"), title="Add the first rows", order=20
    )
    yield Process(
        name=BACKEND,
        component=BACKEND,
        command=SERVE,
        live=(*SERVE, "--reload", "--reload-dir", "backend"),
        port=PORT,
        health="/health",
    )
    yield Check(
        name="tests", component=BACKEND, command=("pytest", "-q", "tests"), quickly=("--once",), title="Backend tests",
        service=DATABASE, service_variable="TEST_DATABASE_URL",
    )  # fmt: skip
    yield Check(name="backend style", component=BACKEND, command=("ruff", "check", "."), title="Style of the backend")
    yield Check(
        name="backend types", component=BACKEND, command=("mypy",), title="Types of the backend",
        variables=(("MYPY_CACHE_DIR", "{cache}/mypy"),),
    )  # fmt: skip
    yield Check(
        name="backend coverage", component=BACKEND, level="full", title="Coverage of the backend's tests",
        command=("pytest", "-q", "-p", "pytest_cov", "--cov", "--cov-report", "term:skip-covered", "tests"),
    )  # fmt: skip
