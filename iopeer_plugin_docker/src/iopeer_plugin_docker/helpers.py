"""The names that this plugin's templates may use."""

from __future__ import annotations

from collections.abc import Mapping

from iopeer_core.blueprint.blueprint import Blueprint

from iopeer_plugin_docker.view import ContainersView
from iopeer_plugin_docker.view.writing import words, yaml


def helpers(blueprint: Blueprint) -> Mapping[str, object]:
    """Names for templates: the product in containers, and functions that write strings.

    Args:
        blueprint: the plan.
    """
    return {"containers": ContainersView(blueprint), "words": words, "yaml": yaml}
