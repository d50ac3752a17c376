"""The plugin's table of `iopeer.toml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Branch = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
Folder = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?$")]


class Config(BaseModel):
    """What a project may set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    branch: Branch = "main"
    """The branch that is checked at each push; pull requests are checked always."""
    folder: Folder = ""
    """Where the product lies in its repository; empty where it is all of it."""
    runner: Branch = "ubuntu-24.04"
    """The machines that GitHub lends."""
