"""What a pyproject.toml requires, to run and to develop."""

from __future__ import annotations

import tomli
from packaging.dependency_groups import resolve_dependency_groups

from iopeer_core.errors import PluginError

_PROJECT = "project.dependencies"
"""The project's own, as a group like the others."""
_HOW = 'write what it requires as in `dependencies = ["sqlalchemy>=2.0"]`'


def required(text: str, where: str) -> list[str]:
    """The requirements of a pyproject.toml, by PEP 508: those of the project, then those of its group `dev`.

    Args:
        text: of the file.
        where: its path, for messages.

    Raises:
        PluginError: it is no pyproject.toml.
    """
    try:
        document = tomli.loads(text)
        groups = {**document.get("dependency-groups", {}), _PROJECT: document["project"]["dependencies"]}
        return list(resolve_dependency_groups(groups, _PROJECT, *({"dev"} & groups.keys())))
    except ExceptionGroup as error:
        what = "; ".join(str(each) for each in error.exceptions)
        raise PluginError(f"it is no pyproject.toml: {what}", where=where, how=_HOW) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise PluginError(f"it is no pyproject.toml: {error}", where=where, how=_HOW) from error
