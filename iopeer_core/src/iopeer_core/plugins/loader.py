"""From names to instances: imports the enabled plugins, holds them to the contract, makes each anew for a run."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iopeer_core.hints import did_you_mean
from iopeer_core.plugins.capabilities import resolve
from iopeer_core.plugins.config import ProjectConfig, validate
from iopeer_core.plugins.discovery import Installed, discover
from iopeer_core.plugins.failures import Failure, explain, log, secrets_of, stop_on, without
from iopeer_core.plugins.isolation import isolated
from iopeer_core.plugins.manifest import Manifest
from iopeer_core.plugins.plugin import Plugin
from iopeer_core.plugins.signatures import problems
from iopeer_core.runs.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPlugin:
    """An enabled plugin in one run."""

    name: str
    manifest: Manifest
    instance: Plugin[Any]
    secrets: tuple[str, ...] = ()  # texts that no message or log may hold
    installed: Installed

    @property
    def version(self) -> str:
        """The version of its distribution."""
        return self.installed.version


def load(config: ProjectConfig, run: Run, installed: Mapping[str, Installed] | None = None) -> tuple[LoadedPlugin, ...]:
    """Load the enabled plugins, in the order of their names.

    Args:
        config: the project's settings.
        run: what they are made for.
        installed: the installed plugins, where they are known already.

    Raises:
        PluginError: one or more cannot be loaded, or they do not go together; it names all of them.
    """
    found = discover() if installed is None else installed
    chosen, failures = _chosen(config, found)
    providers, clashes = resolve({name: manifest for name, (_, manifest) in chosen.items()}, found)
    failures += [Failure(plugin=clash.plugin, what=clash.what, how=clash.how) for clash in clashes]
    stop_on(failures)  # nothing is imported before the plugins go together
    loaded: list[LoadedPlugin] = []
    for name, (item, manifest) in chosen.items():
        plugin, faults = make(item, manifest, config, run)
        failures += faults
        if plugin:
            plugin.instance.active = providers.of(name)
            loaded.append(plugin)
    stop_on(failures)
    return tuple(loaded)


def make(
    item: Installed, manifest: Manifest, config: ProjectConfig, run: Run
) -> tuple[LoadedPlugin | None, list[Failure]]:
    """Import one plugin and make its instance: the plugin, or what is wrong with it. Never raises for its faults."""
    began = time.perf_counter()
    secrets: list[str] = []
    try:
        with isolated(run, item.name, secrets):
            cls = item.entry_point.load()
            if faults := [Failure(plugin=item.name, what=what, how=how) for what, how in _faults(cls)]:
                return None, faults
            settings = validate(cls.Config, item.name, config)
            secrets += secrets_of(settings)
            instance = cls(settings, run)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin's code raises is told, with the others'
        run.emit("plugin.failed", plugin=item.name, hook="", traceback=without(secrets, log(error)))
        what, how = (without(secrets, text) for text in explain(error, manifest.folder))
        return None, [Failure(plugin=item.name, what=f"it cannot be loaded: {what}", how=how)]
    instance.name = item.name
    run.emit("plugin.loaded", plugin=item.name, seconds=round(time.perf_counter() - began, 6))
    secret = tuple(secrets)
    return LoadedPlugin(name=item.name, manifest=manifest, instance=instance, secrets=secret, installed=item), []


def _chosen(
    config: ProjectConfig, found: Mapping[str, Installed]
) -> tuple[dict[str, tuple[Installed, Manifest]], list[Failure]]:
    """The enabled plugins that have a manifest, and what is wrong with the others."""
    chosen: dict[str, tuple[Installed, Manifest]] = {}
    failures: list[Failure] = []
    for name in sorted(config.plugins):
        item = found.get(name)
        if item is None:
            how = did_you_mean(name, found) or "install it"
            failures.append(Failure(plugin=name, what="it is enabled, but not installed", how=how))
        elif item.problem or item.manifest is None:
            what, how = explain(item.problem, None) if item.problem else ("it has no manifest", "")
            failures.append(Failure(plugin=name, what=what, how=how))
        else:
            chosen[name] = (item, item.manifest)
    return chosen, failures


def _faults(cls: object) -> Iterator[tuple[str, str]]:
    """What keeps an entry point's object from being a plugin."""
    from pydantic import BaseModel

    if not isinstance(cls, type) or not issubclass(cls, Plugin):
        yield "its entry point names no plugin", "name a class that derives from iopeer_core.plugins.plugin.Plugin"
        return
    config: object = cls.Config
    if not isinstance(config, type) or not issubclass(config, BaseModel):
        yield "its Config is no pydantic model", "derive Config from pydantic.BaseModel"
    for problem in problems(cls):
        yield problem, ""
