"""Its entry point names a class that is not there."""

from __future__ import annotations

from iopeer_core.plugins.plugin import NoConfig, Plugin


class AnotherPlugin(Plugin[NoConfig]):
    """Not the one that is named."""
