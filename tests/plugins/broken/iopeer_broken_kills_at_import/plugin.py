"""Ends the process at once while it is imported."""

from __future__ import annotations

import os

os._exit(0)
