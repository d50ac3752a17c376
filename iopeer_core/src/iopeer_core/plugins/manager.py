"""Calls the enabled plugins, each alone, and holds what they return to its type.

An absent plugin may be an absent guard, so one failure stops the run, after all plugins have been asked: one error
names every plugin that failed. `after_tests` and `after_zip` alone fail softly: an event, and the run goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy

from iopeer_core.blueprint.additions import Addition
from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Check, Contributed, Contribution
from iopeer_core.blueprint.plan import Plan
from iopeer_core.errors import PluginError
from iopeer_core.model.spec import Spec
from iopeer_core.plugins import hookspecs
from iopeer_core.plugins.config import ProjectConfig
from iopeer_core.plugins.conform import Conformity, a
from iopeer_core.plugins.discovery import Installed, discover
from iopeer_core.plugins.failures import Failure, explain, log, stop_on, without
from iopeer_core.plugins.isolation import isolated
from iopeer_core.plugins.loader import LoadedPlugin, load
from iopeer_core.runs.report import Report, Selection, ZipExtras
from iopeer_core.runs.run import Run
from iopeer_core.tree.model import Patch, Tree, safe_path

if TYPE_CHECKING:
    from iopeer_core.language.vocabulary import Grammar

MOST = 1_000_000
"""How many items one hook may return: beyond, it is taken for an iterator without an end."""

T = TypeVar("T")


class Manager:
    """The enabled plugins of one run.

    Args:
        plugins: loaded for this run, in the order of their names.
        run: told of every call (`hook.finished`: plugin, hook, seconds, ok) and every failure (`plugin.failed`).
    """

    def __init__(self, plugins: Iterable[LoadedPlugin], run: Run) -> None:
        self.plugins = tuple(plugins)
        self._run = run
        self._hooks = pluggy.PluginManager(hookspecs.PROJECT)
        self._hooks.add_hookspecs(hookspecs.Hooks)
        for plugin in self.plugins:
            self._hooks.register(plugin.instance, name=plugin.name)
        self._hooks.check_pending()

    @classmethod
    def load(cls, config: ProjectConfig, run: Run, installed: Mapping[str, Installed] | None = None) -> Manager:
        """Load the plugins that a project enables.

        Raises:
            PluginError: one or more are missing, broken, or do not go together; it names all of them.
        """
        return cls(load(config, run, installed), run)

    def grammar(self) -> Grammar:
        """The vocabulary of the core and of the enabled plugins, for the reader."""
        from iopeer_core.plugins.vocabulary import grammar

        return grammar((plugin.manifest for plugin in self.plugins), self._run)

    def consumes(self) -> frozenset[str]:
        """The productions of the grammar that the enabled plugins build, and globs of them."""
        return frozenset(name for plugin in self.plugins for name in plugin.manifest.consumes)

    def would_build(self, production: str) -> tuple[str, ...]:
        """The installed plugins that are not enabled and build this production of the grammar, by name."""
        return tuple(name for name, patterns in self._others if any(fnmatchcase(production, p) for p in patterns))

    @cached_property
    def _others(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The installed plugins that are not enabled, with what they build."""
        enabled = {plugin.name for plugin in self.plugins}
        others = [item.manifest for name, item in discover().items() if name not in enabled]
        return tuple((manifest.name, manifest.consumes) for manifest in others if manifest)

    def guards(self) -> frozenset[str]:
        """The productions that enabled plugins declare as guarding data, beside the core's."""
        from iopeer_core.plugins.vocabulary import guards

        return frozenset(name for plugin in self.plugins for name in guards(plugin.manifest))

    def capabilities(self) -> Mapping[str, str]:
        """What is provided in this run, and the plugin that provides it."""
        return dict(sorted((name, plugin.name) for plugin in self.plugins for name in plugin.instance.active))

    def before_plan(self, spec: Spec) -> tuple[tuple[str, Addition], ...]:
        """What plugins add to the user's spec, each with the plugin's name."""
        found = self._ask("before_plan", _additions, {"spec": spec})
        return tuple((plugin.name, item) for plugin, items in found for item in items)

    def after_plan(self, plan: Plan) -> tuple[Contributed, ...]:
        """What plugins contribute to the product of a plan."""
        return self._contributed("after_plan", {"plan": plan})

    def before_code(self, blueprint: Blueprint) -> tuple[Contributed, ...]:
        """What plugins contribute once they know each other's contributions."""
        return self._contributed("before_code", {"blueprint": blueprint})

    def after_code(self, tree: Tree, blueprint: Blueprint) -> tuple[Patch, ...]:
        """Plugins' changes to files of their own."""

        def own(plugin: LoadedPlugin, value: object) -> Patch | None:
            patch = _patch(plugin, value)
            foreign = [path for path in (*patch.write, *patch.remove) if path in tree] if patch else []
            others = [path for path in foreign if tree[path].author != plugin.name]
            if others:
                raise PluginError(
                    f"it changes {others[0]!r}, a file of {tree[others[0]].author!r}",
                    how="a plugin contributes to others' files; it changes only its own",
                )
            return patch

        found = self._ask("after_code", own, {"tree": tree, "blueprint": blueprint})
        return tuple(patch for _, patch in found if patch)

    def before_tests(self, tree: Tree, checks: tuple[Check, ...]) -> tuple[tuple[str, Selection], ...]:
        """Which of the planned checks plugins leave out, and why."""
        found = self._ask("before_tests", _optional(Selection), {"tree": tree, "checks": checks})
        return tuple((plugin.name, selection) for plugin, selection in found if selection)

    def fixers(self) -> tuple[str, ...]:
        """The plugins that look at the report, by name."""
        return tuple(plugin.name for plugin in self.plugins if self._implementation(plugin, "after_tests"))

    def after_tests(self, name: str, report: Report, tree: Tree, blueprint: Blueprint) -> Patch | None:
        """One plugin's patch for what failed. It fails softly: then there is none."""
        arguments = {"report": report, "tree": tree, "blueprint": blueprint}
        found = self._ask("after_tests", _patch, arguments, only=name, soft=True)
        return found[0][1] if found else None

    def before_zip(self, tree: Tree) -> tuple[ZipExtras, ...]:
        """What plugins leave out of the archive and add to it."""
        found = self._ask("before_zip", _optional(ZipExtras), {"tree": tree})
        return tuple(extras for _, extras in found if extras)

    def after_zip(self, archive: Path) -> None:
        """Tell plugins that the archive is there. They fail softly."""
        self._ask("after_zip", _nothing, {"archive": archive}, soft=True)

    def _contributed(self, hook: str, arguments: Mapping[str, object]) -> tuple[Contributed, ...]:
        found = self._ask(hook, _contributions, arguments)
        return tuple(Contributed(plugin=plugin.name, value=item) for plugin, items in found for item in items)

    def _implementation(self, plugin: LoadedPlugin, hook: str) -> pluggy.HookImpl | None:
        caller: pluggy.HookCaller = getattr(self._hooks.hook, hook)
        return next((impl for impl in caller.get_hookimpls() if impl.plugin is plugin.instance), None)

    def _ask(
        self,
        hook: str,
        check: Callable[[LoadedPlugin, object], T],
        arguments: Mapping[str, object],
        *,
        only: str | None = None,
        soft: bool = False,
    ) -> list[tuple[LoadedPlugin, T]]:
        """Call every plugin that has the hook (or `only` one), one after the other; `check` reads what it returns."""
        found: list[tuple[LoadedPlugin, T]] = []
        failures: list[Failure] = []
        for plugin in self.plugins:
            implementation = self._implementation(plugin, hook) if only in (None, plugin.name) else None
            if implementation is None:
                continue
            began, ok = time.perf_counter(), False
            try:
                with isolated(self._run, plugin.name, plugin.secrets):
                    result = implementation.function(**{name: arguments[name] for name in implementation.argnames})
                    found.append((plugin, check(plugin, result)))
                ok = True
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin's code raises is told, with the others'
                failures.append(self._failure(plugin, hook, error, soft=soft))
            seconds = round(time.perf_counter() - began, 6)
            self._run.emit("hook.finished", plugin=plugin.name, hook=hook, seconds=seconds, ok=ok)
        if not soft:
            stop_on(failures)
        return found

    def _failure(self, plugin: LoadedPlugin, hook: str, error: BaseException, *, soft: bool) -> Failure:
        what, how = (without(plugin.secrets, text) for text in explain(error, plugin.manifest.folder))
        details = without(plugin.secrets, log(error))
        self._run.emit("plugin.failed", plugin=plugin.name, hook=hook, message=what, soft=soft, traceback=details)
        if soft:
            self._run.emit("warning", message=f"the plugin {plugin.name!r} failed in {hook}, the run goes on: {what}")
        return Failure(plugin=plugin.name, hook=hook, what=what, how=how)


def _items(result: object, noun: str) -> Iterator[tuple[int, object]]:
    """The items that a hook returned, counted from 1; a generator's code runs here."""
    unordered = isinstance(result, (AbstractSet, Mapping, str, bytes))
    if unordered or not isinstance(result, Iterable):
        raise PluginError(f"it returned {a(result)}", how=f"return a list of {noun}, empty where there is nothing")
    count = 0
    for count, item in enumerate(islice(result, MOST + 1), 1):
        if count > MOST:
            raise PluginError(f"it returned more than {MOST} items", how="return what has an end")
        yield count, item


def _additions(_: LoadedPlugin, result: object) -> tuple[Addition, ...]:
    conformity = Conformity()
    items: list[Any] = []
    for number, item in _items(result, "additions"):
        if not isinstance(item, Addition):
            kinds = ", ".join(kind.__name__ for kind in Addition.__args__)
            raise PluginError(f"item {number} is {a(item)}, no addition", how=f"return {kinds}")
        if problem := conformity.misfit(item, type(item)):
            raise PluginError(f"item {number} is {a(item)} whose {problem}")
        items.append(item)
    return tuple(items)


def _contributions(_: LoadedPlugin, result: object) -> tuple[Contribution, ...]:
    conformity = Conformity()
    items: list[Any] = []
    for number, item in _items(result, "contributions"):
        if problem := conformity.bad_contribution(item):
            raise PluginError(f"item {number} {problem}")
        items.append(item)
    return tuple(items)


def _optional(kind: type[T]) -> Callable[[LoadedPlugin, object], T | None]:
    """Reads a value of a type, or none."""

    def check(_: LoadedPlugin, result: object) -> T | None:
        if result is None:
            return None
        if not isinstance(result, kind):
            raise PluginError(f"it returned {a(result)}", how=f"return a {kind.__name__}, or None")
        if problem := Conformity().misfit(result, kind):
            raise PluginError(f"it returned a {kind.__name__} whose {problem}")
        return result

    return check


def _patch(plugin: LoadedPlugin, result: object) -> Patch | None:
    """A patch with its author; None where it changes nothing."""
    patch = _optional(Patch)(plugin, result)
    if not patch:
        return None
    spelled = {path: safe_path(path) for path in (*patch.write, *patch.remove, *patch.modes)}
    for path, mode in patch.modes.items():
        if not 0 <= mode <= 0o777:
            raise PluginError(f"it sets the mode of {path!r} to {oct(mode)}", how="use permission bits, like 0o755")
    return replace(
        patch,
        write={spelled[path]: content for path, content in patch.write.items()},
        remove=tuple(spelled[path] for path in patch.remove),
        modes={spelled[path]: mode for path, mode in patch.modes.items()},
        author=plugin.name,
    )


def _nothing(_: LoadedPlugin, result: object) -> None:
    if result is not None:
        raise PluginError(f"it returned {a(result)}", how="return nothing")
