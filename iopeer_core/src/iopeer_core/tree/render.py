"""Renders files: a Jinja2 environment per plugin, imports collected from what a template uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import File, Language, Symbol
from iopeer_core.environments.cache import cache_root
from iopeer_core.errors import PluginError, UserError
from iopeer_core.spec.model import Entity
from iopeer_core.tree.model import Entry, safe_path
from iopeer_core.tree.placeholders import entities_of, fill, fill_symbol

SUFFIX = ".j2"
TEMPLATES = Path(__file__).parent.parent / "templates"
"""The core's own templates."""
_IMPORTS = "\0imports\0"


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

    Args:
        folder: the templates.
        exports: what files export, by their path.
        only: which paths to make.
    """
    for template in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = template.relative_to(folder).as_posix()
        path = name.removesuffix(SUFFIX)
        if only(path) and "__pycache__" not in path:
            mode = 0o755 if template.stat().st_mode & 0o100 else 0o644
            yield File(path=path, template=name, exports=(exports or {}).get(path, ()), mode=mode)


@dataclass(slots=True)
class _Used:
    """What the file being rendered uses of others, and the import statements that it lists."""

    symbols: list[Symbol] = field(default_factory=list)
    static: list[str] = field(default_factory=list)


class Renderer:
    """Renders the files of a Blueprint.

    Args:
        blueprint: what templates see.
        sources: the templates of each plugin, by its name.
        overrides: the project's own templates; one at the path of a plugin's template replaces it.
    """

    def __init__(self, blueprint: Blueprint, sources: Mapping[str, Source], overrides: Path | None) -> None:
        self._blueprint = blueprint
        self._sources = sources
        self._overrides = overrides
        self._environments: dict[str, jinja2.Environment] = {}
        self._languages = {s: language for language in blueprint.all(Language) for s in language.suffixes}
        self._functions: dict[str, Callable[..., Any]] = {}
        self._exported = self._exports()
        self._used = _Used()

    def render(self) -> dict[str, Entry]:
        """Every file of the Blueprint, formatted.

        Raises:
            PluginError: a template is broken, uses what nobody exports, or makes a path that another makes too.
        """
        files: dict[str, Entry] = {}
        for contributed in self._blueprint.contributions:
            if not isinstance(contributed.value, File):
                continue
            for path, entry in self._instances(contributed.plugin, contributed.value):
                if path in files:
                    raise PluginError(f"{path} is made twice, by {files[path].author!r} and {entry.author!r}")
                files[path] = entry
        return self._formatted(files)

    def _instances(self, plugin: str, file: File) -> Iterator[tuple[str, Entry]]:
        for entity in entities_of(file, self._blueprint.spec, self._blueprint.account):
            path = safe_path(fill(file.path, entity))
            content = self._content(plugin, file, path, entity)
            yield path, Entry(content=content, mode=file.mode, author=plugin)

    def _content(self, plugin: str, file: File, path: str, entity: Entity | None) -> bytes:
        environment = self._environment(plugin)
        if not file.template.endswith(SUFFIX):
            return self._source(environment, file.template)
        self._used = _Used()
        try:
            text = environment.get_template(file.template).render(entity=entity, path=path)
        except jinja2.TemplateSyntaxError as error:
            raise PluginError(error.message or "syntax error", where=f"{plugin}: {error.name}:{error.lineno}") from error
        except jinja2.TemplateNotFound as error:
            raise PluginError(f"there is no template {error.name!r}", where=f"plugin {plugin}") from error
        except jinja2.UndefinedError as error:
            raise PluginError(f"{error.message}", where=f"{plugin}: {file.template}") from error
        return self._with_imports(text, path).encode()

    def _source(self, environment: jinja2.Environment, name: str) -> bytes:
        for folder in environment.loader.searchpath if isinstance(environment.loader, jinja2.FileSystemLoader) else []:
            if (Path(folder) / name).is_file():
                return (Path(folder) / name).read_bytes()
        raise PluginError(f"there is no template {name!r}")

    def _with_imports(self, text: str, path: str) -> str:
        if _IMPORTS not in text:
            return text
        before, _, after = text.partition(_IMPORTS)
        language = self._languages.get(PurePosixPath(path).suffix)
        if language is None:
            raise PluginError(f"{path} uses imports(), and no plugin contributes its Language")
        block = self._function(language.imports)("\n".join(self._used.static), self._used.symbols, after, _module(path))
        return f"{before}{block}{after if block else after.lstrip()}"

    def _environment(self, plugin: str) -> jinja2.Environment:
        if plugin not in self._environments:
            self._environments[plugin] = self._make(plugin, self._sources[plugin])
        return self._environments[plugin]

    def _make(self, plugin: str, source: Source) -> jinja2.Environment:
        folders = [str(source.folder)] if self._overrides is None else [str(self._overrides), str(source.folder)]
        environment = jinja2.Environment(  # noqa: S701 - it renders code, not HTML
            loader=jinja2.FileSystemLoader(folders),
            bytecode_cache=_bytecode(),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        helpers = self._function(source.helpers)(self._blueprint) if source.helpers else {}
        environment.globals.update(helpers)
        environment.globals.update(
            blueprint=self._blueprint, spec=self._blueprint.spec, use=self._use, imports=self._imports
        )
        return environment

    def _use(self, symbol: Symbol, entity: Entity | None = None) -> str:
        """`use(SYMBOL)`: the symbol's name, imported."""
        found = fill_symbol(symbol, entity)
        if (found.component, found.module, found.name) not in self._exported:
            raise PluginError(f"nobody exports {found.module}.{found.name} of {found.component!r}")
        self._used.symbols.append(found)
        return found.name

    def _imports(self, caller: Callable[[], str]) -> str:
        """`{% call imports() %}…{% endcall %}`: the file's import block."""
        self._used.static.append(caller())
        return _IMPORTS

    def _exports(self) -> frozenset[tuple[str, str, str]]:
        found = set()
        for file in self._blueprint.all(File):
            if not file.exports:
                continue
            for entity in entities_of(file, self._blueprint.spec, self._blueprint.account):
                symbols = (fill_symbol(symbol, entity) for symbol in file.exports)
                found |= {(symbol.component, symbol.module, symbol.name) for symbol in symbols}
        return frozenset(found)

    def _formatted(self, files: dict[str, Entry]) -> dict[str, Entry]:
        for language in sorted(self._blueprint.all(Language), key=lambda language: language.name):
            if not language.format:
                continue
            chosen = {p: e.content for p, e in files.items() if p.endswith(language.suffixes)}
            for path, content in (self._function(language.format)(chosen) if chosen else {}).items():
                files[path] = Entry(content=content, mode=files[path].mode, author=files[path].author)
        return files

    def _function(self, name: str) -> Callable[..., Any]:
        if name not in self._functions:
            module, _, attribute = name.partition(":")
            try:
                self._functions[name] = getattr(import_module(module), attribute)
            except (ImportError, AttributeError) as error:
                raise PluginError(f"{name} cannot be imported: {error}") from error
        return self._functions[name]


def _module(path: str) -> str:
    return path.rpartition(".")[0].replace("/", ".").removesuffix(".__init__")


def _bytecode() -> jinja2.BytecodeCache | None:
    """Compiled templates, kept in the cache folder; none where it cannot be written."""
    try:
        folder = cache_root() / "templates"
        folder.mkdir(exist_ok=True)
    except (UserError, OSError):
        return None
    return jinja2.FileSystemBytecodeCache(str(folder))
