"""The plugin's table of `iopeer.toml`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Config(BaseModel):
    """What a project may set: nothing; keys and addresses are settings of the running product."""

    model_config = ConfigDict(extra="forbid", frozen=True)
