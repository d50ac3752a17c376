"""Which plugins are installed: their entry points and manifests, found without importing any of them.

One scan of the environment's metadata, a few milliseconds with 30 plugins; nothing is cached, so what was installed a
moment ago is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from importlib_metadata import entry_points

from iopeer_core.errors import PluginError
from iopeer_core.plugins.manifest import FILE, Manifest, read_manifest

if TYPE_CHECKING:
    from importlib_metadata import EntryPoint

PLUGINS = "iopeer.plugins"
DEFAULTS = "iopeer.defaults"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An installed plugin: its manifest, or the problem that it has none that can be read."""

    name: str
    entry_point: EntryPoint = field(compare=False)
    manifest: Manifest | None = None
    problem: PluginError | None = field(default=None, compare=False)

    @property
    def version(self) -> str:
        """The version of its distribution, "" where it is unknown. Reads a file: not for start-up."""
        dist = self.entry_point.dist
        return str(dist.version) if dist else ""


def discover() -> Mapping[str, Installed]:
    """The installed plugins by name, in the order of their names, broken ones included."""
    found: dict[str, Installed] = {}
    for point in sorted(entry_points(group=PLUGINS), key=lambda point: (point.name, point.value)):
        found[point.name] = _twice(found[point.name], point) if point.name in found else _read(point)
    return found


def default_plugins() -> tuple[str, ...]:
    """The plugins that the distribution `iopeer` declares as enabled where a project names none."""
    return tuple(sorted(point.name for point in entry_points(group=DEFAULTS)))


def _read(point: EntryPoint) -> Installed:
    try:
        manifest = read_manifest(_manifest_path(point))
        if manifest.name != point.name:
            raise PluginError(
                f"the manifest names the plugin {manifest.name!r}, its entry point {point.name!r}",
                where=str(manifest.folder / FILE),
                how=f'write name = "{point.name}", or rename the entry point in the plugin\'s pyproject.toml',
            )
    except PluginError as problem:
        return Installed(name=point.name, entry_point=point, problem=problem)
    return Installed(name=point.name, entry_point=point, manifest=manifest)


def _manifest_path(point: EntryPoint) -> Path:
    """The manifest in the top package of an entry point; the package is looked for, not imported."""
    package = point.value.partition(":")[0].strip().partition(".")[0]
    try:
        spec = find_spec(package)
    except (ImportError, ValueError) as error:
        raise _missing(point, package) from error
    if spec is None:
        raise _missing(point, package)
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
    for folder in folders:
        if (folder / FILE).is_file():
            return folder / FILE
    raise PluginError(
        f"the plugin {point.name!r} has no {FILE}",
        where=str(folders[0] if folders else spec.origin),
        how=f"put {FILE} at the top of the package {package!r} and let its wheel include it (docs/plugins/README.md)",
    )


def _missing(point: EntryPoint, package: str) -> PluginError:
    return PluginError(
        f"the plugin {point.name!r} names the package {package!r}, which is not there",
        where=f"entry point {point.name} = {point.value}",
        how="install the plugin again",
    )


def _twice(first: Installed, second: EntryPoint) -> Installed:
    dists = sorted({point.dist.name if point.dist else point.value for point in (first.entry_point, second)})
    problem = PluginError(
        f"the plugin {first.name!r} is installed twice, by {' and '.join(dists)}", how="uninstall one of them"
    )
    return Installed(name=first.name, entry_point=first.entry_point, problem=problem)
