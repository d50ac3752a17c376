"""What entities are called in addresses and files, and how names and texts are written in TypeScript."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from iopeer_core.spec.model import Entity, Spec

TAKEN = frozenset(
    {
        # addresses of the app's own pages
        *("account", "api", "forgot-password", "health", "login", "register", "reset-password"),
        # files in api/ and hooks/, folders in components/
        *("auth", "client", "resource", "session", "types"),
        *("dashboard", "data-table", "details", "form", "layout", "list-state", "ui"),
    }
)
"""What an entity's plural cannot be called in addresses and files."""
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


def slugs(spec: Spec) -> Mapping[str, str]:
    """What each entity is called in addresses and files: `work-orders`; of those that meet the app's own, another.

    Args:
        spec: the united spec.

    Returns:
        The slug of every entity, by its identifier.
    """
    return _slugs(tuple((entity.name, entity.names.plurals.kebab) for entity in spec.entities))


def slug(spec: Spec, entity: Entity) -> str:
    """What one entity is called in addresses and files."""
    return slugs(spec)[entity.name]


@lru_cache(maxsize=64)
def _slugs(plurals: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    known = {plural for _, plural in plurals}
    made: dict[str, str] = {}
    for name, plural in plurals:
        chosen = plural
        while chosen in TAKEN or (chosen != plural and chosen in known):
            chosen += "-list"
        made[name] = chosen
    return made


def text(value: str) -> str:
    """A string literal, in double quotes."""
    return json.dumps(value, ensure_ascii=False)


def member(name: str) -> str:
    """A name of an object's member: quoted where it is no identifier."""
    return name if _IDENTIFIER.fullmatch(name) else text(name)


def access(name: str) -> str:
    """How an object's member is read: `.name`, or `["2fa"]` where the name is no identifier."""
    return f".{name}" if _IDENTIFIER.fullmatch(name) else f"[{text(name)}]"


def variable(language: str) -> str:
    """What the texts of a language are called where a file imports them: `textsEs`."""
    return "texts" + "".join(part.capitalize() for part in re.split(r"\W+", language))
