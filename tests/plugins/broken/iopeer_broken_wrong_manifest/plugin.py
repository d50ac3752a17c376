"""Has a manifest with a misspelt key."""

from __future__ import annotations

from iopeer_core.plugins.plugin import NoConfig, Plugin


class BrokenPlugin(Plugin[NoConfig]):
    """Would be fine with a better manifest."""
