"""Runs checks: a staged copy of the tree, the components' environments, a subprocess per check."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Check, Component
from iopeer_core.environments.cache import cache_root
from iopeer_core.environments.provide import Provided, provide
from iopeer_core.environments.scratch import scratch
from iopeer_core.errors import CheckFailed
from iopeer_core.launch.process import run_process
from iopeer_core.launch.product import Product, resolved
from iopeer_core.launch.settings import base_variables, checked_settings
from iopeer_core.runs.report import CheckResult
from iopeer_core.runs.run import Run
from iopeer_core.tree.model import Entry, Tree

CACHE = "{cache}"
"""In a variable of a check: a folder that outlives it, for what a program keeps of the environment's packages."""


class Staging:
    """A tree written to a temporary folder, and the checks that run in it.

    A context manager: the folder goes when it is left.

    Args:
        run: told of environments, checks and their output.
        blueprint: the components and what they require.
        tree: what is tested.
        own: files of the user's that lie beside it.
    """

    def __init__(self, run: Run, blueprint: Blueprint, tree: Tree, own: Mapping[str, Entry] | None = None) -> None:
        self._run = run
        self._blueprint = blueprint
        self._components = {component.name: component for component in blueprint.all(Component)}
        self._provided: dict[str, Provided]
        self.own: Mapping[str, Entry] = own or {}
        self._files: Mapping[str, Entry] = {}
        self._open = ExitStack()
        self.folder = self._open.enter_context(scratch())
        self.update(tree)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def update(self, tree: Tree, own: Mapping[str, Entry] | None = None) -> None:
        """Bring the folder from the tree it holds to another one; environments follow what the tree requires.

        Args:
            tree: what is tested.
            own: files of the user's beside it; by default those that the staging was made with.
        """
        self._provided = {}
        files = {**(self.own if own is None else own), **tree.files}
        for path in self._files:
            if path not in files:
                _clear(self.folder / path)
        self._files = files
        self._write()

    def _write(self) -> None:
        """Write the files that are not there as the tree has them: what a check did to one is undone."""
        for path, entry in self._files.items():
            target = self.folder / path
            if target.is_file() and not target.is_symlink() and target.read_bytes() == entry.content:
                continue
            _clear(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(entry.content)
            target.chmod(entry.mode)

    def check(self, check: Check) -> CheckResult:
        """Run one check to its end, on the tree as it is: not on what an earlier check made of it.

        Raises:
            UserError: its component's environment cannot be built.
        """
        component = self._components[check.component]
        provided = self._environment(component)
        self._write()
        self._run.emit("check.started", check=check.name, command=" ".join(check.command))
        result = self._execute(check, component, provided)
        self._run.emit(
            "check.finished",
            check=check.name,
            outcome=result.outcome,
            seconds=round(result.duration, 3),
            reason=result.reason,
        )
        return result

    def _environment(self, component: Component) -> Provided:
        if component.name not in self._provided:
            began = time.perf_counter()
            self._run.emit("environment.started", component=component.name)
            provided = provide(component, self._blueprint, self._text)
            provided.place(self.folder)
            self._provided[component.name] = provided
            seconds = round(time.perf_counter() - began, 3)
            self._run.emit("environment.finished", component=component.name, seconds=seconds)
        return self._provided[component.name]

    def _text(self, path: str) -> str | None:
        return self._files[path].text if path in self._files else None

    def _execute(self, check: Check, component: Component, provided: Provided) -> CheckResult:
        lines: list[str] = []

        def keep(line: str) -> None:
            lines.append(line.replace(str(self.folder), "."))
            self._run.emit("check.output", check=check.name, line=lines[-1])

        began = time.perf_counter()
        try:
            code = self._in_product(check, component, provided, keep)
        except CheckFailed as error:  # what the check needs does not run
            code = 1
            keep(error.what)
        duration = time.perf_counter() - began
        if code < 0:
            keep(f"(stopped after {check.timeout} s)" if duration >= check.timeout else f"(ended by signal {-code})")
        return CheckResult(
            name=check.name,
            command=check.command,
            outcome="failed" if code else "passed",
            duration=duration,
            log="\n".join(lines),
        )

    def _in_product(self, check: Check, component: Component, provided: Provided, keep: Callable[[str], None]) -> int:
        """The exit code of a check, with the processes that it needs around it."""
        path = provided.path(self.folder)
        own = {name: value.replace(CACHE, str(_kept(provided))) for name, value in check.variables}
        variables = {**base_variables(path, component), "CI": "1", **own}
        if not check.needs:
            return self._command(check, path, variables, keep)
        product = Product(
            self._blueprint,
            self.folder,
            environment=self._environment,
            settings={**checked_settings(self._blueprint), **own},
            tell=lambda name, line: self._run.emit("check.output", check=check.name, line=f"{name}: {line}"),
            only=check.needs,
        )
        with self._tidied(), product:
            return self._command(check, path, {**variables, **product.variables}, keep)

    @contextmanager
    def _tidied(self) -> Iterator[None]:
        """Remove the files that a product leaves beside the app's own, such as its database: the next one is new."""
        before = {path.name for path in self.folder.iterdir()}
        try:
            yield
        finally:
            for path in self.folder.iterdir():
                if path.name not in before and path.is_file():
                    path.unlink()

    def _command(self, check: Check, path: str, variables: dict[str, str], keep: Callable[[str], None]) -> int:
        return run_process(
            resolved(check.command, path),
            folder=self.folder,
            variables=variables,
            on_line=keep,
            timeout=check.timeout,
        )


def _kept(provided: Provided) -> Path:
    """What the checks of one environment keep from run to run; each environment has its own."""
    folder = cache_root() / "checks" / hashlib.sha256(os.fsencode(provided.bin)).hexdigest()[:32]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def skipped(check: Check, reason: str) -> CheckResult:
    """The result of a check that did not run, and why."""
    return CheckResult(name=check.name, command=check.command, outcome="skipped", duration=0.0, reason=reason)


def _clear(path: Path) -> None:
    """Remove what stands at a path: a file, a link, or a folder of what checks left."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
