from __future__ import annotations

from pathlib import Path

import pytest
from iopeer_core.errors import PluginError
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.loader import load
from iopeer_core.runs.run import Run

from .conftest import Made


def active(*names: str) -> dict[str, frozenset[str]]:
    loaded = load(ProjectConfig(plugins=names), Run(id="test"))
    return {plugin.name: plugin.instance.active for plugin in loaded}


def refused(*names: str) -> str:
    with pytest.raises(PluginError) as error:
        load(ProjectConfig(plugins=names), Run(id="test"))
    return str(error.value)


def test_a_default_capability_yields_to_one_explicit_rival(made: Made) -> None:
    made("web", extra='provides = ["backend", { name = "login", default = true }]')
    made("keycloak", extra='provides = ["login"]')
    assert active("web") == {"web": {"backend", "login"}}
    assert active("web", "keycloak") == {"web": {"backend"}, "keycloak": {"login"}}


def test_two_explicit_rivals_and_two_defaults_are_refused(made: Made) -> None:
    for name in ("a", "b"):
        made(name, extra='provides = ["login"]')
    for name in ("c", "d"):
        made(name, extra='provides = [{ name = "login", default = true }]')
    assert "plugin b: provides 'login', and so does 'a'\n  help: enable only one of 'a' and 'b'" in refused("a", "b")
    assert "plugin d: provides 'login', and so does 'c'" in refused("c", "d")
    assert active("a", "c", "d")["a"] == {"login"}


def test_a_requirement_is_met_by_a_plugin_or_a_capability_in_its_range(made: Made) -> None:
    made("web", extra='interface = "1.4"\nprovides = ["backend", { name = "api.rest", version = "3" }]')
    made("audit", extra='requires = ["web>=1.2", "backend<2", "api.rest==3"]')
    made("old", extra='requires = ["web<1.2"]')
    made("new", extra='requires = ["backend>=2"]')
    assert set(active("web", "audit")) == {"web", "audit"}
    assert "plugin old: needs 'web<1.2', 'web' gives version 1.4" in refused("web", "old")
    assert "plugin new: needs 'backend>=2', 'web' gives version 1.4\n  help: upgrade 'new' or 'web'" in refused(
        "web", "new"
    )
    assert "help: enable 'web' in `plugins`" in refused("audit")


def test_conflicts_are_told_by_both_names(made: Made) -> None:
    made("a", extra='conflicts = ["b", "login"]')
    made("b")
    made("c", extra='provides = ["login"]')
    made("d", extra='provides = ["login"]\nconflicts = ["login"]')
    assert "plugin a: conflicts with 'b'\n  help: enable only one of 'a' and 'b'" in refused("a", "b")
    assert "plugin a: conflicts with 'login' of 'c'" in refused("a", "c")
    assert set(active("d")) == {"d"}


def test_nothing_is_imported_before_the_plugins_go_together(made: Made, tmp_path: Path) -> None:
    folder = made("a", extra='requires = ["b"]')
    (folder / "__init__.py").write_text("raise RuntimeError")
    assert "RuntimeError" not in refused("a")
