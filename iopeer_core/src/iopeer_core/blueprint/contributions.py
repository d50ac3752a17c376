"""The contribution types of the core: what every stack has. Data only; owners of files render them.

A plugin returns instances from `after_plan` and `before_code`. Each type declares its `key` (what makes two the
same thing) and its `merge` (what happens when two plugins say the same thing):

- `UNIQUE`: equal ones are one; two that differ are an error that names both plugins, the key and the way out;
- `UNION`: all of them stay (equal ones are one);
- `INTERSECT`: they meet in one by `meet`; an empty meeting is an error that names both.

A contribution marked `default` yields to one explicit rival of the same key. `refers` says which members name something
else, and of which kind: component, process, service, entity or field; a name that nothing has is refused. Framework
plugins publish types of their own in their `contributions.py` by deriving from `Contribution` in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import isfinite
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Self

from iopeer_core.errors import PluginError
from iopeer_core.model.spec import Expr, FieldType, Span


class Merge(StrEnum):
    """How contributions with one key come together."""

    UNIQUE = "unique"
    UNION = "union"
    INTERSECT = "intersect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """The base of all contribution types: frozen, keyword-only, plain data."""

    merge: ClassVar[Merge] = Merge.UNIQUE
    of_its_plugin: ClassVar[bool] = False  # its data mean something in its plugin alone: equal ones of two differ
    refers: ClassVar[Mapping[str, str]] = MappingProxyType({})  # members that name something → "service or process"
    default: bool = False  # yields to one explicit rival

    @property
    def key(self) -> tuple[str, ...]:
        """What it is about: two of one type with one key must come together. Also its sort key."""
        raise NotImplementedError(f"{type(self).__name__} declares no key")

    def meet(self, other: Self) -> Self | None:
        """Both at once, for `INTERSECT`; None where nothing satisfies both."""
        raise NotImplementedError(f"{type(self).__name__} declares no meeting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """Something that generated code can import: `use(SYMBOL)` in a template makes the import.

    `module` and `name` may hold `{entity.snake}`-like placeholders; then `use(SYMBOL, entity)` fills them.
    """

    component: str
    module: str  # "backend.security"; a path without suffix in ecosystems that import paths
    name: str  # "CurrentActor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Selects entities: all, the account alone, all others, or those named; minus `without`. Resolved over the union.

    Raises:
        PluginError: it names entities, and selects others.
    """

    kind: Literal["every", "account", "others", "named"] = "every"
    names: tuple[str, ...] = ()  # identifiers, for "named"
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.names and self.kind != "named":
            names = ", ".join(map(repr, self.names))
            raise PluginError(f"Where(kind={self.kind!r}) names {names}", how='write Where(kind="named", names=…)')

    def means(self, entity: str, account: str) -> bool:
        """Whether it selects an entity.

        Args:
            entity: its identifier.
            account: that of the account's entity.
        """
        is_account = entity == account
        chosen = {"every": True, "account": is_account, "others": not is_account, "named": entity in self.names}
        return chosen[self.kind] and entity not in self.without


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Contribution):
    """A part of the product with a root folder and a language ecosystem: backend, frontend, worker."""

    name: str
    root: str  # "backend"; "." is the output folder
    ecosystem: str  # "python", "node"
    title: str = ""
    manifest: str = ""  # the file in the tree that says what it requires ("pyproject.toml"), for its ecosystem to read
    files: tuple[str, ...] = ()  # what it runs with beside its root: ("settings.ini",)
    passed_on: tuple[str, ...] = ()  # variables of this machine that its commands see: where a program of theirs is

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecosystem(Contribution):
    """How components of an ecosystem are set up, installed and run: on this machine, in images, where it is deployed.

    `environment` names a function as `package.module:function`, of the component, the blueprint and a function that
    gives the text of a file of the product (or None); it gives a `Provided` (`iopeer_core.environments.provide`), in
    which checks, tasks and processes run. Without one, components of this ecosystem can be neither tested nor run here.

    The other members are for images and machines that begin with nothing. Commands run in the product's folder. In them
    `{root}`, `{manifest}` and `{lock}` mean paths of the component; in those of `probe`, `{url}` means the address that
    must answer. Without an `image`, components of this ecosystem run in no container.
    """

    name: str  # as in Component.ecosystem
    environment: str = ""
    image: str = ""  # the base of all stages, pinned as far as can be
    install: tuple[str, ...] = ()  # commands that install what the lock says
    install_unlocked: tuple[str, ...] = ()  # the same where the component has no lock
    develop: tuple[str, ...] = ()  # the same with all that checks need, into an empty checkout; else `install`
    packages: str = ""  # the folder that they fill, beside the code
    programs: str = ""  # the folder of its programs
    probe: tuple[str, ...] = ()  # a command that fails where {url} does not answer: no curl is installed for it
    prune: tuple[str, ...] = ()  # commands that remove what was needed to build alone
    variables: tuple[tuple[str, str], ...] = ()  # of what runs

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The names of a file: those that it binds, with the module that it imports them from, and those that it reads."""

    bound: Mapping[str, str]  # what it defines itself, whatever the block, and what the language has: ""
    used: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Contribution):
    """What the core must know of a language, by functions that its owner names as `package.module:function`.

    - `imports`: `(static: str, symbols: Mapping[Symbol, str], body: str, module: str) -> str`, the file's import block;
      the text of a symbol is its name in this file, which is another one where names meet;
    - `scope`: `(static: str, body: str) -> Scope`, the names of a file, so that those that meet are known;
    - `format`: `(files: Mapping[str, bytes]) -> Mapping[str, bytes]`, all files at once, by one process;
    - `escape`: `(identifier: str) -> str`, the identifier where it is a reserved word.
    """

    name: str  # "python"
    suffixes: tuple[str, ...]  # (".py",)
    imports: str
    scope: str
    format: str = ""
    escape: str = ""
    separator: Literal[".", "/"] = "."  # of a Symbol's module: "backend.security", "frontend/api/tasks"
    case: Literal["snake", "camel"] = "snake"  # of the names of functions and variables

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Contribution):
    """A file to render. It has no context of its own: templates see the Blueprint.

    `path` and `template` may hold `{entity.snake}`, `{entities.kebab}` and the like: then it is made once per entity
    of `each`. `template` is a path in the templates folder of the plugin that contributes it. A file whose template
    does not end in `.j2` is copied as it is.

    `policy` says what a later run does with it: `merged`, what the user did and what is new come together; `once`, it
    is made where nothing stands and is the user's from then on; `kept`, it is never changed nor removed once it is
    made, as a migration that databases have seen.
    """

    of_its_plugin = True
    path: str
    template: str
    each: Where | None = None
    exports: tuple[Symbol, ...] = ()
    mode: int = 0o644
    policy: Literal["merged", "once", "kept"] = "merged"

    @property
    def key(self) -> tuple[str, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Contribution):
    """A package that a component needs; ranges of several plugins must meet."""

    refers = MappingProxyType({"component": "component"})
    merge = Merge.INTERSECT
    component: str
    specifier: str  # PEP 508 ("sqlalchemy[asyncio]>=2.0") or "name@range" for node
    group: str = "main"  # "main", "dev"

    @property
    def key(self) -> tuple[str, ...]:
        from iopeer_core.blueprint.requirements import requirement_name

        return (self.component, requirement_name(self.specifier))

    def meet(self, other: Self) -> Self | None:
        from iopeer_core.blueprint.requirements import met

        groups = {self.group, other.group}
        specifier = met(self.specifier, other.specifier)
        group = "main" if "main" in groups else min(groups)
        return None if specifier is None else replace(self, specifier=specifier, group=group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins(Contribution):
    """Exact versions with hashes for a component's requirements: a file in the tree, in its ecosystem's format.

    The tester builds the component's environment from them. What is required beyond the file as it was rendered, by
    other plugins or by what was mended, is locked by the function that `lock` names as `package.module:function`:
    `(manifest: str, pins: str) -> str`, from the component's manifest and the file's text to what the file must say.
    """

    refers = MappingProxyType({"component": "component"})
    component: str
    path: str  # "backend/requirements.lock"
    lock: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        return (self.component,)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvVar(Contribution):
    """A setting of the running product; `.env.example` lists them. A secret's default is never a real secret.

    One that several plugins name alike, each for components of its own, is one setting of all these components.

    Raises:
        PluginError: it cannot be written into a `.env` file.
    """

    refers = MappingProxyType({"components": "component", "address_of": "process", "service": "service"})
    merge = Merge.INTERSECT
    name: str  # "DATABASE_URL"
    value: str = ""  # the default in `.env.example`
    doc: str = ""
    secret: bool = False  # made fresh where the product first runs
    components: tuple[str, ...] = ()  # who reads it: all of them where none is named
    runner: bool = False  # read by what runs the product, and by no component
    address_of: str = ""  # the process whose address it holds, wherever that process runs
    public: bool = False  # that address is for browsers: another where processes see each other by names of their own
    service: str = ""  # the service whose URL it holds where that service runs
    production: str = ""  # the value where users are served, if the default is another
    checks: str = ""  # the value where checks use the running product, if the default is another
    proxies: bool = False  # it counts the proxies before what its components run: one more for each that a plugin adds

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)

    def __post_init__(self) -> None:
        line: object = (self.name, self.value)  # what is no text at all is told by who reads what hooks return
        match line:
            case (str(name), str(value)) if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) or "\n" in value:
                raise PluginError(f"the setting {name!r} cannot be written into a .env file")

    def meet(self, other: Self) -> Self | None:
        """Both, where they differ in nothing but whose they are; no component means all of them."""
        if replace(self, components=other.components) != other:
            return None
        every = not self.components or not other.components
        return replace(self, components=() if every else tuple(sorted({*self.components, *other.components})))


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Contribution):
    """A backing server: a database, a cache, a broker."""

    name: str  # "db"
    kind: str  # "postgresql"
    version: str = ""
    port: int = 0
    optional: bool = False  # the product also runs without it

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(Contribution):
    """What runs: a command in a component, the ports it listens on, how its health is asked."""

    refers = MappingProxyType({"component": "component", "needs": "service or process"})
    name: str
    component: str
    command: tuple[str, ...]  # "{host}" and "{port}", where it listens, are filled in by who runs it
    live: tuple[str, ...] = ()  # another command, which shows changes of the code at once; none: it shows none
    port: int = 0
    health: str = ""  # a path that answers 200
    needs: tuple[str, ...] = ()  # names of services and processes

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Contribution):
    """What is done once: migrate, seed, build. It runs in the output folder.

    `stage` says when: "build" makes the version that users get, and is left out where code is shown live; "start" is
    before the processes; "pictures" is when somebody asks for pictures of the running product, as
    `iopeer screenshots` does: they go into the folder that the variable PICTURES names (docs/plugins/README.md).
    """

    refers = MappingProxyType({"component": "component"})
    name: str
    component: str
    command: tuple[str, ...]
    title: str = ""
    order: int = 50  # tasks of a stage run in this order
    stage: Literal["build", "start", "pictures"] = "start"

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle(Contribution):
    """What of a built component its process runs with, where that is less than all of it: an image holds this alone.

    `files` are pairs of paths: after the build, in the output folder, and in the folder where the process then runs.
    Values of `variables` may hold "{host}" and "{port}", as the command may.
    """

    refers = MappingProxyType({"process": "process"})
    process: str
    files: tuple[tuple[str, str], ...]
    command: tuple[str, ...]
    building: tuple[tuple[str, str], ...] = ()  # variables of the build, so that it makes these files
    variables: tuple[tuple[str, str], ...] = ()  # variables of the process

    @property
    def key(self) -> tuple[str, ...]:
        return (self.process,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Contribution):
    """How to test: a command in a component's environment, run in the output folder.

    A check that `needs` processes finds them running, built for production, with an empty database; each address is in
    a variable, `FRONTEND_URL` for the process `frontend`. `variables` are settings of the check and of those processes;
    `{cache}` in them is a folder that outlives the check, for what a program keeps of the environment's packages.

    A check that can run on a `service` too, beside what it runs on by itself, finds its address in `service_variable`.
    """

    refers = MappingProxyType({"component": "component", "needs": "process", "service": "service"})
    name: str
    component: str
    command: tuple[str, ...]
    level: Literal["quick", "full"] = "quick"
    quickly: tuple[str, ...] = ()  # what quick checks add to the command, so that what is alike is tried once
    title: str = ""
    needs: tuple[str, ...] = ()  # names of processes
    variables: tuple[tuple[str, str], ...] = ()
    timeout: int = 900  # seconds, after which it has failed
    service: str = ""  # the name of a Service
    service_variable: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen(Contribution):
    """A main page of the product, as a user sees it: pictures are taken of it."""

    name: str  # unique, and the name of its pictures: "tasks"
    path: str  # "/tasks"
    title: str
    signed_in: bool = True  # seen by who is signed in; otherwise by anybody
    order: int = 50

    @property
    def key(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide(Contribution):
    """A section of the generated README, in Markdown without its heading.

    `command` is what a reader would type first, in the output folder; the first guide's is shown when a run ends whose
    product has no process for `iopeer up`.
    """

    title: str
    body: str
    order: int = 50
    command: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        return (self.title,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored(Contribution):
    """What running, building and testing leaves in the product's folder: a line of its `.gitignore`."""

    pattern: str  # "*.db", "node_modules/"

    @property
    def key(self) -> tuple[str, ...]:
        return (self.pattern,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeField:
    """A member of a JSON object; `type` is None for `ref`s (`{"id", "label"}`) and other fixed shapes."""

    name: str  # the wire name
    type: FieldType | None
    shape: str = ""  # "" or "id", "ids", "reference", "references", "subject", "timestamp", "key"
    required: bool = True  # always there (output), must be there (input)
    nullable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Contribution):
    """One thing that the product's API does (contract.md, Operations)."""

    refers = MappingProxyType({"entity": "entity"})
    name: str  # unique: "list_tasks", "login"
    entity: str = ""  # an entity's identifier, "" for those of the product
    verb: str  # list, read, create, update, replace, delete, restore, link, unlink, children, auth.login, …
    method: str
    path: str  # with its prefix: "/api/v1/tasks/{id}"
    input: tuple[ShapeField, ...] = ()
    output: tuple[ShapeField, ...] = ()
    paged: bool = False  # the output is the page of contract.md, `output` its items
    status: int = 200
    parameters: tuple[str, ...] = ()  # names of the query parameters
    relation: str = ""  # the field or inverse, for link, unlink and children
    encoding: Literal["json", "form"] = "json"

    @property
    def key(self) -> tuple[str, ...]:
        return (self.entity, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRule:
    """Rows that a grant reaches: those linked to the actor by `own`, and for which `where` holds; neither: every row.

    `own` is a link's identifier, "id" for the account's own row; with dots the links that lead to the actor through
    other rows, "patient.account": each to one row, the last one to the account.
    """

    own: str | None = None
    where: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one grant gives: its rows and, in them, its fields (`()` is all)."""

    rows: RowRule = RowRule()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Contribution):
    """What a role may do with an entity, compiled once from the spec (contract.md, Who may do what).

    `role` is a role's identifier, `"public"` (everybody) or `"*"` (any signed-in caller, where no block of permissions
    exists). Accesses of one verb unite row by row: a row's fields are the union over the accesses that reach it.
    """

    refers = MappingProxyType({"entity": "entity"})
    entity: str
    role: str
    create: tuple[Access, ...] = ()
    read: tuple[Access, ...] = ()
    update: tuple[Access, ...] = ()
    delete: tuple[Access, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        return (self.entity, self.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory(Contribution):
    """What a plugin wants to know of this generation when it makes the next one: one of each plugin.

    It is kept in `.iopeer/memory.json`, which is committed and packed with the product, and is the same plugin's
    `plan.previous.memory(name)` in the next run. A plugin that is not enabled for a while finds what it left.

    Raises:
        PluginError: the data are not what JSON can say.
    """

    merge = Merge.UNION
    of_its_plugin = True
    data: Any  # None, texts, numbers, lists, and mappings of texts to such
    version: int = 1  # of the data's form, for later versions of the plugin

    @property
    def key(self) -> tuple[str, ...]:
        return ()

    def __post_init__(self) -> None:
        if fault := _unlike_json(self.data, "data"):
            raise PluginError(f"a Memory holds {fault}", how="keep what JSON can say, with texts as names")


def _unlike_json(value: Any, path: str) -> str:
    """What JSON would not give back as it is; "" where there is nothing."""
    if isinstance(value, dict):
        odd = next((name for name in value if not isinstance(name, str)), None)
        found = (_unlike_json(item, f"{path}.{name}") for name, item in value.items())
        return f"the name {odd!r} in {path}" if odd is not None else next(filter(None, found), "")
    if isinstance(value, list):
        return next(filter(None, (_unlike_json(item, f"{path}[{at}]") for at, item in enumerate(value))), "")
    whole = value is None or isinstance(value, str | bool | int) or (isinstance(value, float) and isfinite(value))
    return "" if whole else f"{value!r:.80} at {path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Contribution):
    """Why the product of this spec cannot be made, at a line of the spec: all are told, and nothing is generated.

    `messages` maps a language to a text, in which `{name}` stands for one of `values`.
    """

    merge = Merge.UNION
    of_its_plugin = True
    code: str  # "E1"; users see it with the plugin's name, "E1.audit"
    at: Span
    messages: Mapping[str, str]  # with "en"
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None  # what to write in the place

    @property
    def key(self) -> tuple[str, ...]:
        return (self.at.file, f"{self.at.line:07}", self.code, *self.values.values())


def yielding(values: Iterable[Contribution]) -> Iterator[Contribution]:
    """Contributions of which the files, settings and services yield to those that another plugin contributes."""
    for value in values:
        yield replace(value, default=True) if isinstance(value, (File, EnvVar, Service)) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributed:
    """A contribution and the plugin that made it."""

    plugin: str
    value: Any  # a Contribution
