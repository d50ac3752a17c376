"""The plan of the tracker, made once, and trees of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contributed, Contribution, EnvVar, File, Guide
from iopeer_core.stages.context import Context
from iopeer_core.tree.model import Tree
from iopeer_plugin_docker.product import files

from .generate import EXAMPLES, code, generate, plan, project, with_more


@pytest.fixture(scope="session")
def tracker() -> tuple[Context, Blueprint]:
    """A run of the tracker, and its plan."""
    context = project(EXAMPLES / "tracker" / "spec.md", nginx=True)
    return context, plan(context)


@pytest.fixture(scope="session")
def tree(tracker: tuple[Context, Blueprint]) -> Tree:
    """Its files, with an NGINX."""
    return code(*tracker)


@pytest.fixture(scope="session")
def bare() -> Tree:
    """The files of the backend alone, without an NGINX."""
    return generate(EXAMPLES / "todo" / "spec.md", ("docker", "fastapi"))


@pytest.fixture
def tree_with(tracker: tuple[Context, Blueprint]) -> Callable[..., Tree]:
    """The tracker's files where another plugin contributes too."""
    context, blueprint = tracker

    def make(*more: Contribution) -> Tree:
        again = with_more(replace(blueprint, contributions=tuple(filter(_early, blueprint.contributions))), *more)
        return code(context, with_more(again, *files(again), plugin="docker"))

    return make


def _early(one: Contributed) -> bool:
    """Whether it was there before the containers were planned."""
    return one.plugin != "docker" or not isinstance(one.value, File | EnvVar | Guide)
