"""What other plugins hand to the frontend, in the order in which it is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.model.spec import Entity, Field, ScalarType

from iopeer_plugin_nextjs.contributions import (
    AccountPanel,
    ContentSource,
    DashboardWidget,
    DetailPanel,
    FieldWidget,
    Forward,
    ListPanel,
    Page,
    Provider,
    RowAction,
    Texts,
    ValueWidget,
)

_Panel = TypeVar("_Panel", DetailPanel, ListPanel, RowAction)
_Widget = TypeVar("_Widget", FieldWidget, ValueWidget)
_PAGE = re.compile(r"frontend/app/\(\w+\)/(?P<path>.+)/page\.tsx")


@dataclass(frozen=True)
class Extras:
    """The contributions of other plugins."""

    blueprint: Blueprint

    @property
    def providers(self) -> list[Provider]:
        """What stands around every page, the outermost first."""
        return sorted(self.blueprint.all(Provider), key=lambda one: (one.order, one.key))

    @property
    def widgets(self) -> list[DashboardWidget]:
        """The panels of the dashboard."""
        return sorted(self.blueprint.all(DashboardWidget), key=lambda one: (one.order, one.key))

    @property
    def account_panels(self) -> list[AccountPanel]:
        """The panels of the account's page."""
        return sorted(self.blueprint.all(AccountPanel), key=lambda one: (one.order, one.key))

    def page(self, path: str) -> Page:
        """The page that a file makes."""
        found = _PAGE.fullmatch(path)
        return next(page for page in self.blueprint.all(Page) if found and page.path == found["path"])

    @property
    def sources(self) -> dict[str, list[str]]:
        """What pages may load from elsewhere, by directive."""
        found: dict[str, list[str]] = {}
        for one in sorted(self.blueprint.all(ContentSource), key=lambda one: one.key):
            found.setdefault(one.directive, []).append(one.source)
        return found

    @property
    def forwards(self) -> list[str]:
        """The addresses that are the API's."""
        return ["/api", *sorted(one.prefix for one in self.blueprint.all(Forward))]

    def panels(self, entity: Entity) -> list[DetailPanel]:
        """The panels on the page of an entity's rows."""
        return self._of(entity, DetailPanel)

    def list_panels(self, entity: Entity) -> list[ListPanel]:
        """The panels above an entity's list."""
        return self._of(entity, ListPanel)

    def actions(self, entity: Entity) -> list[RowAction]:
        """What there is to do with an entity's rows."""
        return self._of(entity, RowAction)

    def _of(self, entity: Entity, kind: type[_Panel]) -> list[_Panel]:
        account = self.blueprint.account
        found = (one for one in self.blueprint.all(kind) if one.entities.means(entity.name, account))
        return sorted(found, key=lambda one: (one.order, one.key))

    def widget(self, entity: Entity, item: Field) -> FieldWidget | None:
        """What edits a field in place of the usual widget, or none; of several the one that names the field."""
        return self._for(entity, item, FieldWidget)

    def value(self, entity: Entity, item: Field) -> ValueWidget | None:
        """What shows a field in place of the usual way, or none; of several the one that names the field."""
        return self._for(entity, item, ValueWidget)

    def _for(self, entity: Entity, item: Field, kind_of: type[_Widget]) -> _Widget | None:
        kind = (
            (item.type.plugin_type or item.type.scalar.value) if isinstance(item.type, ScalarType) else item.type.kind
        )
        account = self.blueprint.account
        found = [one for one in self.blueprint.all(kind_of) if one.entities.means(entity.name, account)]
        fitting = [one for one in found if item.name in one.fields or (not one.fields and kind in one.types)]
        return max(fitting, key=lambda one: (bool(one.fields), one.key), default=None)

    def texts(self, language: str) -> Mapping[str, Mapping[str, str]]:
        """The words of other plugins in a language, by namespace; in English where they have none in it."""
        return dict(sorted({**dict(self._texts("en")), **dict(self._texts(language))}.items()))

    def _texts(self, language: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        for one in self.blueprint.all(Texts):
            if one.language == language.partition("-")[0]:
                yield one.namespace, dict(one.words)
