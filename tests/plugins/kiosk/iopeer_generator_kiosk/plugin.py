"""The hooks of the kiosk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from iopeer_core.blueprint.contributions import Check, Component, Contribution, EnvVar, Process, Screen, Task
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.render.renderer import template_files
from pydantic import BaseModel, ConfigDict


class KioskCheck(BaseModel):
    """A check to contribute."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    command: tuple[str, ...]
    level: Literal["quick", "full"] = "quick"
    needs: tuple[str, ...] = ()
    variables: dict[str, str] = {}
    timeout: int = 60


class KioskConfig(BaseModel):
    """What is checked, and how the product misbehaves."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    checks: dict[str, KioskCheck] = {}
    migrate: tuple[str, ...] = ("node", "web/migrate.js")
    page: tuple[str, ...] = ("node", "web/page.js", "{port}")
    ports: tuple[int, int] = (4711, 4712)


class KioskPlugin(Plugin[KioskConfig]):
    """A store and a page, both of Node.js."""

    Config = KioskConfig

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """All that the product is made of."""
        yield Component(name="web", root="web", ecosystem="node", title="Kiosk", manifest="web/package.json")
        yield from template_files(Path(__file__).parent / "templates")
        yield EnvVar(name="KEY", secret=True, doc="Seals the words")
        yield EnvVar(name="STORE", value="http://127.0.0.1:4712", address_of="store", doc="Where the words are")
        yield EnvVar(name="COLOUR", value="blue", doc="Of the page")
        yield EnvVar(name="PACE", value="slow", checks="fast", doc="Of whoever looks at it")
        yield Task(name="migrate", component="web", command=self.config.migrate, order=10)
        yield Task(name="build", component="web", command=("node", "web/build.js"), stage="build")
        yield Task(name="pictures", component="web", command=("node", "web/pictures.js"), stage="pictures")
        yield Screen(name="home", path="/", title="The <home> page", order=10)
        yield Screen(name="log", path="/log", title="Log", signed_in=False)
        page, store = self.config.ports
        yield Process(name="page", component="web", command=self.config.page, live=(*self.config.page, "live"),
                      port=page, health="/health", needs=("store",))  # fmt: skip
        yield Process(name="store", component="web", command=("node", "web/store.js", "{port}"), port=store,
                      health="/health")  # fmt: skip
        for name, check in self.config.checks.items():
            yield Check(name=name, component="web", command=check.command, level=check.level, needs=check.needs,
                        variables=tuple(sorted(check.variables.items())), timeout=check.timeout)  # fmt: skip
