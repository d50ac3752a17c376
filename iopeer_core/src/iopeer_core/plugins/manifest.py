"""A plugin's static manifest: `manifest.toml` at the top of its package, read without importing the plugin.

So listing, adding, removing and checking plugins works whatever their code does. Nothing here imports pydantic: the
manifests of all installed plugins are read whenever a command starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import tomli

from iopeer_core.errors import PluginError
from iopeer_core.hints import did_you_mean

FILE = "manifest.toml"
CONTRACTS = ("1",)
"""The versions of the hooks and core types that this core speaks."""
KINDS = ("generator", "auth", "payment", "database", "devops", "deploy", "ai", "ui", "engine", "import")
NAME = re.compile(r"[a-z][a-z0-9-]*")
CAPABILITY = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)*")
REQUIREMENT = re.compile(rf"(?P<name>{CAPABILITY.pattern})\s*(?P<range>([<>=!~]=?.*)?)")
CALL = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """A capability that a plugin gives. One marked `default` yields to one explicit rival."""

    name: str
    version: str  # of what others may build on
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """A plugin or capability that a plugin needs, with a range of versions ("" is any)."""

    name: str
    range: str = ""

    def __str__(self) -> str:
        return self.name + self.range

    @classmethod
    def parse(cls, text: str) -> Required:
        """Read "backend>=1,<2".

        Raises:
            ValueError: it is not written so.
        """
        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        match = REQUIREMENT.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r}, which is no plugin or capability, with or without a range")
        if match["range"]:
            try:
                SpecifierSet(match["range"])
            except InvalidSpecifier:
                raise ValueError(f"{match['range']!r}, which is no range of versions") from None
        return cls(name=match["name"], range=match["range"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A section, block, type, modifier, option or key of `## App` that a plugin adds to the grammar.

    `names` maps a language ("en") to its spellings; the first English one is the canonical name.
    """

    names: Mapping[str, tuple[str, ...]]
    guard: bool = False  # it guards data: unbuilt, it is an error
    reader: str = ""  # for a section or block: `module:function` that says what is wrong with it (`PartReader`)
    lowers_to: str = ""  # for a type: the core scalar that stands for it elsewhere
    precision: int | None = None  # digits, for a type that lowers to decimal
    scale: int | None = None  # of them behind the point

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.names["en"][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command of the command line: `call` is `module:function`, imported when the command runs."""

    name: str
    call: str
    summary: str = ""


C = TypeVar("C", bound=Command)


@dataclass(frozen=True, slots=True, kw_only=True)
class Launcher(Command):
    """Another way to run a product: `call` is `module:function` of its folder, which gives the exit code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a plugin says of itself (docs/plugins/README.md)."""

    name: str
    distribution: str
    kind: str
    summary: str
    contract: str  # the version of the hooks and core types that it was written for
    folder: Path = field(compare=False)  # its package
    interface: str = "1"  # the version of what it publishes to other plugins
    provides: tuple[Provided, ...] = ()
    requires: tuple[Required, ...] = ()
    conflicts: tuple[str, ...] = ()
    consumes: tuple[str, ...] = ()  # productions of the grammar, and globs of them
    builds: str = ""  # what it makes, in a line
    templates: Path | None = field(default=None, compare=False)
    helpers: str = ""  # `module:function` of (blueprint) -> Mapping[str, object]
    sections: tuple[Term, ...] = ()
    blocks: tuple[Term, ...] = ()
    types: tuple[Term, ...] = ()
    modifiers: tuple[Term, ...] = ()
    options: tuple[Term, ...] = ()
    app_keys: tuple[Term, ...] = ()
    commands: tuple[Command, ...] = ()
    launchers: tuple[Launcher, ...] = ()


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Args:
        path: the file `manifest.toml`.

    Raises:
        PluginError: the file cannot be read, or a key is missing, unknown or of the wrong kind.
    """
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PluginError("the manifest cannot be read", where=str(path), how=str(error)) from error
    except (ValueError, RecursionError) as error:  # numbers without an end are no error of TOML
        raise PluginError(f"the manifest is not TOML: {error}", where=str(path)) from error
    return _manifest(_Table(data, str(path)), path.parent)


def _manifest(table: _Table, folder: Path) -> Manifest:
    interface = table.text("interface", default="1", pattern=re.compile(r"\d+(\.\d+)*"), like="1")
    templates, helpers = _templates(table, folder)
    manifest = Manifest(
        name=table.text("name", pattern=NAME, like="audit-log"),
        distribution=table.text("distribution"),
        kind=table.choice("kind", KINDS),
        summary=table.text("summary"),
        contract=table.choice("contract", CONTRACTS, how="install a version of the plugin, or of IOPEER, that fits"),
        folder=folder,
        interface=interface,
        provides=_provided(table, interface),
        requires=tuple(_required(table, text) for text in table.texts("requires")),
        conflicts=table.texts("conflicts", pattern=CAPABILITY),
        consumes=table.texts("consumes"),
        builds=table.text("builds", default=""),
        templates=templates,
        helpers=helpers,
        sections=_terms(table, "sections"),
        blocks=_terms(table, "blocks"),
        types=_terms(table, "types"),
        modifiers=_terms(table, "modifiers"),
        options=_terms(table, "options"),
        app_keys=_terms(table, "app_keys"),
        commands=tuple(_command(item, Command) for item in table.tables("commands")),
        launchers=tuple(_command(item, Launcher) for item in table.tables("launchers")),
    )
    table.close()
    return manifest


def _templates(manifest: _Table, folder: Path) -> tuple[Path | None, str]:
    """The folder of the templates and their helpers, of the table `[templates]`."""
    table = manifest.table("templates")
    if table is None:
        return None, ""
    name = table.text("folder", like="templates")
    helpers = table.text("helpers", default="", pattern=CALL, like="package.module:function")
    table.close()
    path = folder / name
    if Path(name).is_absolute() or ".." in Path(name).parts or not path.is_dir():
        table.fail("folder", f"is {name!r}, which is no folder of the package", how=f"name a folder beside {FILE}")
    return path, helpers


def _provided(table: _Table, interface: str) -> tuple[Provided, ...]:
    found: list[Provided] = []
    for number, item in enumerate(table.items("provides"), 1):
        data = {"name": item} if isinstance(item, str) else item
        if not isinstance(data, dict):
            table.fail("provides", f"holds {item!r}", how='write names, or {name = "login", default = true}')
        entry = _Table(data, table.file, f"provides {number}")
        found.append(
            Provided(
                name=entry.text("name", pattern=CAPABILITY, like="api.rest"),
                version=entry.text("version", default=interface),
                default=entry.flag("default"),
            )
        )
        entry.close()
    return tuple(found)


def _required(table: _Table, text: str) -> Required:
    try:
        return Required.parse(text)
    except ValueError as error:
        table.fail("requires", f"holds {error}", how='write "backend", or with a range, "backend>=1,<2"')


def _terms(table: _Table, key: str) -> tuple[Term, ...]:
    return tuple(_term(item, key) for item in table.tables(key))


def _term(table: _Table, key: str) -> Term:
    typed, read = key == "types", key in {"sections", "blocks"}
    names = table.table("names")
    if names is None or "en" not in names.data:
        table.fail("names", "is missing or has no English", how='write names = {en = ["states"], es = ["estados"]}')
    for language in names.data:
        if not LANGUAGE.fullmatch(language):
            names.fail(language, "is no language", how='use codes of two letters: "en", "es"')
    spellings = {language: names.texts(language, least=1) for language in sorted(names.data)}
    lowers_to = ""
    if typed:
        from iopeer_core.model.spec import Scalar

        lowers_to = table.choice("lowers_to", tuple(str(scalar) for scalar in Scalar))
    precision, scale = (table.number(name) if typed else None for name in ("precision", "scale"))
    reader = table.text("reader", default="", pattern=CALL, like="package.module:function") if read else ""
    guard = table.flag("guard")
    term = Term(names=spellings, guard=guard, reader=reader, lowers_to=lowers_to, precision=precision, scale=scale)
    table.close()
    return term


def _command(table: _Table, kind: type[C]) -> C:
    command = kind(
        name=table.text("name", pattern=NAME, like="audit"),
        call=table.text("call", pattern=CALL, like="package.module:function"),
        summary=table.text("summary", default=""),
    )
    table.close()
    return command


class _Table:
    """A table read key by key; what is missing, of another kind or left over is a `PluginError` that says where.

    Args:
        data: the table.
        file: the manifest, for messages.
        place: the table's name in it; "" is the top.
    """

    def __init__(self, data: Mapping[str, Any], file: str, place: str = "") -> None:
        self.data = data
        self.file = file
        self._place = place
        self._read: set[str] = set()

    def fail(self, key: str, what: str, *, how: str = "") -> NoReturn:
        """Raise the error for a key."""
        place = f"[{self._place}] {key}" if self._place else key
        raise PluginError(f"{place} {what}", where=self.file, how=how)

    def text(
        self, key: str, *, default: str | None = None, pattern: re.Pattern[str] | None = None, like: str = ""
    ) -> str:
        """A text; without a default it must be there and not be empty."""
        how = f'write {key} = "{like or "…"}"'
        value = self._get(key, default)
        if value is None:
            self.fail(key, "is missing", how=how)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.fail(key, f"must be a text, it is {value!r}", how=how)
        if pattern and key in self.data and not pattern.fullmatch(value):
            self.fail(key, f"cannot be {value!r}", how=how)
        return value

    def choice(self, key: str, choices: tuple[str, ...], *, how: str = "") -> str:
        """One of some texts."""
        value = self.text(key, like=choices[0])
        if value not in choices:
            self.fail(
                key, f"cannot be {value!r}", how=f"it is one of: {', '.join(choices)}" + (f"; {how}" if how else "")
            )
        return value

    def flag(self, key: str) -> bool:
        """A boolean, false where absent."""
        value = self._get(key, default=False)
        if not isinstance(value, bool):
            self.fail(key, f"must be true or false, it is {value!r}")
        return value

    def number(self, key: str) -> int | None:
        """A positive number, none where absent."""
        value = self._get(key, None)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.fail(key, f"must be a number, it is {value!r}", how=f"write {key} = 2")
        return value

    def texts(self, key: str, *, pattern: re.Pattern[str] | None = None, least: int = 0) -> tuple[str, ...]:
        """A list of texts, empty where absent."""
        items = self.items(key)
        for item in items:
            if not isinstance(item, str) or not item.strip() or (pattern and not pattern.fullmatch(item)):
                self.fail(key, f"holds {item!r}", how=f'write {key} = ["…", "…"]')
        if len(items) < least:
            self.fail(key, "is empty or missing", how=f'write {key} = ["…"]')
        return tuple(items)

    def items(self, key: str) -> list[Any]:
        """A list, empty where absent."""
        value = self._get(key, [])
        if not isinstance(value, list):
            self.fail(key, f"must be a list, it is {value!r}", how=f"write {key} = [ … ]")
        return list(value)

    def table(self, key: str) -> _Table | None:
        """A table inside this one, if it is there."""
        value = self._get(key, None)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fail(key, f"must be a table, it is {value!r}")
        return _Table(value, self.file, f"{self._place}.{key}" if self._place else key)

    def tables(self, key: str) -> Iterator[_Table]:
        """The tables of `[[key]]`."""
        for number, item in enumerate(self.items(key), 1):
            if not isinstance(item, dict):
                self.fail(key, f"holds {item!r}", how=f"write a table [[{key}]] for each")
            yield _Table(item, self.file, f"{key} {number}")

    def close(self) -> None:
        """Refuse the keys that nobody read."""
        for key in sorted(self.data.keys() - self._read):
            self.fail(key, "is unknown here", how=did_you_mean(key, self._read))

    def _get(self, key: str, default: object) -> object:
        self._read.add(key)
        return self.data.get(key, default)
