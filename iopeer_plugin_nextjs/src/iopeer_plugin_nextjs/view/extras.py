"""What other plugins hand to the frontend, in the order in which it is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.model.spec import Entity, Field, ScalarType

from iopeer_plugin_nextjs.contributions import (
    AccountPanel,
    DashboardWidget,
    DetailPanel,
    FieldWidget,
    Page,
    Provider,
    Texts,
)

PAGES = "frontend/app/(app)/"


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
        wanted = path.removeprefix(PAGES).removesuffix("/page.tsx")
        return next(page for page in self.blueprint.all(Page) if page.path == wanted)

    def panels(self, entity: Entity) -> list[DetailPanel]:
        """The panels on the page of an entity's rows."""
        account = self.blueprint.account
        found = (one for one in self.blueprint.all(DetailPanel) if one.entities.means(entity.name, account))
        return sorted(found, key=lambda one: (one.order, one.key))

    def widget(self, entity: Entity, item: Field) -> FieldWidget | None:
        """What edits a field in place of the usual widget, or none; of several the one that names the field."""
        kind = (
            (item.type.plugin_type or item.type.scalar.value) if isinstance(item.type, ScalarType) else item.type.kind
        )
        account = self.blueprint.account
        found = [one for one in self.blueprint.all(FieldWidget) if one.entities.means(entity.name, account)]
        fitting = [one for one in found if item.name in one.fields or (not one.fields and kind in one.types)]
        return max(fitting, key=lambda one: (bool(one.fields), one.key), default=None)

    def texts(self, language: str) -> Mapping[str, Mapping[str, str]]:
        """The words of other plugins in a language, by namespace; in English where they have none in it."""
        return dict(sorted({**dict(self._texts("en")), **dict(self._texts(language))}.items()))

    def _texts(self, language: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        for one in self.blueprint.all(Texts):
            if one.language == language.partition("-")[0]:
                yield one.namespace, dict(one.words)
