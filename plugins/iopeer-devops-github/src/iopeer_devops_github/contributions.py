"""What other plugins may read of this one, or say better: subclasses of `Contribution`."""

from __future__ import annotations

from dataclasses import dataclass

from iopeer_core.blueprint.contributions import Contribution

VERSION = "1.0"
"""The contract's version: the minor part grows with additions, the major one with breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository(Contribution):
    """The product's repository on GitHub, as the settings say."""

    branch: str = "main"  # that is checked at each push
    folder: str = ""  # where the product lies in it; "" for all of it
    runner: str = "ubuntu-24.04"  # the machines that GitHub lends

    @property
    def key(self) -> tuple[str, ...]:
        return ()
