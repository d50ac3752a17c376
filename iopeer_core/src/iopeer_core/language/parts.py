"""The sections and blocks of plugins: their readers say what is wrong with them, in words of the plugin's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from iopeer_core.errors import PluginError
from iopeer_core.language.problems import Problem, Problems
from iopeer_core.model.spec import Entity, PluginBlock, Span, Spec

_CODE = re.compile(r"[EW]\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartProblem:
    """What a reader found: a code, a place, a message in each language, and what would be right.

    `messages` maps a language to a text, in which `{name}` stands for one of `values`; English stands in where a
    language has none. A suggestion is what to write in the place: `iopeer check --fix` takes it.
    """

    code: str  # "E1" for an error, "W1" for a warning; the plugin's name is put behind it
    at: Span  # that of a bullet, or of the whole section
    messages: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None


PartReader = Callable[[PluginBlock, Entity | None, Spec], Iterable[PartProblem]]
"""Looks at a section, or at the block of an entity; the spec may have errors elsewhere."""
PartReaders = Mapping[tuple[str, str, str], PartReader]
"""By kind ("section", "block"), plugin and name."""


def read_parts(spec: Spec, readers: PartReaders, problems: Problems) -> None:
    """Report what the readers of plugins find in the parts that a spec has; no other reader is called.

    Raises:
        PluginError: a reader fails, or gives something else than problems.
    """
    parts: list[tuple[str, PluginBlock, Entity | None]] = [("section", part, None) for part in spec.sections]
    parts += [("block", part, entity) for entity in spec.entities for part in entity.blocks]
    for kind, part, entity in parts:
        if reader := readers.get((kind, part.plugin, part.name)):
            for found in reader(part, entity, spec):
                problems.add_own(_problem(found, part.plugin))


def _problem(found: object, plugin: str) -> Problem:
    if not isinstance(found, PartProblem) or not _CODE.fullmatch(found.code) or "en" not in found.messages:
        raise PluginError(
            f"its reader gives {found!r:.200}, which is no problem",
            where=f"plugin {plugin}",
            how='give PartProblem(code="E1", at=bullet.span, messages={"en": "…"})',
        )
    return Problem(
        file=found.at.file,
        line=found.at.line,
        column=found.at.column,
        end_column=found.at.end_column,
        code=f"{found.code}.{plugin}",
        suggestion=found.suggestion,
        values=found.values,
        messages=found.messages,
    )
