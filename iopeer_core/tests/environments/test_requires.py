"""What a pyproject.toml requires, as people write them."""

from __future__ import annotations

import pytest
from iopeer_core.environments.requires import required
from iopeer_core.errors import PluginError

PROJECT = "[project]\ndependencies = ['alpha>=1']\n[dependency-groups]\n"


def test_the_group_of_developers_may_include_others() -> None:
    text = PROJECT + "dev = ['beta', {include-group = 'lint'}]\nlint = ['gamma']\ndocs = ['delta']\n"
    assert required(text, "pyproject.toml") == ["alpha>=1", "beta", "gamma"]


@pytest.mark.parametrize(
    "text",
    [
        "project = 3",
        "[project]",
        "[project]\ndependencies = 'alpha'",
        "[project]\ndependencies = [3]",
        "dependency-groups = 3\n[project]\ndependencies = []",
        PROJECT + "dev = [{include-group = 'dev'}]",
        PROJECT + "dev = [{include-group = 'nowhere'}]",
        PROJECT + "dev = ['a b']",
        f"x = {'9' * 5000}",
        "dependencies =",
    ],
)
def test_what_is_no_pyproject_is_one_message(text: str) -> None:
    with pytest.raises(PluginError, match=r"^app/pyproject\.toml: it is no pyproject\.toml: ."):
        required(text, "app/pyproject.toml")
