"""Words as YAML and Dockerfiles write them."""

from __future__ import annotations

import json
from collections.abc import Sequence


def yaml(text: str) -> str:
    """A text as YAML writes it between quotation marks."""
    return json.dumps(text, ensure_ascii=False)


def words(command: Sequence[str]) -> str:
    """A command as a list of words, which no shell reads: as JSON, YAML and Dockerfiles write it."""
    return json.dumps(list(command), ensure_ascii=False)


def literal(value: str) -> str:
    """A value in which a compose file fills nothing in."""
    return value.replace("$", "$$")


def filled(text: str, **values: str) -> str:
    """The text with `{name}` filled in; other braces stay."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
