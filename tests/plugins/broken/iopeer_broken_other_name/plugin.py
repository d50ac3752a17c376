"""Has a manifest of another name."""

from __future__ import annotations

from iopeer_core.plugins.plugin import NoConfig, Plugin


class BrokenPlugin(Plugin[NoConfig]):
    """Would be fine with a better manifest."""
