"""What other plugins may hand to the generated frontend: its public interface, version 1.

Data only; the templates render all of it as plain code. Symbols name things that the contributing plugin's own
`File`s export: React components, in modules whose path is written without suffix (`frontend/components/rating/stars`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from iopeer_core.blueprint.contributions import Contribution, Symbol, Where
from iopeer_core.errors import PluginError

VERSION = "1.2"
"""The contract's version: the minor part grows with additions, the major one with breaks."""

EVERY_ENTITY = Where()
DIRECTIVES = (
    "connect-src", "font-src", "form-action", "frame-src", "img-src", "media-src", "script-src", "style-src",
    "worker-src",
)  # fmt: skip
"""What a plugin may widen of the Content Security Policy; the rest of it stays as strict as it is."""
_SOURCE = re.compile(
    r"'(?:self|wasm-unsafe-eval)'|[a-z][a-z0-9+.-]*:|(?:(?:https?|wss?)://)?[\w*][\w.*:-]*(?:/[^\s;,'\"]*)?"
)
_PREFIX = re.compile(r"(?:/[a-z0-9][a-z0-9._-]*)+")


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
    (`"CreditCard"`) the menu leads to it, behind the entities. With `shell=False` it stands alone, without menu and
    head, and is public: a landing page. Its component brings its own `<main>`.

    Raises:
        PluginError: a page outside the shell is not public.
    """

    path: str  # "billing", without a slash at its ends
    symbol: Symbol
    title: str  # a key of the texts: "billing.title"
    icon: str = ""
    public: bool = False
    order: int = 50
    shell: bool = True

    def __post_init__(self) -> None:
        if not self.shell and not self.public:
            raise PluginError(f"the page {self.path!r} is outside the shell, and not public", how="say public=True")

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
class ValueWidget(_Component):
    """A component that shows a field, in tables and on the row's page, in place of the usual one; no file of values.

    It takes `ValueProps` of `frontend/components/value/shown-by.tsx`: the `value`, never null, and the `place`,
    `"table"` or `"page"`. Which fields: as those of a `FieldWidget`.
    """

    refers = MappingProxyType({"fields": "field"})
    types: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()  # identifiers
    entities: Where = EVERY_ENTITY


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAction(_Component):
    """Something to do with a row: in the menu of each line of a table, and a button on the row's page.

    The symbol is a function that takes the row, `(row) => Promise<void>`. What it throws is told as of a request;
    afterwards everything that is shown is asked for again.
    """

    label: str  # a key of the texts
    icon: str  # of lucide: "Share2"
    done: str = ""  # a key of the texts: what is told when it is done
    needs: Literal["read", "update", "delete"] = "read"  # what one must be allowed to do with the row
    entities: Where = EVERY_ENTITY
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPanel(_Component):
    """A panel above an entity's list; the component takes the list's `query`: its filters, its order, its page."""

    entities: Where = EVERY_ENTITY
    order: int = 50


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentSource(Contribution):
    """What pages may load from elsewhere: a source of a directive of their Content Security Policy.

    Scripts are loaded by a `Provider`: browsers run what a script of the application adds, from wherever it is.

    Raises:
        PluginError: the directive is none that a plugin may widen, or the source is none.
    """

    directive: str  # "img-src"
    source: str  # "https://tile.openstreetmap.org"

    def __post_init__(self) -> None:
        if self.directive not in DIRECTIVES:
            raise PluginError(
                f"a content source cannot have the directive {self.directive!r}", how=f"one of {', '.join(DIRECTIVES)}"
            )
        if not _SOURCE.fullmatch(self.source):
            raise PluginError(f"a content source cannot be {self.source!r}", how='write it "https://like.this"')

    @property
    def key(self) -> tuple[str, ...]:
        return (self.directive, self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward(Contribution):
    """Addresses of the web application, beside `/api`, that are the API's: requests below them are handed on to it.

    Raises:
        PluginError: the prefix is none.
    """

    prefix: str  # "/feeds"

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise PluginError(f"nothing can be forwarded below {self.prefix!r}", how='write it "/like/this"')

    @property
    def key(self) -> tuple[str, ...]:
        return (self.prefix,)
