"""The values that a spec is read into: what the user wants, nothing about how it is built.

Everything is a frozen dataclass of plain data, so a `Spec` can be hashed, compared, written back as
Markdown (`writer.py`) and turned into JSON by a pydantic `TypeAdapter`. References between nodes are
identifiers (`Names.singular` of the node meant), resolved and checked by the reader. Every node has a
`Span`; spans take no part in comparisons, so two spellings of one spec are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from iopeer_core.model.names import Names

PUBLIC = "public"
"""The role of everybody, signed in or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a fact stands: line and columns count from 1, `end_column` is exclusive; line 0 is nowhere.

    The columns are those of the first line; a fact with documentation ends on `end_line` (0: on the same line).
    """

    file: str = ""
    line: int = 0
    column: int = 0
    end_column: int = 0
    end_line: int = 0


NOWHERE = Span()


class Scalar(StrEnum):
    """The scalar types of the core; a plugin's type lowers to one of them."""

    TEXT = "text"
    LONG_TEXT = "long text"
    MARKDOWN = "markdown"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    DURATION = "duration"
    EMAIL = "email"
    URL = "url"
    PHONE = "phone"
    SLUG = "slug"
    COLOR = "color"
    COUNTRY = "country"
    UUID = "uuid"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalarType:
    """A scalar; `precision` and `scale` for decimals (money is 14,2), `plugin_type` where a plugin named it."""

    kind: Literal["scalar"] = "scalar"
    scalar: Scalar
    precision: int | None = None
    scale: int | None = None
    plugin_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumType:
    """A value of the shared enum with the identifier `enum` (of `## Enums`)."""

    kind: Literal["enum"] = "enum"
    enum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceType:
    """`one of: a | b`: choices of this field alone, as written."""

    kind: Literal["choice"] = "choice"
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListType:
    """`list of T`."""

    kind: Literal["list"] = "list"
    item: ScalarType | EnumType | ChoiceType


@dataclass(frozen=True, slots=True, kw_only=True)
class BelongsTo:
    """A link to one row; several targets make it polymorphic (exactly one is set)."""

    kind: Literal["belongs to"] = "belongs to"
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HasMany:
    """Names the inverse of a `belongs to` of `target`; holds no data."""

    kind: Literal["has many"] = "has many"
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HasOne:
    """Names the inverse of a unique `belongs to` of `target`; holds no data."""

    kind: Literal["has one"] = "has one"
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyToMany:
    """A set of rows of `target`, implicit or held by the entity `through`."""

    kind: Literal["many to many"] = "many to many"
    target: str
    through: str | None = None


FieldType = ScalarType | EnumType | ChoiceType | ListType | BelongsTo | HasMany | HasOne | ManyToMany


class LiteralKind(StrEnum):
    """What a literal is; `value` is its canonical text."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"  # "yes" or "no"
    CHOICE = "choice"  # a value of an enum, as declared
    DATE = "date"  # an ISO 8601 date, time or datetime
    NOW = "now"
    TODAY = "today"
    ME = "me"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A literal: number, quoted text, yes/no, a choice, an ISO date, now, today, me."""

    kind: LiteralKind
    value: str


class OnDelete(StrEnum):
    """What happens to a row when the row it belongs to goes."""

    CASCADE = "cascade"
    SET_NULL = "set null"
    RESTRICT = "restrict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A modifier, option, `## App` key or note that a plugin declared: its name and its raw text."""

    name: str
    value: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One fact under `### Entity`: a column, a link, or the name of an inverse."""

    names: Names
    type: FieldType
    required: bool = False
    unique: bool = False
    indexed: bool = False
    primary_key: bool = False
    read_only: bool = False
    hidden: bool = False
    searchable: bool = False
    default: Value | None = None
    minimum: Value | None = None  # numbers, dates; for text kinds the length
    maximum: Value | None = None
    pattern: str | None = None  # the regex without its slashes
    on_delete: OnDelete | None = None  # as written; the effective one is the relation's
    inverse: Names | None = None  # as written; the effective one is the relation's
    was: str | None = None  # the identifier it had
    column: str | None = None  # the database's spelling
    extras: tuple[Extra, ...] = ()
    doc: str = ""
    added_by: str = ""  # "" for the user's own, else who added it: "iopeer" or a plugin
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def name(self) -> str:
        """Its identifier, which is also its wire name (links: see `Relation`)."""
        return self.names.singular

    @property
    def is_link(self) -> bool:
        """Whether it is a relation of any kind."""
        return self.type.kind in {"belongs to", "has many", "has one", "many to many"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRef:
    """A field in an expression, by identifier (`created_at` and `updated_at` included)."""

    kind: Literal["field"] = "field"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """`left op right`."""

    kind: Literal["compare"] = "compare"
    left: str  # a field's identifier
    op: Literal["=", "!=", ">", "<", ">=", "<="]
    right: FieldRef | Value


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """`left in (a, b)`."""

    kind: Literal["in"] = "in"
    left: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """`left is empty`, `left is not empty`."""

    kind: Literal["empty"] = "empty"
    left: str
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """`not term`."""

    kind: Literal["not"] = "not"
    term: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of the terms."""

    kind: Literal["and"] = "and"
    terms: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Any of the terms."""

    kind: Literal["or"] = "or"
    terms: tuple[Expr, ...]


Expr = Compare | OneOf | Empty | Not | And | Or


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One grant of a role on an entity. `all` is written out by nobody: it stays `all`, as does `nothing`."""

    verb: Literal["all", "create", "read", "update", "delete", "nothing"]
    own: bool = False
    own_by: str | None = None  # the link's identifier, where named; of several with dots: "patient.account"
    where: Expr | None = None
    only: tuple[str, ...] = ()  # field identifiers; () is every field
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One line of `#### Permissions`."""

    role: str  # a role's identifier, or PUBLIC
    grants: tuple[Grant, ...]
    added_by: str = ""  # "" for the user's own
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueRule:
    """`unique: a + b`."""

    kind: Literal["unique"] = "unique"
    fields: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryKeyRule:
    """`primary key: a + b`; it stays beside an `id` as a unique rule (contract.md)."""

    kind: Literal["primary key"] = "primary key"
    fields: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """`check: expr — message`."""

    kind: Literal["check"] = "check"
    expr: Expr
    message: str = ""
    span: Span = field(default=NOWHERE, compare=False)


Rule = UniqueRule | PrimaryKeyRule | CheckRule


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexColumn:
    """A column of an index."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One line of `#### Indexes`."""

    columns: tuple[IndexColumn, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """A bullet of a plugin's section or block, typed by the plugin: `- label: text — doc` and its raw text."""

    label: str
    text: str
    doc: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginBlock:
    """A section (`## Billing`) or an entity block (`#### States`) that a plugin owns."""

    name: str  # the canonical (English) name of the manifest
    plugin: str
    bullets: tuple[Bullet, ...] = ()
    doc: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One `### Entity` with its fields and blocks."""

    names: Names
    fields: tuple[Field, ...] = ()
    permissions: tuple[Permission, ...] = ()
    closed: bool = False  # whether a block of permissions stands that grants nothing
    rules: tuple[Rule, ...] = ()
    indexes: tuple[Index, ...] = ()
    soft_delete: bool = False
    display: str | None = None  # as written: a field's identifier
    table: str | None = None  # the database's spelling, as written
    extras: tuple[Extra, ...] = ()  # options of plugins
    blocks: tuple[PluginBlock, ...] = ()
    was: str | None = None  # the identifier it had
    plural_given: bool = False  # whether `(plural X)` stands in the heading
    doc: str = ""
    added_by: str = ""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def name(self) -> str:
        """Its identifier, `work_order`."""
        return self.names.singular

    def field(self, name: str) -> Field | None:
        """The field with this identifier, or none."""
        return next((f for f in self.fields if f.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One line of `## Roles`; the first is the administrator."""

    names: Names
    doc: str = ""
    added_by: str = ""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def name(self) -> str:
        """Its identifier."""
        return self.names.singular


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum:
    """One line of `## Enums`."""

    names: Names
    values: tuple[str, ...]
    doc: str = ""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def name(self) -> str:
        """Its identifier."""
        return self.names.singular


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedTable:
    """The rows of one entity: cells as written, `None` where empty (the default)."""

    entity: str
    columns: tuple[str, ...]  # field identifiers
    rows: tuple[tuple[str | None, ...], ...]
    span: Span = field(default=NOWHERE, compare=False)


LabelKind = Literal["entity", "field", "choice", "value", "role"]
"""What has a label: a choice is of a field alone, a value of a shared enum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What something is called in one language of the app; `kind` and `path` say what (`model/labels.py`)."""

    language: str  # one of the app's
    kind: LabelKind
    path: tuple[str, ...]  # identifiers, a choice as declared: ("task", "state", "under way")
    text: str
    plural: str = ""  # of an entity, as written; the effective one follows the language's rules
    doc: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The facts of `## App`."""

    languages: tuple[str, ...] = ("en",)  # the first decides plurals
    languages_given: bool = False
    currency: str | None = None  # ISO 4217
    account: str | None = None  # as written: an entity's identifier
    extras: tuple[Extra, ...] = ()  # keys of plugins
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What the user wants."""

    title: str
    doc: str = ""  # the prose under the title
    app: App = App()
    roles: tuple[Role, ...] = ()
    enums: tuple[Enum, ...] = ()
    entities: tuple[Entity, ...] = ()
    seeds: tuple[SeedTable, ...] = ()
    labels: tuple[Label, ...] = ()
    sections: tuple[PluginBlock, ...] = ()
    notes: str = ""  # the raw text of `## Notes`
    language: str = field(default="en", compare=False)  # it is written in: that of its entities heading

    def entity(self, name: str) -> Entity | None:
        """The entity with this identifier, or none."""
        return next((e for e in self.entities if e.name == name), None)

    def enum(self, name: str) -> Enum | None:
        """The shared enum with this identifier, or none."""
        return next((e for e in self.enums if e.name == name), None)
