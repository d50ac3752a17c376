"""Prints, moves and changes the environment."""

from __future__ import annotations

import os
from collections.abc import Iterable

from iopeer_core.blueprint.contributions import Contribution, Guide
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import NoConfig, Plugin

print("imported")  # noqa: T201 - what this plugin is for


class BrokenPlugin(Plugin[NoConfig]):
    """Works, but behaves as if it were alone."""

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """Contribute a section, and make a mess."""
        print("planning")  # noqa: T201 - what this plugin is for
        os.chdir("/")
        os.environ["HOME"] = "/nowhere"
        yield Guide(title="Meddling", body="None of it shows.")
