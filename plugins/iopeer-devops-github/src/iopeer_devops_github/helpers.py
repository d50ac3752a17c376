"""What the templates see beside the blueprint."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from iopeer_core.blueprint.blueprint import Blueprint

from iopeer_devops_github.workflow import Workflow

_PLAIN = re.compile(r"[A-Za-z(./][A-Za-z0-9 ()'./_-]*")
_OTHER = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """The workflow, and how YAML writes a text."""
    return {"workflow": Workflow(blueprint=blueprint), "scalar": scalar}


def scalar(value: str) -> str:
    """A text in YAML: plain where nothing else could be read in it, else in quotes.

    Args:
        value: on one line.
    """
    plain = _PLAIN.fullmatch(value) and not value.endswith(" ") and value.lower() not in _OTHER
    return value if plain else json.dumps(value, ensure_ascii=False)
