"""Puts its secret into an error."""

from __future__ import annotations

from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from pydantic import BaseModel, SecretStr


class LeakyConfig(BaseModel):
    """Holds a secret."""

    api_key: SecretStr = SecretStr("sk-very-secret")


class BrokenPlugin(Plugin[LeakyConfig]):
    """Tells its secret when it fails."""

    Config = LeakyConfig

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Fail."""
        raise ConnectionError(f"refused: {self.config.api_key.get_secret_value()}")
