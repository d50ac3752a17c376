"""The index from its entries: `registry/<name>/<version>.json`, each written once, and `<version>.yanked` beside it."""

from __future__ import annotations

import json
from pathlib import Path

from iopeer_core.errors import PluginError
from iopeer_core.market.release import Index, Release

FOLDER = "registry"
INDEX = "registry.json"
SCHEMA = "registry.schema.json"


def write_entry(root: Path, release: Release) -> Path:
    """Write the entry of a release.

    Args:
        root: the folder that holds `registry/`.
        release: what the entry says.

    Raises:
        PluginError: there is one of that version that says something else: what is published does not change.
    """
    path = root / FOLDER / release.name / f"{release.version}.json"
    text = _json(release)
    if path.is_file() and path.read_text(encoding="utf-8") != text:
        raise PluginError(
            f"{release.name} {release.version} is in the index already, and is another one",
            where=str(path),
            how="raise the version in its pyproject.toml; what is published does not change",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def collect(root: Path, wheels: str = "") -> Index:
    """The index of all entries.

    Args:
        root: the folder that holds `registry/`.
        wheels: the folder of the wheels, relative to it, where they are not in package indexes.

    Raises:
        PluginError: an entry stands under another name or version than its own.
    """
    releases = []
    for path in sorted((root / FOLDER).glob("*/*.json")):
        release = Release.model_validate_json(path.read_text(encoding="utf-8"))
        if (release.name, release.version) != (path.parent.name, path.stem):
            raise PluginError(f"this is the entry of {release.name} {release.version}", where=str(path))
        yanked = path.with_suffix(".yanked")
        if yanked.is_file():
            release = release.model_copy(
                update={"yanked": yanked.read_text(encoding="utf-8").strip() or "no reason given"}
            )
        releases.append(release)
    return Index(wheels=wheels, releases=tuple(sorted(releases, key=lambda item: (item.name, item.order))))


def documents(index: Index) -> dict[str, str]:
    """The published files: the index, and the JSON Schema that it keeps to."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Index.model_json_schema()}
    data = index.model_dump(mode="json", exclude_defaults=True)
    return {
        INDEX: _text({"$schema": f"./{SCHEMA}", "format": index.format} | data),
        SCHEMA: _text(schema),
    }


def _json(release: Release) -> str:
    return _text(release.model_dump(mode="json", exclude_defaults=True))


def _text(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
