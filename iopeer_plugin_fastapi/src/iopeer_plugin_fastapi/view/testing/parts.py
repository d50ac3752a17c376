"""What the facts of an entity are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iopeer_plugin_fastapi.view.entity import EntityView


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A link that every row has: the wire name, and the entity that it leads to."""

    key: str
    to: EntityView


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """A link to several entities of which one is set; `required`: not none."""

    keys: tuple[str, ...]
    targets: tuple[EntityView, ...]
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCase:
    """Values for which a rule is broken or kept; `field` and `message` are what the answer names."""

    values: Mapping[str, str]
    field: str
    message: str
