"""Finds in the index what a user asks for, or says why it is not to be had."""

from __future__ import annotations

from collections.abc import Mapping

from packaging.utils import canonicalize_name

from iopeer_core.errors import PluginError
from iopeer_core.hints import did_you_mean, nearest
from iopeer_core.market.index import Market
from iopeer_core.market.release import Release
from iopeer_core.plugins.manifest import CONTRACTS


def choose(market: Market, name: str, version: str = "") -> Release:
    """The release that `iopeer add plugin NAME --version V` means.

    Args:
        market: the index.
        name: a plugin's name, or that of its distribution.
        version: one version; "" is the newest that fits this IOPEER and was not yanked.

    Raises:
        PluginError: no plugin has that name, there is no such version, it was yanked, or it is for another IOPEER.
    """
    releases = named(market, name)
    if version:
        release = next((release for release in releases if release.version == version), None)
        if release is None:
            known = ", ".join(release.version for release in releases)
            raise PluginError(f"{name} has no version {version}", where=market.place, how=f"there are: {known}")
        refuse(release, market.place)
        return release
    for release in releases:
        if not release.yanked and release.contract in CONTRACTS and not release.order.is_prerelease:
            return release
    refuse(releases[0], market.place)
    return releases[0]


def refuse(release: Release, place: str) -> None:
    """Refuse what must not be installed.

    Raises:
        PluginError: the release was yanked, or is for other hooks than this IOPEER's.
    """
    if release.yanked:
        raise PluginError(
            f"{release.name} {release.version} was withdrawn: {release.yanked}",
            where=place,
            how=f"take another version: `iopeer plugins info {release.name}`",
        )
    if release.contract not in CONTRACTS:
        raise PluginError(
            f"{release.name} {release.version} is for version {release.contract} of the hooks; "
            f"this IOPEER has {', '.join(CONTRACTS)}",
            where=place,
            how=f"upgrade IOPEER, or take another version: `iopeer plugins info {release.name}`",
        )


def named(market: Market, name: str) -> tuple[Release, ...]:
    """The releases of a plugin, the newest first.

    Raises:
        PluginError: the index has no such plugin.
    """
    plugins = market.index.by_name()
    if name in plugins:
        return plugins[name]
    wanted = canonicalize_name(name)
    for releases in plugins.values():
        if releases[0].distribution == wanted:
            return releases
    raise PluginError(f"the index has no plugin {name!r}", where=market.place, how=_advice(name, plugins))


def _advice(name: str, plugins: Mapping[str, tuple[Release, ...]]) -> str:
    near = nearest(name, plugins)
    if near:
        return f"did you mean {near!r}? If so: `iopeer add plugin {near}`"
    return did_you_mean(name, plugins) or "it is empty; name another one in IOPEER_INDEX"
