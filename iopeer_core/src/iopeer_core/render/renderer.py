"""Renders the files of a Blueprint: templates, imports of what they use of others, the formatting of each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path, PurePosixPath

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.calls import call
from iopeer_core.blueprint.contributions import Contributed, File, Language, Symbol
from iopeer_core.errors import PluginError, UserError
from iopeer_core.model.spec import Entity
from iopeer_core.render.exports import Exports
from iopeer_core.render.imports import Imports
from iopeer_core.render.placeholders import Selector, fill
from iopeer_core.render.templates import PARTIAL, SUFFIX, Templates
from iopeer_core.tree.model import Entry, Tree, safe_path

TEMPLATES = Path(__file__).parent.parent / "templates"
"""The core's own."""
Calling = Callable[[str, str], AbstractContextManager[None]]
"""Given a plugin and what of it is called: what its code is called inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a plugin's templates come from: its folder, and the function that gives their helpers ("" for none)."""

    folder: Path
    helpers: str = ""


def template_files(
    folder: Path,
    *,
    exports: Mapping[str, tuple[Symbol, ...]] | None = None,
    only: Callable[[str], bool] = lambda _: True,
) -> Iterator[File]:
    """The files of a templates folder: each template's path, without `.j2`, is the path that it makes.

    Names that end in `.jinja` are partials, which other templates include: they make no file.

    Args:
        folder: the templates.
        exports: what files export, by their path.
        only: which paths to make.

    Raises:
        PluginError: something is exported by a file that no template makes.
    """
    left = set(exports or {})
    for template in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = template.relative_to(folder).as_posix()
        path = name.removesuffix(SUFFIX)
        left.discard(path)
        if only(path) and template.suffix != PARTIAL and "__pycache__" not in template.parts:
            mode = 0o755 if template.stat().st_mode & 0o100 else 0o644
            yield File(path=path, template=name, exports=(exports or {}).get(path, ()), mode=mode)
    if left:
        raise PluginError(f"{sorted(left)[0]!r} exports something, and no template of {folder} makes it")


class Renderer:
    """Renders the files of a Blueprint.

    Args:
        calling: what the code of plugins is called inside.
        blueprint: what templates see.
        sources: the templates of each plugin, by its name.
        overrides: the project's own templates; one at the path of a plugin's template replaces it.
        bytecode: a folder where compiled templates are kept.
    """

    def __init__(
        self,
        calling: Calling,
        blueprint: Blueprint,
        sources: Mapping[str, Source],
        *,
        overrides: Path | None = None,
        bytecode: Path | None = None,
    ) -> None:
        self._called = calling
        self._bytecode = bytecode
        self._blueprint = blueprint
        self._sources = sources
        self._overrides = overrides
        self._languages = {s: language for language in blueprint.all(Language) for s in language.suffixes}
        self._selector = Selector(blueprint.spec, blueprint.account)
        self._exports = Exports(blueprint.all(File), self._selector)
        self._templates: dict[str, str] = {}  # path → the template that made it
        self._file = Imports("", None, self._exports)  # of the file that is being rendered

    def render(self) -> Tree:
        """Every file of the Blueprint, formatted.

        Raises:
            PluginError: a template is broken, uses what nobody exports, or makes a path that cannot be made.
        """
        files: dict[str, Entry] = {}
        contributed = [one for one in self._blueprint.contributions if isinstance(one.value, File)]
        for plugin, group in groupby(sorted(contributed, key=lambda one: one.plugin), key=lambda one: one.plugin):
            with self._called(plugin, "templates"):
                for path, entry in self._of_plugin(plugin, list(group)):
                    if path in files:
                        raise PluginError(
                            f"{path} is made twice, by {files[path].author!r} and by {plugin!r}",
                            how="disable one of them, in `plugins` of iopeer.toml",
                        )
                    files[path] = entry
        return Tree(self._formatted(files))

    def _of_plugin(self, plugin: str, group: Sequence[Contributed]) -> Iterator[tuple[str, Entry]]:
        """The files that one plugin makes."""
        source = self._sources.get(plugin)
        if source is None:
            raise PluginError(
                f"it makes {group[0].value.path}, and has no templates",
                where=f"plugin {plugin}",
                how="name their folder in the table [templates] of its manifest.toml",
            )
        names = self._names(plugin, source)
        templates = Templates(plugin, source.folder, names, overrides=self._overrides, bytecode=self._bytecode)
        for file in (one.value for one in group):
            for entity in self._selector.entities(file):
                try:
                    path = safe_path(fill(file.path, entity))
                except UserError as error:
                    raise PluginError(error.what, where=f"plugin {plugin}", how=error.how) from error
                self._templates[path] = file.template
                content = self._content(templates, file, path, entity)
                yield path, Entry(content=content, mode=file.mode, author=plugin, policy=file.policy)

    def _content(self, templates: Templates, file: File, path: str, entity: Entity | None) -> bytes:
        try:
            if not file.template.endswith(SUFFIX):
                return templates.read(file.template)
            return self._rendered(templates, file.template, path, entity).encode()
        except UserError as error:
            raise PluginError(f"{error.what} (making {path})", where=error.where, how=error.how) from error

    def _rendered(self, templates: Templates, template: str, path: str, entity: Entity | None) -> str:
        """A template as text, a second time where names meet in it."""
        language = self._languages.get(PurePosixPath(path).suffix)
        self._file = Imports(path, language, self._exports)
        text = templates.render(template, entity=entity, path=path)
        if names := self._file.meeting(text):
            self._file = Imports(path, language, self._exports, names)
            text = templates.render(template, entity=entity, path=path)
        return self._file.complete(text)

    def _names(self, plugin: str, source: Source) -> dict[str, object]:
        """What a plugin's templates see: the plan, and its helpers."""
        ours = {"blueprint": self._blueprint, "spec": self._blueprint.spec, "use": self._use, "imports": self._imports}
        helpers = dict(call(source.helpers, self._blueprint)) if source.helpers else {}
        if hidden := sorted({*ours, "entity", "path"} & helpers.keys()):
            raise PluginError(f"{source.helpers} gives {hidden[0]!r}, a name of the core", where=f"plugin {plugin}")
        return {**ours, **helpers}

    def _use(self, symbol: Symbol, entity: Entity | None = None) -> str:
        return self._file.use(symbol, entity)

    def _imports(self, caller: Callable[[], str]) -> str:
        return self._file.imports(caller)

    def _formatted(self, files: dict[str, Entry]) -> dict[str, Entry]:
        """The files as their languages' formatters write them, one call for each language."""
        languages = [
            one for one in self._blueprint.contributions if isinstance(one.value, Language) and one.value.format
        ]
        for plugin, language in ((one.plugin, one.value) for one in languages):
            chosen = {path: entry.content for path, entry in files.items() if path.endswith(language.suffixes)}
            if not chosen:
                continue
            with self._called(plugin, f"format {language.name}"):
                formatted = self._blamed(files, lambda: call(language.format, chosen))  # noqa: B023 - called at once
                if formatted.keys() != chosen.keys():
                    raise PluginError(
                        f"{language.format} gives other files than it was given", where=f"plugin {plugin}"
                    )
            files |= {path: replace(files[path], content=content) for path, content in formatted.items()}
        return files

    def _blamed(self, files: Mapping[str, Entry], format_: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
        """What a formatter gives; of a file that it cannot read, its error with who made that file.

        Raises:
            PluginError: it fails.
        """
        try:
            return format_()
        except UserError as error:
            path = next(
                (path for path in files if re.search(rf"(?<![\w/.-]){re.escape(path)}(?![\w/])", error.what)), ""
            )
            if not path:
                raise
            template = self._templates[path]
            own = self._overrides is not None and (self._overrides / template).is_file()
            where = f".iopeer/templates/{template}" if own else f"plugin {files[path].author}, templates/{template}"
            raise PluginError(error.what, where=where, how="mend that template") from error
