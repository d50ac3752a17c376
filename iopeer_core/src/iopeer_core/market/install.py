"""Installs a plugin into the environment that IOPEER runs in, and takes it out: by uv, wheels only, hashes required."""

from __future__ import annotations

import sys
from contextlib import suppress

from packaging.requirements import Requirement

from iopeer_core.environments.uv import UvError, uv
from iopeer_core.errors import PluginError, UserError
from iopeer_core.market.index import Market
from iopeer_core.market.installed import Packages
from iopeer_core.market.release import Release


def install(release: Release, market: Market) -> None:
    """Install a release and the packages that it brings, each at its locked version and hash.

    Raises:
        PluginError: it cannot live with what is installed; nothing was changed.
        UserError: a wheel cannot be had, or is not the one that was locked; what had been installed is taken out again.
    """
    packages = Packages()
    require_room(release, packages)
    wanted: list[tuple[str, str, tuple[str, ...]]] = [(release.distribution, release.version, (release.sha256,))]
    wanted += [(pin.name, pin.version, pin.sha256) for pin in release.dependencies]
    missing = [item for item in wanted if packages.version(item[0]) != item[1]]
    given = "\n".join(_requirement(*item) for item in missing)
    places = ["--find-links", str(market.wheels)] if market.wheels else []
    strict = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--no-config")
    try:
        uv(
            "pip",
            "install",
            "--python",
            sys.executable,
            *strict,
            *places,
            "--requirements",
            "-",
            given=given,
        )
    except UvError as error:
        fresh = [name for name, _, _ in missing if not packages.version(name)]
        with suppress(UserError):
            _take_out([name for name in fresh if Packages().version(name)])
        raise PluginError(
            f"{release.name} {release.version} cannot be installed: {error.what}",
            how=_help(error, market),
        ) from error


def uninstall(name: str, release: Release | None, distribution: str) -> tuple[str, ...]:
    """Take a plugin's package out, and those that came with it and nobody else asks for.

    Args:
        name: the plugin's.
        release: what the project's lock says of it, if anything.
        distribution: its package.

    Returns:
        The packages that went.

    Raises:
        PluginError: another package asks for it.
    """
    packages = Packages()
    others = list(packages.asked_by(distribution))
    if others:
        raise PluginError(f"{name} is part of {', '.join(others)}", how="leave out --uninstall: it is disabled then")
    going = [distribution] if packages.version(distribution) else []
    for pin in release.dependencies if release else ():
        askers = packages.asked_by(pin.name).keys() - {*going}
        if packages.version(pin.name) == pin.version and not askers and pin.name not in packages.own:
            going.append(pin.name)
    _take_out(going)
    return tuple(going)


def require_room(release: Release, packages: Packages) -> None:
    """Refuse a release that cannot live with what is installed.

    Raises:
        PluginError: it needs another version of what IOPEER or another plugin runs on.
    """
    told = f"{release.name} {release.version}"
    for text in release.needs:
        need = Requirement(text)
        version = packages.version(need.name)
        if version and not need.specifier.contains(version, prereleases=True):
            raise PluginError(
                f"{told} needs {need}, and IOPEER runs on {need.name} {version}",
                how=f"upgrade IOPEER or {release.name}",
            )
    for pin in release.dependencies:
        version = packages.version(pin.name)
        if not version or version == pin.version:
            continue
        if pin.name in packages.own:
            raise PluginError(
                f"{told} brings {pin.name} {pin.version}, and IOPEER runs on {version}",
                how=f"upgrade IOPEER or {release.name}",
            )
        for other, need in packages.asked_by(pin.name).items():
            if other != release.distribution and not need.specifier.contains(pin.version, prereleases=True):
                raise PluginError(
                    f"{told} brings {pin.name} {pin.version}, and {other} needs {need}",
                    how=f"take another version of {release.name}, or remove {other}",
                )


def _requirement(name: str, version: str, hashes: tuple[str, ...]) -> str:
    return " ".join((f"{name}=={version}", *(f"--hash=sha256:{one}" for one in hashes)))


def _take_out(names: list[str]) -> None:
    if names:
        uv("pip", "uninstall", "--python", sys.executable, *names)


def _help(error: UvError, market: Market) -> str:
    if market.wheels:
        return f"its wheel belongs in {market.wheels}; in a clone of IOPEER `make wheels` builds it. {error.how}"
    return error.how
