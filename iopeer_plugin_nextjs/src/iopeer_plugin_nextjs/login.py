"""How accounts sign in: by the built-in pages where the API has its operations, else as another plugin says."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, File, Guide, Screen, Symbol
from iopeer_core.errors import PluginError
from iopeer_core.render.renderer import template_files

from iopeer_plugin_nextjs.contributions import AccountPanel, AuthPages, TokenSource
from iopeer_plugin_nextjs.running import FRONTEND
from iopeer_plugin_nextjs.view.login import is_built_in
from iopeer_plugin_nextjs.view.taken import TEMPLATES

PAGES = f"{FRONTEND}/app/(auth)/"
E2E = "e2e/"
ENTRANCE = "e2e/support/login.ts"
"""How end-to-end tests open an account and sign in: where another plugin does that, it makes this file."""
TOKENS = f"{FRONTEND}/tests/support/tokens.ts"
JOURNEY = "e2e/tests/auth.spec.ts"
SESSIONS = Symbol(component=FRONTEND, module=f"{FRONTEND}/api/session-source", name="sessionSource")
CHANGE_PASSWORD = Symbol(
    component=FRONTEND, module=f"{FRONTEND}/components/account/change-password", name="ChangePassword"
)
EXPORTS = {f"{symbol.module}{suffix}": (symbol,) for symbol, suffix in ((SESSIONS, ".ts"), (CHANGE_PASSWORD, ".tsx"))}
OTHERS = (
    ("register", "auth.register_title"),
    ("forgot-password", "auth.forgot_title"),
    ("reset-password?token=none", "auth.reset_title"),
)
GUIDE = """Who signs in keeps a short token and one that renews it in the browser's `localStorage`; they are renewed
in time, and signing out in one tab signs out in all. A script that runs on the page could read them: the application
sends a strict Content Security Policy, so that none but its own does. Keep it strict when you add to the frontend."""


def is_of_login(path: str) -> bool:
    """Whether a file is one of the built-in login alone."""
    return path.startswith(PAGES) or path in {ENTRANCE, JOURNEY, TOKENS}


def login(blueprint: Blueprint, *, whole: bool) -> Iterator[Contribution]:
    """The files of the built-in login; none where another plugin has its own, which must be whole then.

    Args:
        blueprint: the plan.
        whole: whether there are end-to-end tests.

    Raises:
        PluginError: nobody signs in, or two would.
    """
    sources, pages = blueprint.all(TokenSource), blueprint.all(AuthPages)
    if is_built_in(blueprint):
        _refuse_rivals(blueprint)
        yield _screen("login")
        yield TokenSource(symbol=SESSIONS)
        yield AuthPages(path="login", title="auth.login_title", others=OTHERS)
        yield AccountPanel(symbol=CHANGE_PASSWORD)
        yield from template_files(
            TEMPLATES, only=lambda path: is_of_login(path) and (whole or not path.startswith(E2E))
        )
        yield Guide(title="Sessions in the browser", body=GUIDE, order=60)
        return
    owner = blueprint.plan.capabilities.get("login", "nobody")
    if len(sources) != 1 or len(pages) != 1:
        raise PluginError(
            f"{owner!r} provides the login, and the web application does not know how to sign in: "
            f"there are {len(sources)} TokenSources and {len(pages)} AuthPages, one of each is needed",
            how="the plugin of the login can contribute them (docs/plugins), or one of the two is not to be enabled",
        )
    if whole and not any(file.path == ENTRANCE for file in blueprint.all(File)):
        raise PluginError(
            f"{owner!r} provides the login, and the end-to-end tests do not know how to sign in",
            how=f"the plugin of the login can make the file {ENTRANCE} (docs/plugins)",
        )
    yield _screen(pages[0].path)


def _screen(path: str) -> Screen:
    return Screen(name="login", path=f"/{path}", title="Sign in", signed_in=False, order=10)


def _refuse_rivals(blueprint: Blueprint) -> None:
    for one in blueprint.contributions:
        if isinstance(one.value, (TokenSource, AuthPages)):
            raise PluginError(
                f"{one.plugin!r} contributes {type(one.value).__name__}, and the built-in login is there too",
                how='the plugin must say provides = ["login"] in its manifest',
            )
