"""The backend's sections of the generated README."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.blueprint.contributions import Guide

INSTALL = "python3 -m venv .venv && . .venv/bin/activate && pip install -r {lock}"
RUN = """Python 3.11 or newer (on Debian, with `python3-venv`):

```sh
{install}
alembic upgrade head
python -m backend.seeds
uvicorn backend.main:app --reload --port {port} --no-proxy-headers
```

The API's documentation is then at <http://127.0.0.1:{port}/docs>.{first}"""
TEST = """```sh
pytest -q tests
```

They run on SQLite in a temporary folder; `TEST_DATABASE_URL=postgresql://…` runs them on PostgreSQL instead, in a
database of their own: its tables are dropped."""
CONFIGURE = """Settings are environment variables, or lines of a file `.env`: copy `.env.example` and change what
differs. In production set at least {least}.

Nobody is believed who says of himself where he calls from: the web application names its callers' addresses and proves
itself by `PROXY_KEY`, which both are given; a proxy that stands directly before the API and appends to
`X-Forwarded-For` is counted in `API_PROXIES`. `--no-proxy-headers` leaves all this to the application: by itself the
server would believe every program of its machine."""
FIRST = """ The first account that registers is the
administrator's; in production it needs the link that the log shows when the server starts."""
PASSWORDS = """

`DATABASE_URL` is taken as platforms write it, `postgres://` and `sslmode` included. Behind a pooler that lends a
server for each transaction, end it in `?pgbouncer=true`, and give migrations the address past it:
`DATABASE_MIGRATION_URL`. While the database is away, the API answers 503 and says when to ask again; `/ready` does
too, and `/health` tells of the process alone.

Whoever is given an account by an administrator chooses a password through "forgotten password", which needs a mail
server: `SMTP_URL=smtps://user:password@host`. Without one, development logs the mails.

Requests to sign in, to register and to set a password are limited per caller's address (`RATE_LIMIT_ADDRESS`), and
per address and account (`RATE_LIMIT_ACCOUNT`); all addresses that never signed in to an account share one more limit
there (`RATE_LIMIT_GUESSES`), which leaves its owner in peace: he signs in from where he did before, or sets a new
password by mail. Several processes count together on `RATE_LIMIT_STORAGE=redis://…`, which needs
`pip install "limits[async-redis]"`."""
"""Of the built-in login alone."""

CHANGE = {
    "en": (
        "Change it",
        """\
What the spec says is changed there, and generated again: what you edited in any file is merged with it. What no
spec says has a place of its own, `backend/own/`, whose files are made once and never touched again:

- `steps.py`: steps before and after writes, in their transaction (`@before(entity, Verb.CREATE)`)
- `routes.py`: routes below `/api/v1`
- `task.py`: a task, `python -m backend.own.task`

Each begins with an example in comments, and all are part of the app without being registered. They import what
`backend/engine/`, `backend/services/` and `backend/dependencies.py` offer.""",
    ),
    "es": (
        "Cámbialo",
        """\
Lo que dice la especificación se cambia en ella y se genera de nuevo: lo que hayas editado en cualquier archivo se
combina con ello. Lo que ninguna especificación dice tiene su lugar, `backend/own/`, cuyos archivos se crean una vez y
no se vuelven a tocar:

- `steps.py`: pasos antes y después de escribir, en la misma transacción (`@before(entidad, Verb.CREATE)`)
- `routes.py`: rutas bajo `/api/v1`
- `task.py`: una tarea, `python -m backend.own.task`

Cada uno empieza con un ejemplo en comentarios, y todos son parte de la aplicación sin registrarlos. Importan lo que
ofrecen `backend/engine/`, `backend/services/` y `backend/dependencies.py`.""",
    ),
}
"""By the spec's language: title and text."""


def guides(*, lock: str, port: int, passwords: bool, language: str) -> Iterator[Guide]:
    """How to run, test and configure the backend.

    Args:
        lock: the path of the pinned requirements.
        port: that the API listens on.
        passwords: whether the backend itself signs accounts in.
        language: of the spec.
    """
    install = INSTALL.format(lock=lock)
    run = RUN.format(install=install, port=port, first=FIRST if passwords else "")
    least = (
        "`ENVIRONMENT=production`, `DATABASE_URL` and `SECRET_KEY`"
        if passwords
        else "`ENVIRONMENT=production` and `DATABASE_URL`"
    )
    configure = CONFIGURE.format(least=least) + (PASSWORDS if passwords else "")
    yield Guide(title="Run it", body=run, order=10, command=install)
    yield Guide(title="Test it", body=TEST, order=20, command="pytest -q tests")
    yield Guide(title="Configure it", body=configure, order=30)
    title, body = CHANGE.get(language, CHANGE["en"])
    yield Guide(title=title, body=body, order=28)
