"""The hooks of the smallest generator."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Check, Component, Contribution, Ecosystem, Requirement
from iopeer_core.environments.provide import Provided, Read
from iopeer_core.plugins.hookspecs import hookimpl
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.runs.report import Selection
from iopeer_core.tree.model import Patch
from pydantic import BaseModel, ConfigDict


class TrialCheck(BaseModel):
    """A check to contribute."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    command: tuple[str, ...]
    level: Literal["quick", "full"] = "quick"


class TrialConfig(BaseModel):
    """What to make."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    component: str = ""  # whose environment the checks run in; one of its own, and empty, where none is named
    manifest: str = ""  # the file that says what its own component requires
    ecosystem: str = "python"
    environment: str = ""  # the function that sets up components of that ecosystem
    requires: tuple[str, ...] = ()  # packages that the component needs
    files: dict[str, str] = {"state.txt": "good\n"}
    checks: dict[str, TrialCheck] = {}
    passed_on: tuple[str, ...] = ()  # variables of this machine that the checks see
    skip: dict[str, str] = {}  # checks that are left out, with the reason


def shell(component: Component, blueprint: Blueprint, read: Read) -> Provided:
    """The environment of components that need nothing but a shell."""
    return Provided(bin=Path("/bin"))


class TrialPlugin(Plugin[TrialConfig]):
    """Makes the files and checks of its settings."""

    Config = TrialConfig

    @hookimpl
    def after_plan(self) -> Iterable[Contribution]:
        """The component and the checks."""
        if not self.config.component:
            yield Component(
                name="trial",
                root=".",
                ecosystem=self.config.ecosystem,
                manifest=self.config.manifest,
                passed_on=self.config.passed_on,
            )
        if self.config.environment:
            yield Ecosystem(name=self.config.ecosystem, environment=self.config.environment)
        component = self.config.component or "trial"
        for specifier in self.config.requires:
            yield Requirement(component=component, specifier=specifier)
        for name, check in self.config.checks.items():
            yield Check(name=name, component=component, command=check.command, level=check.level)

    @hookimpl
    def after_code(self) -> Patch:
        """The files."""
        return Patch(write={path: text.encode() for path, text in self.config.files.items()})

    @hookimpl
    def before_tests(self) -> Selection:
        """The checks that are left out."""
        return Selection(skip=self.config.skip)
