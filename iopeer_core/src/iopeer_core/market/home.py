"""The environment that IOPEER runs in: whether plugins can be installed there, and what its keeper does to them."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

from iopeer_core.errors import UserError


def require_home() -> str:
    """What a user has to know of plugins in this environment, "" where nothing.

    Raises:
        UserError: nothing can be installed here, or nothing would stay.
    """
    prefix = Path(sys.prefix)
    if (prefix / "uv-receipt.toml").is_file():
        return "`uv tool upgrade iopeer` takes plugins away; `iopeer sync` brings back those of a project."
    if (prefix / "pipx_metadata.json").is_file():
        return "`pipx reinstall iopeer` takes plugins away; `iopeer sync` brings back those of a project."
    if any(part.startswith(("archive-v", "environments-v", "builds-v")) for part in prefix.parts):
        raise UserError(
            "IOPEER runs in an environment that uv throws away after use",
            where=str(prefix),
            how="`uv tool install iopeer`, then `iopeer add plugin …`",
        )
    if (Path(sysconfig.get_path("stdlib")) / "EXTERNALLY-MANAGED").is_file() and sys.prefix == sys.base_prefix:
        raise UserError(
            "IOPEER runs in the system's own Python, which the system's packages keep",
            where=str(prefix),
            how="`python3 -m venv .venv && .venv/bin/pip install iopeer`, then use that one",
        )
    return ""
