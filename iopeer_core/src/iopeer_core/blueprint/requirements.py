"""Requirements of several plugins, met in one: PEP 508 for Python, `name@range` for Node."""

from __future__ import annotations

import re

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Pep508
from packaging.specifiers import Specifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from iopeer_core.errors import PluginError

_NODE = re.compile(r"(?P<name>(@[a-z0-9~][\w.~-]*/)?[a-z0-9~][\w.~-]*)@(?P<range>(?!\s*https?:).+)", re.IGNORECASE)
_COMPARATOR = re.compile(r"(?P<op>>=|<=|>|<|=|\^|~)?\s*v?(?P<version>(\d+|[xX*])(\.(\d+|[xX*])){0,2})")
_LOWER_FIRST = ("===", "==", "~=", ">=", ">", "!=", "<=", "<")


def requirement_name(specifier: str) -> str:
    """The package's name in its one spelling: what requirements are merged by.

    Raises:
        PluginError: the specifier is neither PEP 508 nor `name@range`.
    """
    node = _NODE.fullmatch(specifier)
    return node["name"].lower() if node else canonicalize_name(_parsed(specifier).name)


def met(one: str, other: str) -> str | None:
    """The specifier of what satisfies both, None where no version does."""
    node, other_node = _NODE.fullmatch(one), _NODE.fullmatch(other)
    if node and other_node:
        joined = _joined(node["range"].strip(), other_node["range"].strip())
        return f"{node['name']}@{joined}" if joined else None
    if node or other_node:
        return None
    return _pep508(_parsed(one), _parsed(other))


def _parsed(specifier: str) -> Pep508:
    try:
        return Pep508(specifier)
    except InvalidRequirement as error:
        raise PluginError(
            f"{specifier!r} is no requirement: {str(error).splitlines()[0]}",
            how='write "sqlalchemy[asyncio]>=2.0" for Python, "zod@^4.1.0" for Node',
        ) from error


def _pep508(one: Pep508, other: Pep508) -> str | None:
    """Extras united, ranges intersected. Needed where either is needed: markers are joined by `or`."""
    if one.url != other.url:
        return None
    specifiers = one.specifier & other.specifier
    if specifiers.is_unsatisfiable():
        return None
    extras = f"[{','.join(sorted(one.extras | other.extras))}]" if one.extras | other.extras else ""
    where = f" @ {one.url}" if one.url else _written(specifiers)
    marker = _either(one.marker, other.marker)
    return f"{canonicalize_name(one.name)}{extras}{where}" + (f" ; {marker}" if marker else "")


def _either(one: Marker | None, other: Marker | None) -> str:
    if one is None or other is None:
        return ""
    parts = sorted({str(one), str(other)})
    return parts[0] if len(parts) == 1 else " or ".join(f"({part})" for part in parts)


def _written(specifiers: SpecifierSet) -> str:
    """`>=2.0,<2.1`: the lower bound first, and of several lower or upper bounds the narrowest."""
    strictest: dict[str, Specifier] = {}
    others: list[Specifier] = []
    for item in sorted(specifiers, key=str):
        if item.operator not in {">=", "<"}:
            others.append(item)
        elif item.operator not in strictest or _narrower(item, strictest[item.operator]):
            strictest[item.operator] = item
    kept = sorted([*strictest.values(), *others], key=lambda item: (_LOWER_FIRST.index(item.operator), str(item)))
    return ",".join(map(str, kept))


def _narrower(one: Specifier, other: Specifier) -> bool:
    lower = one.operator == ">="
    mine, theirs = Version(one.version), Version(other.version)
    return mine > theirs if lower else mine < theirs


def _joined(one: str, other: str) -> str | None:
    """Two npm ranges at once: joined by a space, which npm reads as "and", when both are made of simple comparators."""
    if one == other:
        return one
    comparators = sorted({*_comparators(one), *_comparators(other)})
    if not (_comparators(one) and _comparators(other)):
        return None
    lows, highs = zip(*(_bounds(comparator) for comparator in comparators), strict=True)
    return " ".join(comparators) if max(lows) < min(highs) else None


def _comparators(text: str) -> list[str]:
    """The comparators of a simple range; none where it is of another kind (`||`, a tag, a URL, a pre-release)."""
    found = list(_COMPARATOR.finditer(text))
    return [match[0].replace(" ", "") for match in found] if _COMPARATOR.sub("", text).strip() == "" else []


Point = tuple[float, float, float, int]
"""A version, and 1 for just behind it."""


def _bounds(comparator: str) -> tuple[Point, Point]:
    """The half-open interval of versions that a comparator allows, by the rules of npm's semver."""
    match = _COMPARATOR.fullmatch(comparator)
    if match is None:  # pragma: no cover - comparators come from the same pattern
        raise ValueError(comparator)
    given: list[float] = []
    for part in match["version"].split("."):
        if not part.isdigit():
            break
        given.append(int(part))
    low, past = _point(given), _point(_bumped(given, len(given)))
    match match["op"]:
        case ">=":
            return low, _TOP
        case ">":
            return (_behind(low) if len(given) == 3 else past), _TOP
        case "<":
            return _BOTTOM, low
        case "<=":
            return _BOTTOM, (_behind(low) if len(given) == 3 else past)
        case "^":
            leading = next((i for i, part in enumerate(given) if part), max(len(given) - 1, 0))
            return low, _point(_bumped(given, leading + 1))
        case "~":
            return low, _point(_bumped(given, min(len(given), 2)))
        case _:
            return low, (_behind(low) if len(given) == 3 else past)


_TOP: Point = (float("inf"), 0, 0, 0)
_BOTTOM: Point = (0, 0, 0, 0)


def _point(parts: list[float]) -> Point:
    padded = [*parts, 0, 0, 0]
    return padded[0], padded[1], padded[2], 0


def _behind(point: Point) -> Point:
    return (*point[:3], 1)


def _bumped(parts: list[float], count: int) -> list[float]:
    """The first version behind all that begin with the first `count` parts."""
    return [*parts[: count - 1], parts[count - 1] + 1] if count and parts else [float("inf")]
