"""Wheels of small plugins, made byte by byte, and an index of them."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path

from iopeer_core.market.publish import entry
from iopeer_core.market.registry import collect, documents, write_entry
from iopeer_core.market.release import Pin, Release

PLUGIN = """from iopeer_core.plugins.plugin import Plugin


class Greeter(Plugin):
    pass
"""


def wheel(
    folder: Path, name: str, version: str, files: dict[str, str], *, needs: tuple[str, ...] = (), points: str = ""
) -> Path:
    """A pure wheel of some files."""
    folder.mkdir(parents=True, exist_ok=True)
    package = name.replace("-", "_")
    info = f"{package}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nAuthor: Somebody\nLicense-Expression: MIT"]
    content = {
        **files,
        f"{info}/METADATA": "\n".join([*metadata, *(f"Requires-Dist: {need}" for need in needs)]) + "\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": points,
    }
    lines = [f"{path},sha256={_sum(text)},{len(text.encode())}" for path, text in content.items()]
    content[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,"]) + "\n"
    path = folder / f"{package}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in content.items():
            archive.writestr(zipfile.ZipInfo(inside), text)
    return path


def plugin(folder: Path, name: str, version: str = "1.0", *, manifest: str = "", needs: tuple[str, ...] = ()) -> Path:
    """The wheel of a plugin that says what `manifest` has, and does nothing."""
    package = f"iopeer_ui_{name}"
    least = (
        f'name = "{name}"\ndistribution = "iopeer-ui-{name}"\nkind = "ui"\nsummary = "Says hello."\ncontract = "1"\n'
    )
    files = {f"{package}/__init__.py": "", f"{package}/plugin.py": PLUGIN, f"{package}/manifest.toml": least + manifest}
    points = f"[iopeer.plugins]\n{name} = {package}.plugin:Greeter\n"
    return wheel(folder, f"iopeer-ui-{name}", version, files, needs=needs, points=points)


def index(root: Path, *wheels: Path, brings: dict[str, tuple[Path, ...]] | None = None) -> Path:
    """An index of plugins' wheels in `root`; `brings` names the wheels that come with a plugin."""
    for path in wheels:
        release: Release = entry(path)
        pins = [
            Pin(name=other.name.split("-")[0], version=other.name.split("-")[1], sha256=(sha256(other),))
            for other in (brings or {}).get(release.name, ())
        ]
        write_entry(root, release.model_copy(update={"dependencies": tuple(pins)}))
    for name, text in documents(collect(root, wheels="wheels")).items():
        (root / name).write_text(text)
    return root / "registry.json"


def sha256(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sum(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
