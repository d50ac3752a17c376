"""The migrations of an app: those that there are, which stay as they are, and the one that is new."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Contribution, File, Memory
from iopeer_core.errors import PluginError
from iopeer_core.model.spec import Spec

from iopeer_plugin_fastapi.schema import words
from iopeer_plugin_fastapi.schema.diff import Difference, Renames, diff
from iopeer_plugin_fastapi.schema.model import VERSION, Schema, from_data, schema_of, to_data
from iopeer_plugin_fastapi.schema.objections import misfits, objections
from iopeer_plugin_fastapi.schema.render import statements
from iopeer_plugin_fastapi.view import AppView

NAME = "fastapi"
FOLDER = "backend/migrations/versions/"
FIRST = f"{FOLDER}0001_initial.py"
TEMPLATES = "backend/migrations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A new migration, as its template writes it."""

    path: str
    id: str
    parents: tuple[str, ...]
    doc: str
    up: tuple[str, ...]
    down: tuple[str, ...]

    @property
    def revises(self) -> str:
        """The value of `down_revision`."""
        shown = ", ".join(f'"{parent}"' for parent in self.parents)
        return shown if len(self.parents) == 1 else f"({shown})"


@dataclass(frozen=True, kw_only=True, eq=False)
class Migrations:
    """All that follows from the last generation and this one."""

    app: AppView

    @property
    def _blueprint(self) -> Blueprint:
        return self.app.blueprint

    @cached_property
    def schema(self) -> Schema:
        """The database now."""
        return schema_of(self.app)

    @cached_property
    def before(self) -> Schema | None:
        """The database of the last generation; None where there was none with a backend."""
        previous = self._blueprint.previous
        if previous is None or FIRST not in previous.files:
            return None
        memory = previous.memory(NAME)
        if memory is None:  # it was generated before plugins could remember: of the same spec comes the same database
            return replace(self._of(previous.spec), objects=self.schema.objects)
        if memory.version > VERSION:
            raise PluginError(
                f"what it remembers is of a later version ({memory.version})", how="install that version of the plugin"
            )
        try:
            return from_data(memory.data)
        except (KeyError, TypeError, AttributeError) as error:
            raise PluginError(
                f"what it remembers is damaged: {error!r:.100}", how="restore .iopeer/memory.json"
            ) from error

    def _of(self, spec: Spec) -> Schema:
        plan = replace(self._blueprint.plan, spec=spec)
        return schema_of(AppView(replace(self._blueprint, plan=plan)))

    @cached_property
    def difference(self) -> Difference:
        """What the new migration has to do."""
        if self.before is None:
            return Difference()
        return diff(self.before, self.schema, renames(self._blueprint.spec))

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The migrations in the folder that no other one follows, the user's own too."""
        found = _known(self._blueprint.previous.folder if self._blueprint.previous else {})
        followed = {parent for parents in found.values() for parent in parents}
        return tuple(sorted(found.keys() - followed)) or ("0001",)

    @cached_property
    def revision(self) -> Revision | None:
        """The new migration; None where nothing is left to do."""
        if self.before is None or not (self.difference or len(self.heads) > 1):
            return None
        found = list(words.steps(self.difference))
        up = statements(self.difference)
        down = statements(self.difference.reversed(), back=True)
        number = 1 + max((int(head[:4]) for head in self.heads if head[:4].isdigit()), default=1)
        mark = sha256("\n".join((*self.heads, *up)).encode()).hexdigest()[:6]
        return Revision(
            path=f"{FOLDER}{number:04}_{words.file_name(found)}.py",
            id=f"{number:04}_{mark}",
            parents=self.heads,
            doc=words.docstring(found, list(_losses(self.difference))),
            up=tuple(up),
            down=tuple(down),
        )

    def contributions(self) -> Iterator[Contribution]:
        """The files of all migrations, and what the next generation must know."""
        spec, previous = self._blueprint.spec, self._blueprint.previous
        found = list(objections(self.difference, spec, allow_drop=self._blueprint.plan.allow_drop))
        yield from found
        yield from misfits(self.app.known)
        if self.before is None or previous is None:
            yield File(path=FIRST, template=f"{TEMPLATES}/versions/0001_initial.py.j2", policy="kept")
        else:
            for path in self.kept:
                yield File(path=path, template=f"{TEMPLATES}/kept.py.j2", policy="kept")
        if self.revision:
            yield File(path=self.revision.path, template=f"{TEMPLATES}/revision.py.j2", policy="kept")
        yield Memory(data=to_data(self.schema), version=VERSION)

    @property
    def kept(self) -> Mapping[str, str]:
        """The migrations of earlier generations: their paths and texts."""
        previous = self._blueprint.previous
        if previous is None:
            return {}
        paths = sorted(path for path in previous.files if path.startswith(FOLDER) and path.endswith(".py"))
        texts = {path: previous.tree.get(path, previous.folder.get(path)) for path in paths}
        return {path: text.decode() for path, text in texts.items() if text is not None}


def renames(spec: Spec) -> Renames:
    """What had other names before, as `was` says."""
    tables: dict[str, tuple[str, ...]] = {}
    columns: dict[tuple[str, str], tuple[str, ...]] = {}
    entities = {entity.name: entity.was for entity in spec.entities if entity.was}
    for entity in spec.entities:
        names = (entity.name, *((entity.was,) if entity.was else ()))
        if entity.was:
            tables[entity.name] = (entity.was,)
        for item in entity.fields:
            fields = (item.name, *((item.was,) if item.was else ()))
            tables[f"{entity.name}.{item.name}"] = tuple(f"{name}.{field}" for name in names for field in fields)
            columns[entity.name, item.name] = fields
            for target in getattr(item.type, "targets", ()):
                now = (target, *((entities[target],) if target in entities else ()))
                columns[entity.name, f"{item.name}.{target}"] = (
                    *(f"{field}.{name}" for field in fields for name in now),
                )
    return Renames(tables=tables, columns=columns)


def _known(folder: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """The migrations in a folder with those that they follow."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(path for path in folder if path.startswith(FOLDER) and path.endswith(".py")):
        try:
            tree = ast.parse(folder[path])
        except (SyntaxError, ValueError, KeyError):
            continue
        said = dict(_assigned(tree))
        revision, parents = said.get("revision"), said.get("down_revision") or ()
        if isinstance(revision, str) and isinstance(parents, str | tuple | list):
            found[revision] = (parents,) if isinstance(parents, str) else tuple(map(str, parents))
    return found


def _assigned(tree: ast.Module) -> Iterator[tuple[str, object]]:
    """The constants of a module."""
    for node in tree.body:
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            try:
                yield target.id, ast.literal_eval(node.value)
            except ValueError:
                continue


def _losses(difference: Difference) -> Iterator[str]:
    """What going back cannot bring back."""
    for change in difference.changes:
        if change.new is None and change.old:
            yield f"the table {change.old.name}"
        elif change.new and change.old:
            yield from (f"{change.old.name}.{old.name}" for old, new in change.columns if old and not new)
