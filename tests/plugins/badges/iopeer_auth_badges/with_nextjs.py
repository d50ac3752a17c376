"""What the frontend is told, where there is one."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.blueprint.contributions import Contribution
from iopeer_plugin_nextjs.contributions import AuthPages, Page, Texts, TokenSource

from .plugin import PAGE, POCKET

ENGLISH = {"title": "Show your badge", "email": "Address", "take": "Take it", "refused": "You have none."}
SPANISH = {"title": "Enseña tu placa", "email": "Dirección", "take": "Cógela", "refused": "No tienes ninguna."}


def pages() -> Iterator[Contribution]:
    """The page, its words, and what makes requests somebody's."""
    yield Page(path="show-badge", symbol=PAGE, title="badges.title", public=True)
    yield AuthPages(path="show-badge", title="badges.title")
    yield TokenSource(symbol=POCKET)
    yield Texts(language="en", namespace="badges", words=tuple(ENGLISH.items()))
    yield Texts(language="es", namespace="badges", words=tuple(SPANISH.items()))
