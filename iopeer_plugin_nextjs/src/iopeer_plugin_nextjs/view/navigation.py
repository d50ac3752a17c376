"""What the pages around the entities ask of each: its address, its icon, what can be counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Operation, Policy
from iopeer_core.blueprint.parameters import plain_parameters
from iopeer_core.model.spec import NOWHERE, PUBLIC, ChoiceType, Entity, EnumType, Field, Scalar, ScalarType

from iopeer_plugin_nextjs.contributions import Page
from iopeer_plugin_nextjs.language import LINE_LENGTH
from iopeer_plugin_nextjs.view import naming
from iopeer_plugin_nextjs.view.icons import icon_of

_INDENT = " " * 6
STEPS = 4
"""How many first steps the dashboard tells of."""
CHARTED = 2
"""Of how many fields of an entity the dashboard draws a chart at most."""


@dataclass(frozen=True)
class Chart:
    """A field whose values the dashboard counts."""

    field: str
    parameter: str
    values: tuple[str, ...]

    @property
    def literal(self) -> str:
        """The object, as TypeScript writes it in the list of an entity's charts."""
        values = [naming.text(value) for value in self.values]
        field = f"field: {naming.text(self.field)}"
        if self.parameter != self.field:
            field += f", parameter: {naming.text(self.parameter)}"
        line = f"{{ {field}, values: [{', '.join(values)}] }}"
        if len(_INDENT + line) < LINE_LENGTH:
            return line
        inner = f"\n{_INDENT}  "
        each = "".join(f"{inner}  {value}," for value in values)
        return f"{{{inner}{field},{inner}values: [{each}{inner}],\n{_INDENT}}}"


@dataclass(frozen=True)
class Place:
    """An entity, as the navigation knows it."""

    name: str
    href: str
    icon: str  # a component of lucide
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class AppPage:
    """A page of the application itself, as the navigation knows it."""

    href: str
    label: str  # a key of the texts
    icon: str
    listed: bool
    open: bool


@dataclass(frozen=True)
class NavigationView:
    """Everything that can be gone to."""

    blueprint: Blueprint

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every entity with a list: those of the spec in its order, then those that plugins add."""
        slugs = naming.slugs(self.blueprint.spec)
        return tuple(
            Place(
                name=entity.name,
                href=f"/{slugs[entity.name]}",
                icon=f"{icon_of(entity)}Icon",
                charts=tuple(self._charts(entity, self._lists[entity.name])),
            )
            for entity in sorted(self.blueprint.spec.entities, key=_written)
            if entity.name in self._lists
        )

    @cached_property
    def pages(self) -> tuple[AppPage, ...]:
        """The application's own pages, then those that plugins add."""
        is_open = any(policy.role == PUBLIC and policy.read for policy in self.blueprint.all(Policy))
        return (
            AppPage(href="/", label="layout.dashboard", icon="LayoutDashboardIcon", listed=True, open=is_open),
            AppPage(href="/account", label="layout.account", icon="UserRoundCogIcon", listed=False, open=False),
            *(
                AppPage(
                    href=f"/{page.path}",
                    label=page.title,
                    icon=f"{page.icon or 'File'}Icon",
                    listed=bool(page.icon),
                    open=page.public,
                )
                for page in sorted(self.blueprint.all(Page), key=lambda page: (page.order, page.path))
                if "[" not in page.path
            ),
        )

    @property
    def icons(self) -> tuple[str, ...]:
        """The icons that are used, sorted."""
        return tuple(sorted({*(page.icon for page in self.pages), *(place.icon for place in self.places)}))

    @cached_property
    def first_steps(self) -> tuple[str, ...]:
        """The entities that an empty application is filled with first: what others need comes before them.

        The account is there already; what only adds to other rows (a link between two, a profile, a comment) can wait.
        """
        needed = {entity.name: self._needs(entity.name) for entity in self.blueprint.spec.entities}
        there, order = {self.blueprint.account}, list[str]()
        while ready := [name for name, needs in needed.items() if name not in there and needs <= there | {name}]:
            wanted = max(ready, key=lambda name: (_needing(name, needed), len(self.blueprint.links_from(name))))
            order.append(wanted)
            there.add(wanted)
        through = {link.through for link in self.blueprint.relations}
        return tuple(name for name in order if name not in through and not self._adds_to_another(name))[:STEPS]

    def _needs(self, entity: str) -> set[str]:
        """The entities of which a row of this one needs a row."""
        links = self.blueprint.links_from(entity)
        return {link.target for link in links if link.required and link.kind == "one"}

    def _adds_to_another(self, entity: str) -> bool:
        """Whether a row of an entity is a part of another one: its only one, or one that may be of several kinds."""
        return any(
            link.required and (link.kind == "subject" or link.unique) for link in self.blueprint.links_from(entity)
        )

    @cached_property
    def _lists(self) -> Mapping[str, Operation]:
        return {one.entity: one for one in self.blueprint.all(Operation) if one.verb == "list"}

    def _charts(self, entity: Entity, listing: Operation) -> list[Chart]:
        plain = plain_parameters(entity)
        known = [
            Chart(item.name, f"{item.name}__eq" if item.name in plain else item.name, values)
            for item in entity.fields
            if (values := self._values(item))
        ]
        return [chart for chart in known if chart.parameter in listing.parameters][:CHARTED]

    def _values(self, item: Field) -> tuple[str, ...]:
        """The values of a choice, as the wire has them; of everything else none."""
        if item.hidden or item.added_by:
            return ()
        if isinstance(item.type, EnumType):
            enum = self.blueprint.spec.enum(item.type.enum)
            return enum.values if enum else ()
        if isinstance(item.type, ScalarType) and item.type.scalar is Scalar.BOOLEAN:
            return ()
        return item.type.values if isinstance(item.type, ChoiceType) else ()


def _written(entity: Entity) -> tuple[bool, int]:
    """Where an entity stands in the spec: what nobody wrote stands behind."""
    return entity.span == NOWHERE, entity.span.line


def _needing(name: str, needed: Mapping[str, set[str]]) -> int:
    """How many entities need rows of one, themselves or through others."""
    found = {name}
    while more := {other for other, needs in needed.items() if other not in found and needs & found}:
        found |= more
    return len(found)
