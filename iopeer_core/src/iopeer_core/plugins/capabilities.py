"""Who provides what: requirements, conflicts and capabilities of the enabled plugins, from their manifests alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iopeer_core.plugins.discovery import Installed
from iopeer_core.plugins.manifest import Manifest, Required


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a plugin cannot be enabled as things are: what is wrong and what the user can do."""

    plugin: str
    what: str
    how: str


@dataclass(frozen=True, slots=True)
class Providers:
    """Capability → the plugin that provides it, and the version of what it provides."""

    by_capability: Mapping[str, tuple[str, str]]

    def of(self, plugin: str) -> frozenset[str]:
        """The capabilities that a plugin provides, those that it yielded left out."""
        return frozenset(name for name, (owner, _) in self.by_capability.items() if owner == plugin)


def resolve(enabled: Mapping[str, Manifest], installed: Mapping[str, Installed]) -> tuple[Providers, tuple[Clash, ...]]:
    """Settle who provides what, and everything that stands in the way.

    A capability marked `default` yields to one explicit rival; two explicit ones, or two defaults, are a clash.

    Args:
        enabled: the manifests of the enabled plugins, by name.
        installed: all installed plugins, for advice.
    """
    offers: dict[str, dict[str, tuple[str, bool]]] = {}
    for name, manifest in sorted(enabled.items()):
        for item in manifest.provides:
            offers.setdefault(item.name, {})[name] = (item.version, item.default)
    by_capability: dict[str, tuple[str, str]] = {}
    clashes: list[Clash] = []
    for capability, rivals in sorted(offers.items()):
        explicit = [name for name, (_, default) in rivals.items() if not default]
        first, *others = explicit or list(rivals)
        by_capability[capability] = (first, rivals[first][0])
        clashes += [Clash(other, *_rivals(capability, first, other)) for other in others]
    providers = Providers(by_capability)
    for name, manifest in sorted(enabled.items()):
        clashes += _required(name, manifest, enabled, providers, installed)
        clashes += _conflicts(name, manifest, enabled, providers)
    return providers, tuple(clashes)


def _rivals(capability: str, first: str, other: str) -> tuple[str, str]:
    return f"provides {capability!r}, and so does {first!r}", f"enable only one of {first!r} and {other!r}"


def _required(
    name: str,
    manifest: Manifest,
    enabled: Mapping[str, Manifest],
    providers: Providers,
    installed: Mapping[str, Installed],
) -> Iterator[Clash]:
    for required in manifest.requires:
        owner, version = required.name, ""
        if required.name in enabled:
            version = enabled[required.name].interface
        elif required.name in providers.by_capability:
            owner, version = providers.by_capability[required.name]
        else:
            yield Clash(name, f"needs {str(required)!r}, which no enabled plugin gives", _advice(required, installed))
            continue
        if not _meets(version, required.range):
            yield Clash(
                name, f"needs {str(required)!r}, {owner!r} gives version {version}", f"upgrade {name!r} or {owner!r}"
            )


def _conflicts(name: str, manifest: Manifest, enabled: Mapping[str, Manifest], providers: Providers) -> Iterator[Clash]:
    for rival in manifest.conflicts:
        owner = rival if rival in enabled else providers.by_capability.get(rival, ("", ""))[0]
        if owner and owner != name:
            why = f"conflicts with {rival!r}" + (f" of {owner!r}" if owner != rival else "")
            yield Clash(name, why, f"enable only one of {name!r} and {owner!r}")


def _advice(required: Required, installed: Mapping[str, Installed]) -> str:
    givers = [
        name
        for name, item in sorted(installed.items())
        if item.manifest and (name == required.name or any(p.name == required.name for p in item.manifest.provides))
    ]
    if givers:
        return f"enable {' or '.join(repr(name) for name in givers)} in `plugins` of iopeer.toml"
    return f"install a plugin that gives {required.name!r}"


def _meets(version: str, wanted: str) -> bool:
    if not wanted:
        return True
    from packaging.specifiers import SpecifierSet

    return SpecifierSet(wanted).contains(version, prereleases=True)
