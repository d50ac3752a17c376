"""What other plugins may hand to the generated frontend: its public interface, version 1.

Data only; the templates render all of it as plain code. Symbols name things that the contributing plugin's own
`File`s export: React components, in modules whose path is written without suffix (`frontend/components/rating/stars`).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from iopeer_core.blueprint.contributions import Contribution, Symbol, Where

VERSION = "1.1"
"""The contract's version: the minor part grows with additions, the major one with breaks."""

EVERY_ENTITY = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Component(Contribution):
    """A contribution that is one component."""

    symbol: Symbol

    @property
    def key(self) -> tuple[str, ...]:
        return (self.symbol.module, self.symbol.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Contribution):
    """A page of the application at an address of its own; the component takes nothing.

    It stands inside the shell, for whoever is signed in, or for everybody. Where it names an icon of lucide
    (`"CreditCard"`) the menu leads to it, behind the entities.
    """

    path: str  # "billing", without a slash at its ends
    symbol: Symbol
    title: str  # a key of the texts: "billing.title"
    icon: str = ""
    public: bool = False
    order: int = 50

    @property
    def key(self) -> tuple[str, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(_Component):
    """A component with `children` that stands around every page: a context, a script that must be loaded.

    The provider of the session, of the texts and of the queries are around it; the lowest order is the outermost.
    """

    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardWidget(_Component):
    """A panel on the dashboard, behind the counts; the component takes nothing."""

    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWidget(_Component):
    """A component that edits a field in forms, in place of the usual one; it takes `FieldProps`.

    Which fields: those of the types, as a spec writes them (one that a plugin adds too), or those with the names; of
    the entities.
    """

    refers = MappingProxyType({"fields": "field"})
    types: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()  # identifiers
    entities: Where = EVERY_ENTITY


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailPanel(_Component):
    """A panel on the page of a row, below its fields; the component takes the `row`."""

    entities: Where = EVERY_ENTITY
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPanel(_Component):
    """A panel on the page of the reader's own account, below what the application shows there; it takes nothing."""

    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSource(_Component):
    """What makes requests somebody's, where a plugin provides the login: one, an object of the type `TokenSource`.

    The type stands in `frontend/api/token-source.ts`: which session there is, the headers that prove it, its end.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthPages(Contribution):
    """Where visitors sign in, where a plugin provides the login: a page that it makes, a public `Page` say.

    Visitors are led there with `?next=` and the address that they wanted; `safeNext` of `frontend/lib/next-page.ts`
    reads it. The plugin also makes `e2e/support/login.ts`, by which end-to-end tests open accounts and sign in:
    `openAccount(email)`, `signIn(email, password?)`, which gives a `Pass` or throws `Refused`, and `enter(page, pass)`.
    """

    path: str  # "sign-in", without a slash at its ends
    title: str  # a key of the texts, of the page's title
    others: tuple[tuple[str, str], ...] = ()  # paths and titles of its other pages for visitors

    @property
    def key(self) -> tuple[str, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(Contribution):
    """The words of a plugin's own components in a language, under a namespace: `useTranslations("billing")`.

    Every language of the interface that has none gets those of English.
    """

    language: str
    namespace: str
    words: tuple[tuple[str, str], ...]  # key, text

    @property
    def key(self) -> tuple[str, ...]:
        return (self.language, self.namespace)
