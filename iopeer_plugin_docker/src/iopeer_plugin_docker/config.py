"""The plugin's section `[docker]` of iopeer.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Image = Annotated[str, StringConstraints(pattern=r"^[\w.:/-]+(@sha256:[0-9a-f]{64})?$")]
Size = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*[kmKM]?$")]


class DockerConfig(BaseModel):
    """Settings of the containers.

    Attributes:
        nginx: put NGINX before what browsers reach.
        body_limit: the largest body of a request that NGINX lets through ("10m").
        images: other base images, by what they are for: an ecosystem ("python", "node"), the kind of a service
            ("postgresql"), or "nginx". One with its digest (`image:tag@sha256:…`) never changes.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    nginx: bool = False
    body_limit: Size = "10m"
    images: Mapping[str, Image] = Field(default_factory=dict)
