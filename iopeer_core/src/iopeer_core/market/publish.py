"""Makes the index's entry of a plugin from its wheel: nothing of it is imported or run, nothing is written by hand."""

from __future__ import annotations

import email
import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterable
from email.message import Message
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from iopeer_core.environments.uv import uv
from iopeer_core.errors import PluginError
from iopeer_core.market.installed import Packages
from iopeer_core.market.release import SHA256, Offer, Pin, Release
from iopeer_core.plugins.manifest import FILE, Manifest, read_manifest

PINNED = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)$", re.MULTILINE)
OURS = ("iopeer", "iopeer-core")


def build(package: Path, into: Path) -> Path:
    """Build a plugin's wheel.

    Args:
        package: the folder of its pyproject.toml.
        into: where the wheel goes.

    Raises:
        PluginError: there is no package, or the build makes no wheel.
        UserError: the build fails.
    """
    if not (package / "pyproject.toml").is_file():
        raise PluginError("there is no pyproject.toml", where=str(package), how="name the folder of a plugin")
    with tempfile.TemporaryDirectory() as folder:
        uv("build", "--wheel", "--quiet", "--no-config", "--out-dir", folder, str(package.resolve()))
        wheels = list(Path(folder).glob("*.whl"))
        if len(wheels) != 1:
            raise PluginError("building it makes no wheel", where=str(package))
        into.mkdir(parents=True, exist_ok=True)
        built = into / wheels[0].name
        built.write_bytes(wheels[0].read_bytes())
    return built


def entry(wheel: Path) -> Release:
    """What the index says of a wheel; its dependencies are locked now, with what IOPEER runs on as it is here.

    Raises:
        PluginError: the wheel is no plugin's.
        UserError: its dependencies cannot be locked.
    """
    metadata, manifest = _read(wheel)
    version = metadata["Version"]
    if canonicalize_name(manifest.distribution) != canonicalize_name(metadata["Name"]):
        raise PluginError(
            f"the manifest names the distribution {manifest.distribution!r}, the package is {metadata['Name']!r}",
            where=wheel.name,
            how=f'write distribution = "{metadata["Name"]}" in {FILE}',
        )
    packages = Packages()
    asked = [Requirement(text) for text in metadata.get_all("Requires-Dist") or () if "extra ==" not in text]
    own = [need for need in asked if canonicalize_name(need.name) in packages.own]
    rest = [need for need in asked if canonicalize_name(need.name) not in packages.own]
    return Release(
        name=manifest.name,
        version=version,
        distribution=manifest.distribution,
        kind=manifest.kind,
        summary=manifest.summary,
        builds=manifest.builds,
        contract=manifest.contract,
        interface=manifest.interface,
        provides=tuple(Offer(name=p.name, version=p.version, default=p.default) for p in manifest.provides),
        requires=tuple(map(str, manifest.requires)),
        conflicts=manifest.conflicts,
        sections=tuple(spelling for term in manifest.sections for names in term.names.values() for spelling in names),
        wheel=wheel.name,
        sha256=hashlib.sha256(wheel.read_bytes()).hexdigest(),
        dependencies=_locked(rest, packages),
        needs=tuple(sorted(str(need) for need in own if canonicalize_name(need.name) not in OURS)),
        publisher=metadata.get("Author") or metadata.get("Author-email") or "",
        homepage=_homepage(metadata),
        licence=metadata.get("License-Expression") or metadata.get("License") or "",
    )


def _read(wheel: Path) -> tuple[Message, Manifest]:
    """The metadata of a wheel, and the manifest of the plugin in it."""
    try:
        with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
            names = archive.namelist()
            info = next(name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
            metadata = email.message_from_bytes(archive.read(info))
            manifest = next((name for name in names if re.fullmatch(rf"[^/]+/{re.escape(FILE)}", name)), None)
            if manifest is None:
                how = f"put {FILE} at the top of its package (docs/plugins/README.md)"
                raise PluginError(f"the wheel has no {FILE}", where=wheel.name, how=how)
            top = manifest.partition("/")[0]
            archive.extractall(folder, [name for name in names if name.startswith(f"{top}/")])
            return metadata, read_manifest(Path(folder) / manifest)
    except (zipfile.BadZipFile, StopIteration, OSError) as error:
        raise PluginError("this is no wheel", where=str(wheel)) from error


def _locked(needs: Iterable[Requirement], packages: Packages) -> tuple[Pin, ...]:
    """The packages that the needs bring, at the newest versions that go with those of IOPEER."""
    wanted = "\n".join(sorted(map(str, needs)))
    if not wanted:
        return ()
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as constraints:
        constraints.write("\n".join(f"{name}=={packages.version(name)}" for name in sorted(packages.own - {*OURS})))
        constraints.flush()
        told = uv(
            "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--only-binary", ":all:",
            "--no-annotate", "--no-header", "--no-config", "--constraints", constraints.name, "-", given=wanted,
        )  # fmt: skip
    pins = [
        Pin(name=found["name"], version=found["version"], sha256=tuple(re.findall(f"sha256:({SHA256})", found["rest"])))
        for found in PINNED.finditer(told)
    ]
    return tuple(pin for pin in pins if pin.name not in packages.own)


def _homepage(metadata: Message) -> str:
    urls = dict(text.split(", ", 1) for text in metadata.get_all("Project-URL") or () if ", " in text)
    for label in ("Homepage", "Documentation", "Repository", "Source"):
        if label in urls:
            return urls[label]
    return metadata.get("Home-page") or ""
