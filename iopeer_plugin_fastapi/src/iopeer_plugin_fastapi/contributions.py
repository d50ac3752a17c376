"""What other plugins may hand to the generated backend: its public interface, version 1.

Data only; the templates render all of it as plain code. Symbols name things that the contributing plugin's own
`File`s export.
"""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from iopeer_core.blueprint.contributions import Contribution, Symbol, Where
from iopeer_core.errors import PluginError

VERSION = "1.2"
"""The contract's version: the minor part grows with additions, the major one with breaks."""

EVERY_ENTITY = Where()
RESERVED = ("model_config", "model_fields")
"""Members of every pydantic model."""
VALUES: Mapping[str, tuple[type, ...]] = {
    "str": (str,), "int": (int,), "float": (float, int), "bool": (bool,), "SecretStr": (str,),
}  # fmt: skip
"""What the values of settings of a type are, here."""


class Phase(StrEnum):
    """Where a middleware stands, from the outside in."""

    OUTERMOST = "outermost"  # before request ids and the access log
    EARLY = "early"  # after them, before the caller is known
    LATE = "late"  # next to the routers


@dataclass(frozen=True, slots=True, kw_only=True)
class Router(Contribution):
    """A module-level `fastapi.APIRouter`, included under `prefix`.

    Raises:
        PluginError: the prefix is none that FastAPI takes.
    """

    symbol: Symbol
    prefix: str = "/api/v1"

    def __post_init__(self) -> None:
        if self.prefix and (not self.prefix.startswith("/") or self.prefix.endswith("/")):
            raise PluginError(f"a router cannot have the prefix {self.prefix!r}", how='write it "/like/this"')

    @property
    def key(self) -> tuple[str, ...]:
        return (self.symbol.module, self.symbol.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Middleware(Contribution):
    """A pure ASGI middleware class: `__init__(self, app)`, `async __call__(self, scope, receive, send)`."""

    symbol: Symbol
    phase: Phase = Phase.LATE

    @property
    def key(self) -> tuple[str, ...]:
        return (self.symbol.module, self.symbol.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Contribution):
    """A member of the backend's `Settings`, read from the environment variable of its name in capitals.

    Raises:
        PluginError: the name is none that a member can have, or the value is of another type.
    """

    name: str  # an identifier
    type: Literal["str", "int", "float", "bool", "SecretStr"] = "str"
    value: str | int | float | bool | None = ""  # where the environment says nothing
    doc: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name) or keyword.iskeyword(self.name) or self.name in RESERVED:
            raise PluginError(f"the setting {self.name!r} cannot be called so", how='write an identifier: "stripe_key"')
        if self.value is not None and type(self.value) not in VALUES[self.type]:
            raise PluginError(f"the setting {self.name!r} is of the type {self.type}, and {self.value!r} is not")

    @property
    def declaration(self) -> str:
        """The line in the class: `stripe_key: SecretStr | None = None`."""
        value = json.dumps(self.value) if isinstance(self.value, str) else repr(self.value)
        if self.type == "SecretStr" and self.value is not None:
            value = f"SecretStr({value})"
        kind = f"{self.type} | None" if self.value is None else self.type
        return f"{self.name}: {kind} = {value}"

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifespan(Contribution):
    """An async context manager function `(app: FastAPI) -> AsyncIterator[None]`, entered when the app starts."""

    symbol: Symbol

    @property
    def key(self) -> tuple[str, ...]:
        return (self.symbol.module, self.symbol.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interceptor(Contribution):
    """An async function that the services call for some verbs of some entities, before or after the work.

    It is called as `await function(event)` with the `Event` of `backend/engine/entity.py`: the entity, the verb, the
    connection (with the transaction in which the work is done), the actor, the row's id and the values that are
    written, sets of links included; before a create or an update, it may change them. A list is a read whose event has
    no id; a link added or taken away by itself is an update without values. Who registers creates an account: the actor
    is None then, and the values are without the password. Seeds call none. What it raises undoes the work, and so does
    a problem that it catches: what may fail without harm is tried in an `attempt` (`symbols.ATTEMPT`).

    In the phase `committed` it is called as `await function(event)` with a `Committed` of `backend/engine/delivery.py`
    (`symbols.COMMITTED`), outside of every transaction, once the change is kept: at least once (what is told again has
    the same `id`), and of each row in the order of its changes. If it raises it is told again, after growing pauses.

    Raises:
        PluginError: a read is to be told once it is committed.
    """

    symbol: Symbol
    verbs: tuple[Literal["read", "create", "update", "delete"], ...]
    entities: Where = EVERY_ENTITY
    phase: Literal["before", "after", "committed"] = "after"

    def __post_init__(self) -> None:
        if self.phase == "committed" and "read" in self.verbs:
            raise PluginError("an interceptor of committed changes cannot hear of reads", how='leave out "read"')

    @property
    def key(self) -> tuple[str, ...]:
        return (self.symbol.module, self.symbol.name, self.phase)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticator(Contribution):
    """An async function that may know a caller by something else than the backend's own token: an API key, a cookie.

    It is called as `await function(connection, http)`, with a database connection and the `HTTPConnection` of a request
    or a WebSocket, before the token is looked at, and gives an `Actor`, or None for somebody it does not know. What it
    raises is answered. `backend/identity.py` imports its module. `ACCOUNTS.actor(connection, key)` gives the actor of
    an account, `ACCOUNTS.make(connection, values)` opens one as the app itself, a create by nobody, and gives its id.

    Who provides the capability `login`, in place of passwords, names `headers` too: a function of the tests,
    `(account: Id) -> dict[str, str]`, by whose headers the tests of the app call as an account.
    """

    symbol: Symbol
    headers: Symbol | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.symbol.module, self.symbol.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionScope(Contribution):
    """An async function `(connection, actor)` that runs at the start of every transaction (row-level security).

    The actor is None where nobody is known: before the caller is looked up, for who is not signed in, while somebody
    registers or signs in, and for seeds. As soon as a request's caller is known it runs again, in the same transaction,
    with the actor. So a database that refuses where no scope has run is closed by default. `backend/database.py`
    imports its module, which therefore imports nothing that needs the database, and `Actor` under `TYPE_CHECKING`.
    """

    symbol: Symbol

    @property
    def key(self) -> tuple[str, ...]:
        return (self.symbol.module, self.symbol.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordRule(Contribution):
    """A function `(password: str) -> str` that every new password goes through: it gives it back, or raises.

    What it raises is a `ValueError`, or a `PydanticCustomError`, whose type is the code of the answer's error.
    """

    symbol: Symbol

    @property
    def key(self) -> tuple[str, ...]:
        return (self.symbol.module, self.symbol.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorForm(Contribution):
    """How problems are told below a prefix, in place of RFC 9457: those of routes, of the framework and of crashes.

    The function is called as `function(problem, headers)`, with a `ProblemDetail` and the headers that its status asks
    for, and gives the `Response`. The longest prefix that fits counts.
    """

    prefix: str
    symbol: Symbol

    @property
    def key(self) -> tuple[str, ...]:
        return (self.prefix,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHeader(Contribution):
    """A header of every answer, in place of one of that name."""

    name: str
    value: str

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name.lower(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaObject(Contribution):
    """Something in the database beside tables: a trigger, a policy, a view. SQL for one dialect, up and down.

    The first migration makes all of them after the tables, by name, one statement at a time, and drops them in reverse.
    """

    name: str
    dialect: Literal["postgresql", "sqlite"]
    up: tuple[str, ...]  # statements
    down: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.dialect, self.name)
