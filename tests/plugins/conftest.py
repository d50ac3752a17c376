"""An environment with every broken plugin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def broken(install: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The broken plugins are installed."""
    site = install("broken")
    monkeypatch.syspath_prepend(site)
    return site
