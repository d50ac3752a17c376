"""What the templates of the generated tests ask: valid and invalid values, facts of entities, permission cases."""

from __future__ import annotations

from iopeer_plugin_fastapi.view.testing.app import TestsView

__all__ = ["TestsView"]
