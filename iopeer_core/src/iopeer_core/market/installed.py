"""What packages are in this environment, who asks for them, and which of them IOPEER itself runs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Protocol

from importlib_metadata import distributions, entry_points
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from iopeer_core.plugins.discovery import DEFAULTS, PLUGINS

CORE = "iopeer-core"


class Described(Protocol):
    """What is asked of a package's metadata."""

    @property
    def version(self) -> str: ...

    @property
    def requires(self) -> list[str] | None: ...


class Packages:
    """The packages of this environment, as they were when it was looked at."""

    def __init__(self) -> None:
        self._found: dict[str, Described] = {}
        for item in distributions():
            if item.metadata["Name"]:  # what an interrupted installation leaves has none
                self._found.setdefault(canonicalize_name(item.metadata["Name"]), item)

    def version(self, name: str) -> str:
        """The version of a package, "" where it is not there."""
        return str(self._found[name].version) if name in self._found else ""

    def asked_by(self, name: str) -> Mapping[str, Requirement]:
        """Which packages ask for this one, and how."""
        return {
            other: requirement
            for other in sorted(self._found)
            for requirement in self._requirements(other)
            if canonicalize_name(requirement.name) == name
        }

    @cached_property
    def own(self) -> frozenset[str]:
        """What IOPEER itself runs on: the core, the plugins that come with it, and all that they ask for."""
        defaults = {point.name for point in entry_points(group=DEFAULTS)}
        start = [point.dist.name for point in entry_points(group=PLUGINS) if point.name in defaults and point.dist]
        found: set[str] = set()
        waiting = [CORE, *map(canonicalize_name, start)]
        while waiting:
            name = waiting.pop()
            if name not in found and name in self._found:
                found.add(name)
                waiting += [canonicalize_name(requirement.name) for requirement in self._requirements(name)]
        return frozenset(found)

    def _requirements(self, name: str) -> Iterator[Requirement]:
        for text in self._found[name].requires or ():
            try:
                requirement = Requirement(text)
            except InvalidRequirement:  # another package's fault, and none of ours
                continue
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                yield requirement
