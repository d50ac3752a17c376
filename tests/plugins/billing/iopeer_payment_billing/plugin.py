"""The hooks of the plans: none."""

from iopeer_core.plugins.plugin import NoConfig, Plugin


class BillingPlugin(Plugin[NoConfig]):
    """Reads a section, and builds nothing of it."""
