"""`iopeer plugins`: what is installed and what could be, from manifests and the index: no plugin is imported."""

from __future__ import annotations

import json as json_
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iopeer_core.cli.tables import show
from iopeer_core.errors import UserError
from iopeer_core.plugins.overview import Row, overview

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iopeer_core.market.release import Release

HEAD = ("plugin", "version", "kind", "what it is")


def installed(*, json: bool) -> None:
    """Print the plugins of this installation, which of them the project here enables, and what could be added."""
    rows, findings = overview(Path())
    for finding in findings:
        told = UserError(f"{finding.what}; so the defaults count as enabled", how=finding.how)
        sys.stderr.write(f"iopeer: {told}\n")
    more = _addable(rows)
    if json:
        _print({"plugins": [asdict(row) for row in rows], "addable": [_data(release) for release in more]})
        return
    if rows:
        show(("plugin", "version", "", "kind", "provides", "what it is"), [_cells(row) for row in rows])
    else:
        sys.stdout.write("No plugin is installed.\n")
    if more:
        sys.stdout.write("\nMore, by `iopeer add plugin NAME`:\n\n")
        asked = _sections(Path("spec.md"))
        show(HEAD, [_line(release, asked) for release in more])


def search(word: str, *, json: bool) -> None:
    """Print the plugins of the index whose name, kind, summary or sections hold a word."""
    found = [release for release in _newest() if word.lower() in _words(release)]
    _table(found, json=json, none=f"The index has nothing about {word!r}.")


def info(name: str, *, json: bool) -> None:
    """Print what the index says of one plugin.

    Raises:
        PluginError: it has no such plugin.
    """
    from iopeer_core.market.choose import named
    from iopeer_core.market.index import read_market
    from iopeer_core.market.installed import Packages

    releases = named(read_market(), name)
    if json:
        _print({"releases": [_data(release) for release in releases]})
        return
    newest = releases[0]
    here = Packages().version(newest.distribution)
    facts = [
        ("name", newest.name),
        ("package", newest.distribution),
        ("kind", newest.kind),
        ("what it is", newest.summary),
        ("builds", newest.builds),
        ("provides", ", ".join(offer.name for offer in newest.provides)),
        ("needs", ", ".join(newest.requires)),
        ("reads in a spec", ", ".join(f"## {section}" for section in newest.sections)),
        ("brings", ", ".join(f"{pin.name} {pin.version}" for pin in newest.dependencies)),
        ("publisher", newest.publisher),
        ("homepage", newest.homepage),
        ("licence", newest.licence),
        ("installed", here or "no"),
        ("versions", ", ".join(_told(release) for release in releases)),
    ]
    show(("", ""), [fact for fact in facts if fact[1]])


def outdated(*, json: bool) -> None:
    """Print the installed plugins of which the index has a newer version that fits."""
    from packaging.version import Version

    from iopeer_core.market.installed import Packages

    packages = Packages()
    found = []
    for release in _newest():
        here = packages.version(release.distribution)
        if here and Version(here) < release.order and not release.yanked:
            found.append((release, here))
    if json:
        _print(
            {
                "outdated": [
                    {"name": release.name, "installed": here, "newest": release.version} for release, here in found
                ]
            }
        )
    elif found:
        show(("plugin", "installed", "newest"), [(release.name, here, release.version) for release, here in found])
    else:
        sys.stdout.write("All plugins that the index knows are the newest.\n")


def _addable(rows: Iterable[Row]) -> list[Release]:
    """What the index has beside what is installed; nothing, with a word, where the index cannot be read."""
    try:
        here = {row.name for row in rows}
        return [release for release in _newest() if release.name not in here and not release.yanked]
    except UserError as error:
        sys.stderr.write(f"iopeer: {error}\n")
        return []


def _newest() -> list[Release]:
    from iopeer_core.market.index import read_market

    return [releases[0] for releases in read_market().index.by_name().values()]


def _sections(spec: Path) -> frozenset[str]:
    """The sections of the spec in this folder, folded; none where there is no such spec."""
    try:
        lines = spec.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return frozenset()
    return frozenset(line.removeprefix("## ").strip().casefold() for line in lines if line.startswith("## "))


def _line(release: Release, asked: frozenset[str]) -> tuple[str, ...]:
    wanted = [section for section in release.sections if section.casefold() in asked]
    summary = f"{release.summary} (spec.md has `## {wanted[0]}`)" if wanted else release.summary
    return (release.name, release.version, release.kind, summary)


def _cells(row: Row) -> tuple[str, ...]:
    state = "enabled" if row.enabled else ""
    return (row.name, row.version, state, row.kind, ", ".join(row.provides), row.problem or row.summary)


def _told(release: Release) -> str:
    return f"{release.version} (withdrawn: {release.yanked})" if release.yanked else release.version


def _words(release: Release) -> str:
    return " ".join((release.name, release.kind, release.summary, release.builds, *release.sections)).lower()


def _table(releases: list[Release], *, json: bool, none: str) -> None:
    if json:
        _print({"plugins": [_data(release) for release in releases]})
    elif releases:
        show(HEAD, [_line(release, frozenset()) for release in releases])
    else:
        sys.stdout.write(none + "\n")


def _data(release: Release) -> dict[str, Any]:
    return release.model_dump(mode="json")


def _print(document: dict[str, Any]) -> None:
    sys.stdout.write(json_.dumps(document, ensure_ascii=False, indent=2) + "\n")
