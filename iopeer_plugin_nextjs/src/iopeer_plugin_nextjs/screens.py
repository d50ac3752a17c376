"""The main pages of the frontend, of which pictures are taken."""

from __future__ import annotations

from collections.abc import Iterator

from iopeer_core.blueprint.blueprint import Blueprint
from iopeer_core.blueprint.contributions import Screen
from iopeer_core.model.account import account_of

from iopeer_plugin_nextjs.view.navigation import NavigationView


def screens(blueprint: Blueprint) -> Iterator[Screen]:
    """The dashboard, the table, the form and a row of every entity, the account.

    Args:
        blueprint: the plan.
    """
    if account_of(blueprint.spec):
        yield Screen(name="account", path="/account", title="Account", order=30)
    yield Screen(name="dashboard", path="/", title="Dashboard", order=20)
    for position, place in enumerate(NavigationView(blueprint).places):
        names = blueprint.entity(place.name).names
        name, order = place.href.removeprefix("/"), 100 + 10 * position
        yield Screen(name=f"{name}-table", path=place.href, title=names.plural_label, order=order)
        yield Screen(name=f"{name}-form", path=f"{place.href}/new", title=f"{names.label}: the form", order=order + 1)
        yield Screen(name=f"{name}-detail", path=f"{place.href}/{{id}}", title=names.label, order=order + 2)
