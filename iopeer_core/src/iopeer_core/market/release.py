"""One version of a plugin as the index knows it, and the index: what `registry.json` holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from iopeer_core.plugins.manifest import NAME, Manifest, Provided, Required

FORMAT = 1
SHA256 = r"[0-9a-f]{64}"


def _version(text: str) -> str:
    try:
        Version(text)
    except InvalidVersion as error:
        raise ValueError(str(error)) from None
    return text


Digest = Annotated[str, Field(pattern=f"^{SHA256}$", description="The SHA-256 of a file, in lower-case hex.")]
VersionText = Annotated[str, AfterValidator(_version), Field(description="A version, as PEP 440 writes it.")]
Distribution = Annotated[str, AfterValidator(canonicalize_name), Field(min_length=1)]


class Closed(BaseModel):
    """A value that takes its own keys alone and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Pin(Closed):
    """A package that a plugin brings, at the one version that it was tested with."""

    name: Distribution
    version: VersionText
    sha256: Annotated[tuple[Digest, ...], Field(min_length=1, description="Of its wheels, for every platform.")]


class Offer(Closed):
    """A capability that a plugin provides."""

    name: str
    version: str = "1"
    default: bool = False


class Release(Closed):
    """One version of a plugin. What is published does not change; only `yanked` may come."""

    name: Annotated[str, Field(pattern=f"^{NAME.pattern}$")]
    version: VersionText
    distribution: Distribution
    kind: str
    summary: str
    builds: str = ""
    contract: Annotated[str, Field(description="The version of the hooks that it was written for.")]
    interface: str = "1"
    provides: tuple[Offer, ...] = ()
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    sections: Annotated[tuple[str, ...], Field(description="Sections of a spec that it reads, in every language.")] = ()
    wheel: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.+-]+\.whl$")]
    sha256: Digest
    dependencies: Annotated[tuple[Pin, ...], Field(description="What it brings, locked.")] = ()
    needs: Annotated[
        tuple[str, ...], Field(description="What it needs of the packages that IOPEER itself runs on.")
    ] = ()
    publisher: str = ""
    homepage: str = ""
    licence: str = ""
    yanked: Annotated[str, Field(description="Why it must not be installed any more.")] = ""

    @property
    def order(self) -> Version:
        """What versions are compared by."""
        return Version(self.version)

    def manifest(self) -> Manifest:
        """What the plugins' resolver reads, as if it were installed."""
        return Manifest(
            name=self.name,
            distribution=self.distribution,
            kind=self.kind,
            summary=self.summary,
            contract=self.contract,
            folder=Path(),
            interface=self.interface,
            provides=tuple(Provided(name=o.name, version=o.version, default=o.default) for o in self.provides),
            requires=tuple(Required.parse(text) for text in self.requires),
            conflicts=self.conflicts,
            builds=self.builds,
        )


class Index(Closed):
    """All releases that are known, by name and version."""

    json_schema: Annotated[str, Field(alias="$schema", exclude=True)] = ""
    format: Annotated[int, Field(ge=FORMAT, le=FORMAT)] = FORMAT
    wheels: Annotated[
        str, Field(description="A folder of wheels beside the index; package indexes where it is absent.")
    ] = ""
    releases: tuple[Release, ...] = ()

    def by_name(self) -> Mapping[str, tuple[Release, ...]]:
        """The releases of each plugin, the newest first."""
        found: dict[str, list[Release]] = {}
        for release in sorted(self.releases, key=lambda release: release.order, reverse=True):
            found.setdefault(release.name, []).append(release)
        return {name: tuple(found[name]) for name in sorted(found)}
