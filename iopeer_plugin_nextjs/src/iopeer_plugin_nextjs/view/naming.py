"""What entities are called in addresses and files, and how names and texts are written in TypeScript."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from iopeer_core.model.spec import Spec
from iopeer_core.tree.paths import is_device

from iopeer_plugin_nextjs.view.taken import files as taken_files

SINGULAR, PLURAL = "{entity.kebab}", "{entities.kebab}"
"""What stands for an entity's name in the paths of templates."""
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


def slugs(spec: Spec) -> Mapping[str, str]:
    """What each entity is called in addresses and files: `work-orders`; of those that meet the app's own, another.

    Args:
        spec: the united spec.

    Returns:
        The slug of every entity, by its identifier.
    """
    return _free(tuple((entity.name, entity.names.plurals.kebab) for entity in spec.entities), PLURAL)


def files(spec: Spec) -> Mapping[str, str]:
    """What the files of one row's part are called, `work-order`, by the entity's identifier.

    Args:
        spec: the united spec.
    """
    return _free(tuple((entity.name, entity.names.kebab) for entity in spec.entities), SINGULAR)


@lru_cache(maxsize=64)
def _free(wanted: tuple[tuple[str, str], ...], placeholder: str) -> Mapping[str, str]:
    """The wanted names; of those that the application's own files have, others."""
    known, taken = {name for _, name in wanted}, taken_files(placeholder)
    made: dict[str, str] = {}
    for entity, name in wanted:
        chosen = name
        while chosen in taken or is_device(chosen) or (chosen != name and chosen in known):
            chosen += "-list" if placeholder == PLURAL else "-entity"
        made[entity] = chosen
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
