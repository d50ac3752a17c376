"""How the fields of an entity are shown, filtered and edited: calls and components of TypeScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from iopeer_core.blueprint.contributions import ShapeField, Symbol
from iopeer_core.blueprint.parameters import plain_parameters
from iopeer_core.model.display import ID, display_field, named_after
from iopeer_core.model.formats import ORDERED, operators_of
from iopeer_core.model.keys import TIMESTAMPS
from iopeer_core.model.relations import Relation
from iopeer_core.model.spec import Entity, Field, FieldType, HasMany, HasOne, ListType, Scalar

from iopeer_plugin_nextjs.language import LINE_LENGTH
from iopeer_plugin_nextjs.view import literals
from iopeer_plugin_nextjs.view.extras import Extras
from iopeer_plugin_nextjs.view.known import Known, item_type
from iopeer_plugin_nextjs.view.literals import scalar_of
from iopeer_plugin_nextjs.view.naming import text
from iopeer_plugin_nextjs.view.writing import tag

_CELLS = {
    Scalar.TEXT: "text",
    Scalar.LONG_TEXT: "longText",
    Scalar.MARKDOWN: "markdown",
    Scalar.INTEGER: "number",
    Scalar.DECIMAL: "decimal",
    Scalar.MONEY: "money",
    Scalar.BOOLEAN: "boolean",
    Scalar.DATE: "date",
    Scalar.TIME: "time",
    Scalar.DATETIME: "datetime",
    Scalar.DURATION: "duration",
    Scalar.EMAIL: "email",
    Scalar.URL: "url",
    Scalar.PHONE: "phone",
    Scalar.SLUG: "text",
    Scalar.COLOR: "color",
    Scalar.COUNTRY: "country",
    Scalar.UUID: "text",
    Scalar.JSON: "json",
}
"""The functions of components/fields that show a value."""
_WIDGETS = {
    Scalar.TEXT: "TextField",
    Scalar.LONG_TEXT: "LongTextField",
    Scalar.MARKDOWN: "MarkdownField",
    Scalar.INTEGER: "NumberField",
    Scalar.DECIMAL: "DecimalField",
    Scalar.MONEY: "MoneyField",
    Scalar.BOOLEAN: "SwitchField",
    Scalar.DATE: "DateField",
    Scalar.TIME: "TimeField",
    Scalar.DATETIME: "DateTimeField",
    Scalar.DURATION: "DurationField",
    Scalar.EMAIL: "TextField",
    Scalar.URL: "TextField",
    Scalar.PHONE: "TextField",
    Scalar.SLUG: "TextField",
    Scalar.COLOR: "ColorField",
    Scalar.COUNTRY: "CountryField",
    Scalar.UUID: "TextField",
    Scalar.JSON: "JsonField",
}
"""The components of components/form that edit a value."""
_INPUTS = {Scalar.EMAIL: "email", Scalar.URL: "url", Scalar.PHONE: "tel"}
_RANGES = {
    Scalar.INTEGER: "numberRange",
    Scalar.DECIMAL: "numberRange",
    Scalar.MONEY: "numberRange",
    Scalar.DATE: "dateRange",
    Scalar.DATETIME: "dateTimeRange",
    Scalar.TIME: "timeRange",
    Scalar.DURATION: "durationRange",
}
"""The functions of components/data-table/filters that filter by two ends."""
_WIDE = frozenset({"longText", "markdown", "json", "list", "choices"})
"""What is too long for a table that nobody has arranged."""
_WRITTEN = "(one) => JSON.stringify(one, null, 2)"
_RANKS = {"choice": 0, "date": 1, "datetime": 1, "money": 2}
LAST = len(_RANKS)
"""What people look for first in a table: the state, the dates, the money; then the rest, as the spec has it."""
COLUMNS = 6
"""How many columns a table shows at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A field as a table and a page of details show it."""

    name: str  # its identifier, which names its label and its grants
    function: str  # of components/fields: "date"
    arguments: tuple[str, ...]
    symbol: Symbol | None = None  # the component that shows it, where another plugin brings one

    @property
    def call(self) -> str:
        """`date("due")`."""
        return f"{self.function}({', '.join(self.arguments)})"

    def shown(self, use: Callable[[Symbol], str]) -> str:
        """A line of a list, as prettier would write it; `use` imports what another plugin brings."""
        if not self.symbol:
            return f"  show.{self.call},"
        parts = (text(self.name), f"show.{self.call}", use(self.symbol))
        line = f"  shownBy({', '.join(parts)}),"
        return line if len(line) <= LINE_LENGTH else "  shownBy(\n" + "".join(f"    {one},\n" for one in parts) + "  ),"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A field of a form."""

    name: str  # the field's identifier
    component: str  # of components/form: "DateField"
    properties: tuple[str, ...]
    values: tuple[tuple[str, str], ...]  # members of the form's values: wire name, what it starts with
    symbol: Symbol | None = None  # where the component comes from, where another plugin brings it

    def element(self, indent: int, use: Callable[[Symbol], str]) -> str:
        """The element, as prettier would write it; `use` imports what another plugin brings."""
        name = use(self.symbol) if self.symbol else f"Fields.{self.component.removesuffix('Field')}"
        return tag(name, self.properties, indent)


@dataclass(frozen=True, kw_only=True, eq=False)
class Fields:
    """The fields of one entity."""

    known: Known
    entity: Entity

    @cached_property
    def display(self) -> str:
        """The field that names a row, or the link to the row that does; "id" where none does."""
        link = named_after(self.entity, self.known.blueprint.entity)
        return link.name if link else display_field(self.entity)

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """All fields that are answered: the one that names a row first, the moments last."""
        fields = [item for item in self.entity.fields if not item.hidden]
        first = [self._shown(item) for item in fields if item.name == self.display]
        if not first:
            function = "number" if self.known.id_type(self.entity.name) == "number" else "text"
            first = [Shown(name=ID, function=function, arguments=('"id"',))]
        rest = [self._shown(item) for item in fields if item.name not in (self.display, ID)]
        moments = [Shown(name=name, function="datetime", arguments=(text(name),)) for name in TIMESTAMPS]
        return (*filter(None, first), *filter(None, rest), *moments)

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """The functions that show its fields, and their files."""
        return tuple((name, kebab(name)) for name in sorted({one.function for one in self.shown}))

    @property
    def filter_files(self) -> tuple[tuple[str, str], ...]:
        """The functions that filter, and their files."""
        names = sorted({one.function for one in self.filters})
        return tuple((name, "contains" if name == "equals" else kebab(name)) for name in names)

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields that a table shows at first: what names a row, then what people look for first."""
        first, *rest = self.shown
        own = [one for one in rest if one.name not in TIMESTAMPS]
        fit = sorted((one for one in own if one.function not in _WIDE), key=lambda one: _RANKS.get(one.function, LAST))
        # What a row is called says enough of it; where nothing does, a long text says something.
        wide = [one for one in own if one.function in _WIDE] if first.name == ID else []
        return (first.name, *(one.name for one in [*fit, *wide[:1]][: COLUMNS - 1]))

    def _shown(self, item: Field) -> Shown | None:
        if isinstance(item.type, HasMany | HasOne):
            return None
        function, arguments = self._cell(item)
        brought = Extras(self.known.blueprint).value(self.entity, item)
        symbol = brought.symbol if brought else None
        return Shown(name=item.name, function=function, arguments=arguments, symbol=symbol)

    def _cell(self, item: Field) -> tuple[str, tuple[str, ...]]:
        name = text(item.name)
        relation = self.known.relation(self.entity.name, item.name)
        if relation and relation.kind == "subject":
            return "subject", (name,)
        if relation:
            return "references" if relation.kind == "many" else "reference", (name, text(relation.target))
        choices = self.known.choices(self.entity.name, item)
        if choices:
            return "choices" if isinstance(item.type, ListType) else "choice", (name, choices.const)
        scalar = scalar_of(item.type)
        return (_CELLS[scalar] if scalar else "list"), (name,)

    @cached_property
    def filters(self) -> tuple[Shown, ...]:
        """The filters of a list: `choice("status", TASK_STATUSES)`."""
        found = (self._filter(item) for item in self.entity.fields if not item.hidden)
        moments = (Shown(name=name, function="dateTimeRange", arguments=(text(name),)) for name in TIMESTAMPS)
        return (*filter(None, found), *moments)

    def _filter(self, item: Field) -> Shown | None:
        name = text(item.name)
        relation = self.known.relation(self.entity.name, item.name)
        if relation:
            return self._link_filter(item, relation)
        optional = () if item.required else ("{ optional: true }",)
        choices = self.known.choices(self.entity.name, item)
        if choices and not isinstance(item.type, ListType):
            return Shown(name=item.name, function="choice", arguments=(name, choices.const, *optional))
        known, scalar = operators_of(item.type), scalar_of(item.type)
        if scalar is Scalar.BOOLEAN:
            exact = (text(f"{item.name}__eq"),) if item.name in plain_parameters(self.entity) else ()
            return Shown(name=item.name, function="flag", arguments=(name, *exact))
        if known == ORDERED and scalar:
            return Shown(name=item.name, function=_RANGES[scalar], arguments=(name, *optional))
        if scalar is Scalar.COUNTRY:
            return Shown(name=item.name, function="country", arguments=(name, *optional))
        if "contains" in known:
            return Shown(name=item.name, function="contains", arguments=(name, *optional))
        if scalar is Scalar.UUID:
            return Shown(name=item.name, function="equals", arguments=(name, *optional))
        return None

    def _link_filter(self, item: Field, relation: Relation) -> Shown | None:
        if relation.kind == "subject":
            return None
        target = self.known.api(relation.target)
        many = relation.kind == "many"
        optional = () if many or item.required else ("{ optional: true }",)
        arguments = (text(item.name), text(relation.keys[0]), target, *optional)
        return Shown(name=item.name, function="reference", arguments=arguments)

    # -- forms

    @cached_property
    def edited(self) -> tuple[Edited, ...]:
        """The fields of its form, in the order of the spec."""
        create = self.known.operation(self.entity.name, "create")
        taken = {shape.name: shape for shape in (create.input if create else ())}
        return tuple(one for item in self.entity.fields if not item.read_only for one in self._edited(item, taken))

    @property
    def widgets(self) -> tuple[tuple[str, str], ...]:
        """The components of its form, and their files."""
        return tuple((name, kebab(name)) for name in sorted({one.component for one in self.edited if not one.symbol}))

    def _edited(self, item: Field, taken: dict[str, ShapeField]) -> Iterator[Edited]:
        relation = self.known.relation(self.entity.name, item.name)
        if relation and relation.kind == "subject" and relation.keys[0] in taken:
            yield self._subject(item, relation)
        elif relation and relation.keys[0] in taken:
            yield self._link(item, relation)
        elif item.name in taken:
            yield self._value(item)

    def _subject(self, item: Field, relation: Relation) -> Edited:
        options = ", ".join(
            f"{key}: {self.known.api(target)}" for key, target in zip(relation.keys, relation.targets, strict=True)
        )
        properties = [f'name="{item.name}"', f"targets={{{{ {options} }}}}", *_current(item)]
        values = tuple((key, self._initial(item, key)) for key in relation.keys)
        return Edited(
            name=item.name, component="SubjectField", properties=(*properties, *_required(item)), values=values
        )

    def _link(self, item: Field, relation: Relation) -> Edited:
        key = relation.keys[0]
        many = relation.kind == "many"
        properties = [
            f'name="{key}"', f'field="{item.name}"', f"of={{{self.known.api(relation.target)}}}",
            *_current(item), *_required(item),
        ]  # fmt: skip
        linked = "[]" if item.hidden else f"row?.{item.name}?.map((one) => one.id) ?? []"
        value = linked if many else self._initial(item, key)
        component = "ReferencesField" if many else "ReferenceField"
        return Edited(name=item.name, component=component, properties=tuple(properties), values=((key, value),))

    def _value(self, item: Field) -> Edited:
        brought = Extras(self.known.blueprint).widget(self.entity, item)
        component, properties = self._widget(item)
        if brought:
            component, properties = brought.symbol.name, (f'name="{item.name}"', *_required(item))
        if item == self.known.key(self.entity.name):
            properties = (*properties, "disabled={row !== undefined}")
        value = self._initial(item, item.name)
        return Edited(
            name=item.name,
            component=component,
            properties=properties,
            values=((item.name, value),),
            symbol=brought.symbol if brought else None,
        )

    def _widget(self, item: Field) -> tuple[str, tuple[str, ...]]:
        name = f'name="{item.name}"'
        required = _required(item)
        choices = self.known.choices(self.entity.name, item)
        if choices:
            component = "ChoicesField" if isinstance(item.type, ListType) else "ChoiceField"
            return component, (name, f"values={{{choices.const}}}", *required)
        if isinstance(item.type, ListType):
            return "ListField", (name, f'of="{_item_input(item.type.item)}"', *required)
        scalar = scalar_of(item.type) or Scalar.TEXT
        kind = (f'type="{_INPUTS[scalar]}"',) if scalar in _INPUTS else ()
        return _WIDGETS[scalar], (name, *kind, *required)

    def _initial(self, item: Field, name: str) -> str:
        """What a form starts with: the row's value; of a new row, the default."""
        scalar = scalar_of(item.type)
        given = f"row.{name}"
        if scalar is Scalar.JSON:
            given = f"toText({given})"
        elif isinstance(item.type, ListType) and scalar_of(item.type.item) is Scalar.JSON:
            given = f"{given}?.map({_WRITTEN})"
        empty = "[]" if isinstance(item.type, ListType) else "null"
        if item.hidden:
            start = "false" if scalar is Scalar.BOOLEAN and item.required else empty
            return start if item.default is None else literals.initial(item.default, item.type)
        if item.default is not None:
            default = literals.initial(item.default, item.type)
            if scalar is Scalar.JSON:
                return f"row ? {given} : {default}"
            return f"row ? (row.{name} ?? {empty}) : {_grouped(default)}"
        if scalar is Scalar.BOOLEAN and item.required:
            return f"row?.{name} ?? false"
        if scalar is Scalar.JSON:
            return f"toText(row?.{name})"
        if given.endswith(_WRITTEN + ")"):
            return f"row?.{name}?.map({_WRITTEN}) ?? []"
        return f"row?.{name} ?? {empty}"


def kebab(name: str) -> str:
    """`dateRange` → `date-range`; `datetime` stays."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _grouped(value: str) -> str:
    return f"({value})" if " ?? " in value else value


def _current(item: Field) -> tuple[str, ...]:
    """The row that a link leads to before anything is changed, where that is told."""
    return () if item.hidden else (f"current={{row?.{item.name}}}",)


def _required(item: Field) -> tuple[str, ...]:
    return ("required",) if item.required or item.primary_key else ()


def _item_input(kind: FieldType) -> str:
    """How an item of a list is typed in."""
    scalar = scalar_of(item_type(kind))
    inputs = {
        Scalar.INTEGER: "number",
        Scalar.DECIMAL: "decimal",
        Scalar.MONEY: "decimal",
        Scalar.BOOLEAN: "boolean",
        Scalar.DATE: "date",
        Scalar.TIME: "time",
        Scalar.DATETIME: "datetime",
        Scalar.LONG_TEXT: "longText",
        Scalar.MARKDOWN: "longText",
        Scalar.JSON: "longText",
        Scalar.COLOR: "color",
        **_INPUTS,
    }
    return inputs.get(scalar or Scalar.TEXT, "text")
