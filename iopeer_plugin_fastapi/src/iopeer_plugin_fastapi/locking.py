"""The app's `requirements.lock`: as it is shipped, unless something is required that it does not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iopeer_core.environments.requires import required
from iopeer_core.errors import UserError
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

_PIN = re.compile(r"^[A-Za-z0-9._-]+(?:\[[A-Za-z0-9,._-]+\])?==[^\s;]+", re.MULTILINE)


def lock(manifest: str, pins: str) -> str:
    """The pins of all that an app requires: as they are where they hold it, else resolved anew for every platform.

    Args:
        manifest: the app's pyproject.toml.
        pins: its requirements.lock; its versions are preferred.

    Raises:
        UserError: what is missing cannot be fetched, or does not go together with the rest.
    """
    wanted = [Requirement(each) for each in required(manifest, "pyproject.toml")]
    held = {canonicalize_name(each.name): each for each in map(Requirement, _PIN.findall(pins))}
    missing = sorted(str(each) for each in wanted if not _holds(held, each))
    if not missing:
        return pins
    from iopeer_core.environments.python import universal_lock  # a generation whose lock holds all needs none of it

    try:
        return universal_lock([str(each) for each in wanted], pins)
    except UserError as error:
        told = f"{', '.join(missing)} must be locked with the app's other packages: {error.what}"
        raise UserError(told, where="requirements.lock", how=error.how) from error


def _holds(held: Mapping[NormalizedName, Requirement], wanted: Requirement) -> bool:
    """Whether one of the pinned versions is what is wanted."""
    pin = held.get(canonicalize_name(wanted.name))
    if pin is None or wanted.url or not wanted.extras <= pin.extras:
        return False
    (version,) = pin.specifier
    return wanted.specifier.contains(version.version, prereleases=True)
