"""The plugin's section `[nextjs]` of iopeer.toml."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class NextjsConfig(BaseModel):
    """Nothing to set yet: every choice has one good answer so far."""

    model_config = ConfigDict(extra="forbid", frozen=True)
