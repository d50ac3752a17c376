"""The app's `requirements.lock`: as it is shipped, unless something is required that it does not hold."""

from __future__ import annotations

import re

from iopeer_core.environments.requires import required
from iopeer_core.errors import UserError
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from iopeer_plugin_fastapi.product import DEVELOPMENT, REQUIREMENTS

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
_EXTRAS = {canonicalize_name(r.name): r.extras for r in map(Requirement, (*REQUIREMENTS, *DEVELOPMENT))}
"""The extras with whose packages the shipped lock was made: it does not tell them itself."""


def lock(manifest: str, pins: str) -> str:
    """The pins of all that an app requires: as they are where they hold it, else resolved anew for every platform.

    Args:
        manifest: the app's pyproject.toml.
        pins: its requirements.lock; its versions are preferred.

    Raises:
        UserError: what is missing cannot be fetched, or does not go together with the rest.
    """
    wanted = [Requirement(each) for each in required(manifest, "pyproject.toml")]
    missing = sorted(str(each) for each in wanted if not _held(each, dict(_PIN.findall(pins))))
    if not missing:
        return pins
    from iopeer_core.environments.python import universal_lock  # a generation whose lock holds all needs none of it

    try:
        return universal_lock([str(each) for each in wanted], pins)
    except UserError as error:
        told = f"{', '.join(missing)} must be locked with the app's other packages: {error.what}"
        raise UserError(told, where="requirements.lock", how=error.how) from error


def _held(requirement: Requirement, pinned: dict[str, str]) -> bool:
    """Whether the pinned versions satisfy a requirement."""
    name = canonicalize_name(requirement.name)
    version = pinned.get(name)
    if version is None or requirement.url or not requirement.extras <= _EXTRAS.get(name, set()):
        return False
    return requirement.specifier.contains(version, prereleases=True)
