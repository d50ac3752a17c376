"""What was rendered last, and of what: where nothing of that has changed, it is not rendered again.

The output is a function of the plan, the settings, the versions and the templates. The project keeps a print of those
and of what came of them (`.iopeer/rendered.json`); the files themselves lie in the output folder's `base.zip`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.errors import UserError
from iopeer_core.plugins.manager import Manager
from iopeer_core.stages.context import Context
from iopeer_core.tree.files import digest, replace_file
from iopeer_core.tree.manifest import Base, manifest_of, read_manifest
from iopeer_core.tree.model import Tree

CORE = Path(__file__).parent.parent
CACHES = frozenset({"__pycache__", "node_modules"})


class Rendered:
    """The memory of a project.

    Args:
        context: the project, its plugins and its output folder.
        blueprint: what is to be rendered.
    """

    def __init__(self, context: Context, blueprint: Blueprint) -> None:
        self._context = context
        self._file = context.project.state / "rendered.json"
        previous = blueprint.plan.previous
        self._same_spec = previous is not None and previous.spec == blueprint.spec
        self._key = digest("\n".join(_inputs(context, blueprint)).encode("utf-8", "surrogatepass"))

    def tree(self) -> Tree | None:
        """What rendering would give, where it is known."""
        if not self._same_spec or self._known().get("of") != self._key:
            return None
        manifest = read_manifest(self._context.options.out)
        if self._known().get("made") != _print(manifest.files):
            return None
        base = Base(self._context.options.out, manifest)
        files = {path: entry for path in manifest.files if (entry := base.entry(path))}
        return Tree(files) if len(files) == len(manifest.files) else None

    def keep(self, tree: Tree) -> None:
        """Remember what was rendered; a project that cannot be written to remembers nothing."""
        known = {"of": self._key, "made": _print(manifest_of(tree, None, {}).files)}
        if known != self._known() and not self._context.options.dry_run:
            with suppress(UserError):
                replace_file(self._file, (json.dumps(known, indent=2, sort_keys=True) + "\n").encode())

    def _known(self) -> dict[str, object]:
        try:
            known: object = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


def _print(files: object) -> str:
    """Of the files of a manifest: their hashes, modes, authors, policies."""
    return digest(json.dumps(files, sort_keys=True).encode())


def _inputs(context: Context, blueprint: Blueprint) -> Iterator[str]:
    """All that what is rendered depends on, as text."""
    plan = blueprint.plan
    yield repr((plan.spec, plan.account, plan.plugins, sorted(plan.capabilities.items())))
    for one in blueprint.contributions:
        yield f"{one.plugin} {one.value!r}"
    yield sys.version
    for folder in sorted({path for path in sys.path if os.path.isdir(path)}):  # noqa: PTH112 - pathlib is slower
        yield " ".join(sorted(name for name in os.listdir(folder) if name.endswith("-info")))  # noqa: PTH208 - as above
    yield from _stamps(CORE)
    yield from _stamps(context.project.state / "templates")
    yield from _of_plugins(context.manager)


def _of_plugins(manager: Manager) -> Iterator[str]:
    for plugin in manager.plugins:
        yield f"{plugin.name} {plugin.version} {plugin.instance.config!r}"
        yield from _stamps(plugin.manifest.folder)


def _stamps(folder: Path) -> Iterator[str]:
    """Each file of a folder with its size and the time of its last change."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - CACHES)
        for name in sorted(names):
            with suppress(OSError):
                status = os.stat(os.path.join(where, name))  # noqa: PTH116, PTH118 - pathlib is slower
                yield f"{where}/{name} {status.st_size} {status.st_mtime_ns}"
