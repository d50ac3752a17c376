"""The app's `package-lock.json`: as it is shipped, unless something is required that it does not hold."""

from __future__ import annotations

import json

from iopeer_core.errors import UserError

GROUPS = ("dependencies", "devDependencies")


def lock(manifest: str, pins: str) -> str:
    """The pins of all that an app requires: as they are where they are of the same packages, else made anew by npm.

    Args:
        manifest: the app's package.json.
        pins: its package-lock.json; its versions are preferred.

    Raises:
        UserError: what is missing cannot be fetched, or does not go together with the rest.
    """
    required, locked = _packages(json.loads(manifest)), _packages(json.loads(pins)["packages"][""])
    if required == locked:
        return pins
    from iopeer_core.environments.node import package_lock  # a generation whose lock holds all needs none of it

    try:
        return package_lock(manifest, pins)
    except UserError as error:
        missing = ", ".join(f"{name}@{version}" for name, version in sorted(required - locked))
        told = f"{missing} must be locked with the app's other packages: {error.what}"
        raise UserError(told, where="package-lock.json", how=error.how) from error


def _packages(package: dict[str, dict[str, str]]) -> set[tuple[str, str]]:
    """The packages that a package names, with their ranges."""
    return {item for group in GROUPS for item in package.get(group, {}).items()}
