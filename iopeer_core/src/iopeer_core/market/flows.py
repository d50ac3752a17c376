"""Adding, removing and restoring plugins: what has to be right first, then the packages, the lock, the settings.

Each step can be done again: a command that was killed is typed once more, and goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from iopeer_core.errors import PluginError
from iopeer_core.hints import did_you_mean
from iopeer_core.market.choose import choose, refuse
from iopeer_core.market.home import require_home
from iopeer_core.market.index import read_market
from iopeer_core.market.install import install, uninstall
from iopeer_core.market.installed import Packages
from iopeer_core.market.pins import FILE, read_pins, write_pins
from iopeer_core.market.release import Release
from iopeer_core.market.settings import disable, enable
from iopeer_core.plugins.capabilities import resolve
from iopeer_core.plugins.config import declared
from iopeer_core.plugins.discovery import discover


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What `add` did."""

    release: Release
    installed: bool  # false: that version was there already
    enabled: bool  # false: the project had it enabled already
    note: str  # what the keeper of this environment does to plugins


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What `remove` did."""

    disabled: bool
    packages: tuple[str, ...]  # those that were uninstalled


def add(folder: Path, name: str, *, version: str = "") -> Added:
    """Install a plugin from the index and enable it in a project.

    Args:
        folder: the project's.
        name: the plugin's name, or that of its distribution.
        version: one version; "" is the newest.

    Raises:
        UserError: it is not to be had, or cannot live with what is there. Nothing was changed then.
    """
    note = require_home()
    _, enabled = declared(folder)
    pins = read_pins(folder)
    market = read_market()
    release = choose(market, name, version)
    _require_peace(release, enabled)
    there = Packages().version(release.distribution) == release.version and release.name in discover()
    if not there:
        install(release, market)
    write_pins(folder, pins.with_(release))
    return Added(release=release, installed=not there, enabled=enable(folder, release.name), note=note)


def remove(folder: Path, name: str, *, gone: bool) -> Removed:
    """Disable a plugin in a project, and with `gone` uninstall it.

    Raises:
        PluginError: the project does not enable it and nothing of it is here; an enabled plugin needs it.
    """
    _, enabled = declared(folder)
    installed = discover()
    pins = read_pins(folder)
    pinned = next((pin for pin in pins.plugins if pin.name == name), None)
    if name not in enabled and name not in installed and pinned is None:
        raise PluginError(f"the plugin {name!r} is not here", how=did_you_mean(name, {*enabled, *installed}))
    _require_leave(name, enabled)
    distribution = pinned.distribution if pinned else ""
    if not distribution and name in installed and (dist := installed[name].entry_point.dist):
        distribution = canonicalize_name(dist.name)
    packages = uninstall(name, pinned, distribution) if gone and distribution else ()
    disabled = disable(folder, name, gone=gone)
    write_pins(folder, pins.without(name))
    return Removed(disabled=disabled, packages=packages)


def sync(folder: Path) -> tuple[Release, ...]:
    """Install what the project's lock names, at those versions and hashes.

    Returns:
        What was installed now.

    Raises:
        UserError: a release was withdrawn or changed since, or cannot be installed.
    """
    require_home()
    pins, market = read_pins(folder), read_market()
    known = {(release.name, release.version): release for release in market.index.releases}
    done = []
    for pin in pins.plugins:
        now = known.get((pin.name, pin.version), pin)
        if now.sha256 != pin.sha256:
            raise PluginError(
                f"{pin.name} {pin.version} is not the one that was locked: the index has another hash",
                where=FILE,
                how=f"if the new one is to be trusted: `iopeer add plugin {pin.name} --version {pin.version}`",
            )
        refuse(now, market.place)
        if Packages().version(pin.distribution) != pin.version:
            install(pin, market)
            done.append(pin)
    return tuple(done)


def _require_peace(release: Release, enabled: Iterable[str]) -> None:
    """Refuse what the project's other plugins do not go with."""
    installed = discover()
    manifests = {name: item.manifest for name in enabled if (item := installed.get(name)) and item.manifest}
    _, before = resolve(manifests, installed)
    _, after = resolve({**manifests, release.name: release.manifest()}, installed)
    for clash in after:
        if clash not in before:
            raise PluginError(f"the plugin {clash.plugin!r} {clash.what}", how=clash.how)


def _require_leave(name: str, enabled: Iterable[str]) -> None:
    """Refuse to take away what another enabled plugin needs."""
    installed = discover()
    manifests = {other: item.manifest for other in enabled if (item := installed.get(other)) and item.manifest}
    _, before = resolve(manifests, installed)
    rest = {other: manifest for other, manifest in manifests.items() if other != name}
    _, after = resolve(rest, installed)
    for clash in after:
        if clash not in before:
            how = f"remove {clash.plugin!r} first"
            raise PluginError(f"the plugin {clash.plugin!r} {clash.what} without {name!r}", how=how)
