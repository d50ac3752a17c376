"""What the files of the application ask of signing in, whoever does that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Operation, Symbol

from iopeer_plugin_nextjs.contributions import AuthPages, TokenSource

NAMESPACE = "auth"
"""The texts of the built-in login alone."""
OF_PASSWORDS = ("password_short", "password_long", "common_password")
"""What is wrong with passwords, among all that can be wrong."""


def is_built_in(blueprint: Blueprint) -> bool:
    """Whether the API signs accounts in by an address and a password."""
    return any(operation.verb == "auth.login" for operation in blueprint.all(Operation))


@dataclass(frozen=True)
class LoginView:
    """How accounts sign in."""

    blueprint: Blueprint

    @property
    def source(self) -> Symbol:
        """What makes requests somebody's."""
        return self.blueprint.one(TokenSource).symbol

    @property
    def path(self) -> str:
        """The address of the page on which visitors sign in."""
        return f"/{self.blueprint.one(AuthPages).path}"

    @property
    def visited(self) -> tuple[dict[str, str], ...]:
        """The pages for visitors and the keys of their titles, that on which they sign in first."""
        pages = self.blueprint.one(AuthPages)
        return tuple({"path": f"/{path}", "title": title} for path, title in ((pages.path, pages.title), *pages.others))

    def texts(self, whole: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
        """The words of the interface without those of a login that is not there."""
        if is_built_in(self.blueprint):
            return whole
        kept = {name: words for name, words in whole.items() if name != NAMESPACE}
        errors = {key: text for key, text in kept["errors"].items() if key not in OF_PASSWORDS}
        return {**kept, "errors": errors}
