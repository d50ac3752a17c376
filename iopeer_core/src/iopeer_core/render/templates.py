"""The templates of one plugin: found in the project first, compiled once, with errors that say where they happened."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from iopeer_core.errors import PluginError, UserError
from iopeer_core.tree.paths import safe_path

SUFFIX = ".j2"
PARTIAL = ".jinja"
"""How the name of a template ends that others include: it makes no file."""


class Templates:
    """A folder of templates.

    Args:
        plugin: whose templates they are.
        folder: where they are.
        names: what templates may use.
        overrides: the project's own templates; one at the path of a template of the plugin replaces it.
        bytecode: a folder where compiled templates are kept.
    """

    def __init__(
        self,
        plugin: str,
        folder: Path,
        names: Mapping[str, object],
        *,
        overrides: Path | None = None,
        bytecode: Path | None = None,
    ) -> None:
        self._plugin = plugin
        self._folders = [folder] if overrides is None else [overrides, folder]
        self._environment = jinja2.Environment(  # noqa: S701 - it renders code, not HTML
            loader=jinja2.FileSystemLoader(self._folders),
            bytecode_cache=None if bytecode is None else _Bytecode(str(bytecode)),
            cache_size=-1,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.globals.update(names)

    def render(self, name: str, **names: object) -> str:
        """A template as text; one that does not end in `.j2` is not for this.

        Raises:
            PluginError: it is not there, is broken, or fails; says which line of which template.
        """
        try:
            return self._environment.get_template(name).render(**names)
        except jinja2.TemplateSyntaxError as error:
            place = self._place(Path(error.filename or name), error.lineno)
            raise PluginError(f"the template is broken: {error.message}", where=place) from error
        except jinja2.TemplateNotFound as error:
            raise PluginError(f"there is no template {error.name!r}", where=self._line(error, name)) from error
        except UserError as error:
            place = self._line(error, name)
            raise PluginError(
                error.what, where=f"{place}, {error.where}" if error.where else place, how=error.how
            ) from error
        except jinja2.UndefinedError as error:
            raise PluginError(error.message or "something is undefined", where=self._line(error, name)) from error
        except (Exception, SystemExit) as error:
            what = f"{type(error).__name__}: {' '.join(str(error).split())}"
            raise PluginError(what, where=self._line(error, name)) from error

    def read(self, name: str) -> bytes:
        """The bytes of a file that is copied.

        Raises:
            PluginError: it is not there or cannot be read.
        """
        for path in (folder / safe_path(name) for folder in self._folders):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise PluginError(f"{path} cannot be read: {error.strerror}", where=self._owner(name)) from error
        raise PluginError(f"there is no template {name!r}", where=f"plugin {self._plugin}")

    def _line(self, error: BaseException, name: str) -> str:
        """The innermost line of a template where an error happened; where none is known, whose template it is."""
        frames = [f for f in traceback.extract_tb(error.__traceback__) if self._within(Path(f.filename))]
        return self._place(Path(frames[-1].filename), frames[-1].lineno) if frames else self._owner(name)

    def _owner(self, name: str) -> str:
        """The project's own template, where there is one, else the plugin."""
        own = len(self._folders) > 1 and (self._folders[0] / name).is_file()
        return f".iopeer/templates/{name}" if own else f"plugin {self._plugin}"

    def _place(self, path: Path, line: int | None) -> str:
        folder = self._within(path)
        if folder is None:
            return f"plugin {self._plugin}, {path}:{line}"
        short = f"{path.relative_to(folder.parent)}:{line}"
        return f".iopeer/{short}" if folder != self._folders[-1] else f"plugin {self._plugin}, {short}"

    def _within(self, path: Path) -> Path | None:
        return next((folder for folder in self._folders if path.is_relative_to(folder)), None)


class _Bytecode(jinja2.FileSystemBytecodeCache):
    """Compiled templates; where one cannot be read or kept, it is compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, IndexError, AttributeError, ImportError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)
