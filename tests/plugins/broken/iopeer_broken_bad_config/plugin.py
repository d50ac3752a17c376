"""Is configured wrongly."""

from __future__ import annotations

from iopeer_core.plugins.plugin import Plugin
from pydantic import BaseModel, SecretStr


class BrokenConfig(BaseModel):
    """What the test gets wrong."""

    model_config = {"extra": "forbid"}

    api_key: SecretStr
    retries: int = 3


class BrokenPlugin(Plugin[BrokenConfig]):
    """Would be fine with other settings."""

    Config = BrokenConfig
